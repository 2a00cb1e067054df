import type { Range } from '../text/range';
import { Kind } from './kinds';
import type { Expression, Name, ObjectItem } from './syntax';

/** An entry whose children have been built already. */
export interface Built {
  readonly kind: number;
  readonly range: Range;
  readonly slots: number;
  readonly expression?: Expression;
  readonly item?: ObjectItem;
  /** Of an interpolation or a directive. */
  readonly children?: readonly Built[];
}

/** The variables of a `for`: its direct identifiers. */
export function namesIn(text: string, children: readonly Built[]): Name[] {
  return children
    .filter(({ kind }) => kind === Kind.identifier)
    .map(({ range }) => ({ name: text.slice(range.start, range.end), range }));
}
