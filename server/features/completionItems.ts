import type { Range } from '../text/range';

export type CompletionKind =
  | 'block'
  | 'argument'
  | 'type'
  | 'reference'
  | 'attribute'
  | 'function'
  | 'keyword'
  | 'module'
  | 'variable'
  | 'value'
  | 'file';

/** One offer, independent of any editor. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What is replaced, within one line, up to the cursor or beyond. */
  readonly range: Range;
  readonly insert: string;
  /** The same with tab stops, for editors that know snippets. */
  readonly snippet?: string;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Offers are shown by group, the lowest first, then by name. */
  readonly group?: number;
  /** What the typed text is compared with, where that is not the label. */
  readonly filter?: string;
  readonly deprecated?: boolean;
}

export interface CompletionList {
  readonly items: readonly CompletionItem[];
  /** More would fit: ask again when more is typed. */
  readonly isIncomplete: boolean;
}

/** More than a person reads; the rest comes when more is typed. */
const mostItems = 200;

/**
 * Keeps what fits the typed word, the best first, and no more than can be read. Where offers replace texts of different
 * lengths, `word` tells what is typed of each.
 */
export function fitting(
  items: readonly CompletionItem[],
  word: string | ((item: CompletionItem) => string),
): CompletionList {
  const typed = typeof word === 'string' ? () => word : word;
  const ranked = items
    .map((item) => ({ item, rank: rankOf(item.filter ?? item.label, typed(item)) }))
    .filter(({ rank }) => rank < noFit)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (a.item.group ?? 0) - (b.item.group ?? 0) ||
        (a.item.label < b.item.label ? -1 : 1),
    );
  // Letters in the right order are a last resort: beside real matches they only make noise.
  const best = ranked[0]?.rank ?? 0;
  const kept = best < lettersOnly ? ranked.filter(({ rank }) => rank < lettersOnly) : ranked;
  return {
    items: kept.slice(0, mostItems).map(({ item }) => item),
    isIncomplete: kept.length > mostItems,
  };
}

const lettersOnly = 2;
const noFit = 3;

/** 0 for a prefix, 1 for a part, 2 for letters in the right order, else no fit. */
function rankOf(label: string, word: string): number {
  if (word === '') return 0;
  const where = label.toLowerCase();
  const what = word.toLowerCase();
  if (where.startsWith(what)) return 0;
  if (where.includes(what)) return 1;
  let found = 0;
  for (const character of where) {
    if (character === what[found]) found += 1;
  }
  return found === what.length ? lettersOnly : noFit;
}
