import type { Range } from '../text/range';
import type { ValuePlace } from './place';

/** The text of a string that the cursor is in. */
export interface StringPlace {
  /** All of it that an offer replaces. */
  readonly range: Range;
  /** What has to be written behind: nothing where the quote is there already. */
  readonly closing: string;
}

/** How far the string reaches on its line, and whether its closing quote is there. */
export function stringAt(text: string, { chain }: Pick<ValuePlace, 'chain'>): StringPlace {
  const lineEnd = text.indexOf('\n', chain.end);
  const rest = text.slice(chain.end, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  const word = /^[^"\s,\])}]*/.exec(rest)?.[0] ?? '';
  if (rest[word.length] === '"') return upTo(chain, word.length, '');
  // An odd number of quotes behind the cursor means that the first one of them closes this string.
  const quotes = rest.replace(/\\./g, '').split('"').length - 1;
  return quotes % 2 === 1 ? upTo(chain, rest.indexOf('"'), '') : upTo(chain, word.length, '"');
}

function upTo({ start, end }: Range, length: number, closing: string): StringPlace {
  return { range: { start, end: end + length }, closing };
}
