import type { CompletionItem } from './completionItems';
import type { ValuePlace } from './place';

/** A `for` with its tab stops, as a value with its brackets, and alone at the start of brackets that are there. */
export function loopItems(
  text: string,
  { chain, steps, operator, kind }: ValuePlace,
): readonly CompletionItem[] {
  if (!/^f?o?r?$/.test(text.slice(chain.start, chain.end)) || operator !== '') return [];
  const loop = (label: string, insert: string, detail: string, snippet: string): CompletionItem => ({
    label,
    kind: 'keyword',
    range: chain,
    insert,
    snippet,
    filter: 'for',
    detail,
    group: 34,
  });
  const list = 'for ${1:item} in ${2:collection} : ${3:item}';
  const object = 'for ${1:key}, ${2:item} in ${3:collection} : ${1:key} => ${4:item}';
  const before = text.slice(0, chain.start).trimEnd();
  if (kind === 'key')
    return before.endsWith('{') ? [loop('for', 'for ', 'an object from a collection', object)] : [];
  const last = steps.at(-1);
  if (last?.kind === 'element' && last.index === 0 && before.endsWith('['))
    return [loop('for', 'for ', 'a list from a collection', list)];
  if (steps.length > 0) return [];
  return [
    loop('[for … in … : …]', '[', 'a list from a collection', `[${list}]`),
    loop('{for … in … : … => …}', '{', 'an object from a collection', `{ ${object} }`),
  ];
}
