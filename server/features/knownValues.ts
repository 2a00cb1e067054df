import type { KnownValue } from '../providers/schema';
import type { Declaration } from '../terraform/model';
import { providerOf } from '../terraform/providerSource';
import { targetOf, toTraversal } from '../terraform/traversal';
import type { Range } from '../text/range';
import type { BlockHeader } from './bodyRules';
import type { CompletionItem } from './completionItems';
import type { Expected } from './expected';
import type { Reading } from './expressionShapes';
import { languageValues } from './languageValues';
import type { ValuePlace } from './place';
import { schemaValues } from './schemaValues';
import { variableValues } from './variableValues';
import { expressionOf } from './placeScope';
import { moduleOf } from './snapshot';

/** The values that are known for what is being written; others may be right as well. */
export function knownValuesAt(
  reading: Reading,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  expected: Expected,
): readonly KnownValue[] {
  if (/^[=!]=$/.test(place.operator) && place.left !== undefined) {
    return valuesOfReading(reading, text.slice(place.left.start, place.left.end));
  }
  const { rule, path } = expected;
  if (rule === undefined) return [];
  const { snapshot, module } = reading;
  if (rule.variable !== undefined) {
    const holder = moduleOf(snapshot, rule.variable.file.path);
    return variableValues(snapshot, holder, rule.variable, path);
  }
  if (rule.origin === 'language' || 'values' in rule.schema) return languageValues(snapshot, rule);
  return schemaValues(snapshot, module, blocks, place.attribute, path);
}

/** The values of what an expression reads, for comparing with them. */
function valuesOfReading(reading: Reading, text: string): readonly KnownValue[] {
  const { snapshot, module } = reading;
  const expression = expressionOf(text);
  const traversal = expression === undefined ? undefined : toTraversal(expression);
  const target = traversal === undefined ? undefined : targetOf(traversal);
  const declaration = target === undefined ? undefined : module.find(target.address);
  if (traversal === undefined || target === undefined || declaration === undefined) return [];
  const names = traversal.steps
    .slice(target.length)
    .flatMap((step) => (step.kind === 'name' ? [step.name] : []));
  if (declaration.kind === 'variable') return variableValues(snapshot, module, declaration, names);
  return attributeValues(reading, declaration, names);
}

/** The values of an attribute of a resource, data source or ephemeral resource. */
function attributeValues(
  { snapshot, module }: Reading,
  declaration: Declaration,
  names: readonly string[],
): readonly KnownValue[] {
  const { kind, type } = declaration;
  if (names.length === 0 || (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral')) return [];
  return snapshot.schemas.knownValues(providerOf(declaration, module), kind, type, names);
}

/** A list that a person takes in at a glance stands before references. */
const shortList = 12;

/** Offers of values where no quote is typed yet. */
export function quotedItems(values: readonly KnownValue[], range: Range, bare: boolean): CompletionItem[] {
  const base = values.length <= shortList ? 3 : 33;
  return values.map((known, index) => {
    const written = bare ? known.value : JSON.stringify(known.value).replace(/([$%])\{/g, '$1$1{');
    return {
      label: written,
      kind: 'value' as const,
      range,
      insert: written,
      filter: known.value,
      group: base + index / 1000 + (known.deprecated === true ? 50 : 0),
      ...about(known),
    };
  });
}

/** Offers of values inside quotes; `closing` is what has to be written behind. */
export function unquotedItems(
  values: readonly KnownValue[],
  range: Range,
  closing: string,
): CompletionItem[] {
  return values.map((known, index) => ({
    label: known.value,
    kind: 'value' as const,
    range,
    insert: `${known.value}${closing}`,
    group: index / 1000 + (known.deprecated === true ? 50 : 0),
    ...about(known),
  }));
}

function about({ detail, documentation, deprecated }: KnownValue) {
  return {
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation }),
    ...(deprecated === true && { deprecated }),
  };
}
