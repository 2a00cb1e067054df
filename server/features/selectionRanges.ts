import type { TemplatePart } from '../hcl/syntax';
import { nodePathAt } from '../hcl/walk';
import type { SyntaxNode } from '../hcl/walk';
import { touches } from '../text/range';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/** What "expand selection" takes at `offset`, the smallest first; each range holds the one before it. */
export function selectionRanges(snapshot: Snapshot, path: string, offset: number): readonly Range[] {
  const syntax = snapshot.index.file(path)?.syntax;
  if (syntax === undefined) return [];
  const ranges: Range[] = [wordAt(syntax.text, offset)];
  for (const node of nodePathAt(syntax, offset).toReversed()) ranges.push(...rangesOf(node, offset));
  ranges.push({ start: 0, end: syntax.text.length });
  return nested(ranges.filter((range) => touches(range, offset)));
}

/** A node, before it what it holds between its brackets or quotes. */
function rangesOf(node: SyntaxNode, offset: number): Range[] {
  const { start, end } = node.range;
  const inside = { start: start + 1, end: end - 1 };
  switch (node.kind) {
    case 'template':
      return [...partsAt(node.parts, offset), ...(node.form === 'quoted' ? [inside] : []), node.range];
    case 'tuple':
    case 'object':
    case 'forTuple':
    case 'forObject':
    case 'parenthesis':
      return node.kind === 'object'
        ? [
            ...node.items.map((item) => item.range).filter((range) => touches(range, offset)),
            inside,
            node.range,
          ]
        : [inside, node.range];
    case 'block':
      return [
        ...node.labels.flatMap((label) =>
          label.quoted
            ? [{ start: label.range.start + 1, end: label.range.end - 1 }, label.range]
            : [label.range],
        ),
        node.range,
      ];
    default:
      return [node.range];
  }
}

/** The innermost parts first: what stands inside of a directive, then the directive. */
function partsAt(parts: readonly TemplatePart[], offset: number): Range[] {
  return parts
    .filter(({ range }) => touches(range, offset))
    .flatMap((part) => {
      const inside = part.kind === 'for' ? part.body : part.kind === 'if' ? [...part.then, ...part.else] : [];
      return [...partsAt(inside, offset), part.range];
    });
}

/** Keeps those that hold all before them and are larger. */
function nested(ranges: readonly Range[]): Range[] {
  const kept: Range[] = [];
  for (const range of ranges) {
    const last = kept.at(-1);
    if (range.end < range.start) continue;
    const holds = last === undefined || (range.start <= last.start && last.end <= range.end);
    const isLarger = last === undefined || range.end - range.start > last.end - last.start;
    if (holds && isLarger) kept.push(range);
  }
  return kept;
}

function wordAt(text: string, offset: number): Range {
  const before = /[\p{ID_Continue}-]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const after = /^[\p{ID_Continue}-]*/u.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  return { start: offset - before.length, end: offset + after.length };
}
