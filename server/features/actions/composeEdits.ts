import { applyEdits } from '../../text/edit';
import type { TextEdit } from '../../text/edit';

/** A stretch of a text that was changed, in offsets before and after. */
interface Stretch {
  before: { start: number; end: number };
  after: { start: number; end: number };
}

/**
 * The edits of `text` that do what `first` does and then, on its result, `second`. Both are in file order and without
 * overlaps; so is the answer.
 */
export function composeEdits(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): TextEdit[] {
  const middle = applyEdits(text, first);
  const last = applyEdits(middle, second);
  const stretches = merged([...stretchesOf(first), ...throughFirst(first, second)]);
  const toLast = mapping(second);
  return stretches.map(({ before, after }) => ({
    range: before,
    newText: last.slice(toLast(after.start, false), toLast(after.end, true)),
  }));
}

function stretchesOf(edits: readonly TextEdit[]): Stretch[] {
  let shift = 0;
  return edits.map(({ range, newText }) => {
    const start = range.start + shift;
    shift += newText.length - (range.end - range.start);
    return { before: { ...range }, after: { start, end: start + newText.length } };
  });
}

/** What `second` changes, with the places it has in the text before `first`. */
function throughFirst(first: readonly TextEdit[], second: readonly TextEdit[]): Stretch[] {
  const changed = stretchesOf(first);
  return second.map(({ range }) => ({
    before: { start: back(changed, range.start, 'start'), end: back(changed, range.end, 'end') },
    after: { ...range },
  }));
}

/** An offset after `first` as one before it; inside of written text it is the near end of what stood there. */
function back(changed: readonly Stretch[], offset: number, side: 'start' | 'end'): number {
  let shift = 0;
  for (const { before, after } of changed) {
    if (offset < after.start || (offset === after.start && side === 'start')) break;
    if (offset < after.end || (offset === after.end && side === 'start' && after.end > after.start))
      return before[side];
    shift = before.end - after.end;
  }
  return offset + shift;
}

/** Stretches that touch become one, because what they write cannot be told apart. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const ordered = [...stretches].sort(
    (a, b) => a.after.start - b.after.start || a.before.start - b.before.start,
  );
  const result: Stretch[] = [];
  for (const stretch of ordered) {
    const last = result.at(-1);
    const meets =
      last !== undefined &&
      (stretch.after.start <= last.after.end || stretch.before.start <= last.before.end);
    if (!meets) {
      result.push({ before: { ...stretch.before }, after: { ...stretch.after } });
      continue;
    }
    last.before.start = Math.min(last.before.start, stretch.before.start);
    last.before.end = Math.max(last.before.end, stretch.before.end);
    last.after.start = Math.min(last.after.start, stretch.after.start);
    last.after.end = Math.max(last.after.end, stretch.after.end);
  }
  return result;
}

/** Offsets before edits to offsets after them; at the place of an insertion the text belongs to what ends there. */
function mapping(edits: readonly TextEdit[]): (offset: number, isEnd: boolean) => number {
  return (offset, isEnd) => {
    let shift = 0;
    for (const { range, newText } of edits) {
      if (range.start > offset || (range.end === offset && range.start === offset && !isEnd)) break;
      if (range.end > offset || (range.start === offset && !isEnd)) break;
      shift += newText.length - (range.end - range.start);
    }
    return offset + shift;
  };
}
