import type { Edition, Support } from '../terraform/edition';
import { availabilityText } from '../terraform/language/availability';
import type { Availability } from '../terraform/language/availability';
import type { LanguageArgument, LanguageBlock, LanguageNestedBlock } from '../terraform/languageBlock';
import { argumentsIn } from './remoteState';
import type { ArgumentRule, LabelChoice, NestedRule } from './rules';

/** What an edition of the language says of one of its arguments. */
export function languageArgument(given: LanguageArgument, edition: Edition): ArgumentRule {
  const { available, deprecatedIn, keywords = [], elementKeywords, nested } = given;
  const rule = { origin: 'language', keywords, ...(elementKeywords && { elementKeywords }) } as const;
  if (available === undefined && deprecatedIn === undefined && nested === undefined)
    return { schema: given, ...rule };
  const support = edition.support(available);
  const schema: LanguageArgument = {
    ...given,
    description: describeIn(given.description, available, support),
    ...(deprecatedIn && edition.support(deprecatedIn) !== 'none' && { deprecated: true }),
    ...(nested && { nested: { ...nested, attributes: argumentsIn(nested.attributes, edition) } }),
  };
  return { schema, ...rule, ...(support === 'none' && { unavailable: true }) };
}

/** What an edition says of a block of the language; without one, everybody knows it. */
export function languageRule(nested: LanguageNestedBlock, edition: Edition | undefined): NestedRule {
  const { nesting, minItems, maxItems, block: language } = nested;
  const available = nested.available ?? language.available;
  const support = edition?.support(available) ?? 'all';
  const { byLabel } = language;
  return {
    origin: 'language',
    nesting,
    minItems,
    maxItems,
    labels: language.labels,
    description: describeIn(language.description, available, support),
    deprecated: language.deprecated === true,
    attributeToo: false,
    ...(support === 'none' && { unavailable: true }),
    ...(byLabel && { firstLabels: () => choicesOf(byLabel(), edition) }),
  };
}

function choicesOf(
  blocks: Readonly<Record<string, LanguageBlock>>,
  edition: Edition | undefined,
): LabelChoice[] {
  return Object.entries(blocks)
    .filter(([, { available }]) => edition?.support(available) !== 'none')
    .map(([name, { description }]) => ({ name, description }));
}

/** Says who knows it, where that is not everybody. */
function describeIn(description: string, available: Availability | undefined, support: Support): string {
  return support === 'all' || available === undefined
    ? description
    : `${description} (${availabilityText(available)})`;
}
