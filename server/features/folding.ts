import type { Expression, TemplatePart } from '../hcl/syntax';
import { wholeTemplate } from '../hcl/templateFile';
import { childNodes } from '../hcl/walk';
import type { SyntaxNode } from '../hcl/walk';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/** A part that can be folded away. */
export interface Fold {
  readonly range: Range;
  readonly kind: 'code' | 'comment';
}

/**
 * The parts of a file that span several lines: blocks, lists, objects, calls, heredocs, directives of templates and runs
 * of comments.
 */
export function foldingRanges(snapshot: Snapshot, path: string): readonly Fold[] {
  const syntax = snapshot.index.file(path)?.syntax;
  if (syntax === undefined) return [];
  const folds: Fold[] = [];
  const whole = wholeTemplate(syntax);
  const pending: SyntaxNode[] = [syntax.body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const ranges = isFoldable(node) && node !== whole ? [node.range] : [];
    if (node.kind === 'template') ranges.push(...directivesIn(node.parts));
    for (const range of ranges) if (spansLines(syntax.text, range)) folds.push({ range, kind: 'code' });
    pending.push(...childNodes(node));
  }
  return [...folds, ...commentFolds(syntax.text, syntax.comments)].sort(
    (a, b) => a.range.start - b.range.start,
  );
}

const foldable = new Set<Expression['kind'] | 'block'>([
  'block',
  'tuple',
  'object',
  'forTuple',
  'forObject',
  'call',
  'template',
]);

function isFoldable(node: SyntaxNode): boolean {
  return node.kind !== 'body' && node.kind !== 'attribute' && foldable.has(node.kind);
}

/** From each directive to the one that ends it. */
function directivesIn(parts: readonly TemplatePart[]): Range[] {
  return parts.flatMap((part) => {
    if (part.kind === 'for') return [part.range, ...directivesIn(part.body)];
    return part.kind === 'if' ? [part.range, ...directivesIn([...part.then, ...part.else])] : [];
  });
}

/** Comments on lines directly below each other fold as one. */
function commentFolds(text: string, comments: readonly Range[]): Fold[] {
  const folds: Fold[] = [];
  let run: Range | undefined;
  const close = () => {
    if (run !== undefined && spansLines(text, run)) folds.push({ range: run, kind: 'comment' });
  };
  for (const comment of comments) {
    const end = text[comment.end - 1] === '\n' ? comment.end - 1 : comment.end;
    if (run !== undefined && /^\r?\n?[ \t]*$/.test(text.slice(run.end, comment.start))) {
      run = { start: run.start, end };
    } else {
      close();
      run = { start: comment.start, end };
    }
  }
  close();
  return folds;
}

function spansLines(text: string, range: Range): boolean {
  const lineBreak = text.indexOf('\n', range.start);
  return lineBreak >= 0 && lineBreak < range.end;
}
