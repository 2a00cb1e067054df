import type { BlockHeader } from './bodyRules';
import type { CompletionItem } from './completionItems';
import type { ValuePlace } from './place';

/** Whether a type constraint is written here: the `type` of a variable or output. */
export function isTypeConstraintPlace(
  { attribute, steps }: ValuePlace,
  blocks: readonly BlockHeader[],
): boolean {
  if (attribute !== 'type' || !['variable', 'output'].includes(blocks.at(-1)?.type ?? '')) return false;
  // The default of `optional(type, default)` is a value.
  const last = steps.at(-1);
  return !(last?.kind === 'argument' && last.call === 'optional' && last.index > 0);
}

/** The types that may stand here; `optional()` only as the type of an object's attribute. */
export function completeType({ chain, steps, finished, kind }: ValuePlace): CompletionItem[] {
  if (finished || kind === 'key') return [];
  const last = steps.at(-1);
  const item = (label: string, group: number, detail: string, snippet?: string): CompletionItem => ({
    label,
    kind: 'keyword',
    range: chain,
    insert: snippet === undefined ? label : `${label}(`,
    ...(snippet !== undefined && { snippet }),
    group,
    detail,
  });
  const primitives = ['string', 'number', 'bool', 'any'].map((name, index) =>
    item(name, index / 10, 'keyword'),
  );
  const made = [
    item('list', 1, 'type', 'list(${1:string})'),
    item('set', 1.1, 'type', 'set(${1:string})'),
    item('map', 1.2, 'type', 'map(${1:string})'),
    item('object', 1.3, 'type', 'object({\n  ${1:name} = ${2:string}\n})'),
    item('tuple', 1.4, 'type', 'tuple([$1])'),
  ];
  const isMember = last?.kind === 'member';
  return isMember
    ? [...primitives, ...made, item('optional', 1.5, 'type', 'optional(${1:string})')]
    : [...primitives, ...made];
}
