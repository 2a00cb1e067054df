import type { KnownValue } from '../providers/schema';
import type { LanguageArgument } from '../terraform/languageBlock';
import type { ArgumentRule } from './bodyRules';
import type { Snapshot } from './snapshot';

/** The strings that one of Terraform's own arguments takes: its own, or those of the provider's argument it is like. */
export function languageValues(snapshot: Snapshot, { schema }: ArgumentRule): readonly KnownValue[] {
  const { values, valuesLike } = schema as Partial<LanguageArgument>;
  if (values !== undefined) return values.map((value) => ({ value }));
  return valuesLike === undefined
    ? []
    : snapshot.schemas.knownValues(valuesLike[0], 'provider', '', [valuesLike[1]]);
}
