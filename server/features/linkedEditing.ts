import { walkExpressions } from '../hcl/walk';
import { touches } from '../text/range';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/** The two markers of the heredoc whose marker stands at `offset`: a change of one is a change of both. */
export function linkedRanges(snapshot: Snapshot, path: string, offset: number): readonly Range[] {
  const syntax = snapshot.index.file(path)?.syntax;
  if (syntax === undefined) return [];
  let found: readonly Range[] = [];
  const item = syntax.body.items.find(({ range }) => touches(range, offset));
  if (item === undefined) return [];
  walkExpressions(item.kind === 'block' ? item.body : item.value, (expression) => {
    if (!touches(expression.range, offset)) return false;
    if (expression.kind === 'template' && expression.form !== 'quoted') {
      const markers = markersOf(syntax.text, expression.range);
      if (markers.some((range) => touches(range, offset))) found = markers;
    }
    return true;
  });
  return found;
}

/** Both markers, or nothing while the heredoc is not closed. */
function markersOf(text: string, range: Range): Range[] {
  const source = text.slice(range.start, range.end);
  const open = /^<<-?([^\s]+)\r?\n/.exec(source);
  const marker = open?.[1];
  const close = /(?:^|\n)[ \t]*([^\s]+)[ \t]*\r?\n?$/.exec(source);
  if (open === null || marker === undefined || close?.[1] !== marker) return [];
  const start = range.start + open[0].indexOf(marker);
  const end = range.start + close.index + close[0].indexOf(marker);
  return [
    { start, end: start + marker.length },
    { start: end, end: end + marker.length },
  ];
}
