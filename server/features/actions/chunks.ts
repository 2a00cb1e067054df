import type { SourceFile } from '../../hcl/syntax';
import type { Range } from '../../text/range';

/** A tree collects its comments anew each time it is asked. */
const collected = new WeakMap<SourceFile, readonly Range[]>();

function commentsOf(syntax: SourceFile): readonly Range[] {
  const comments = collected.get(syntax) ?? syntax.comments;
  collected.set(syntax, comments);
  return comments;
}

/**
 * An item with the comments that belong to it: those on the lines right above it and the one behind it on its last line.
 * Starts at the indentation's end and ends without the line break.
 */
export function chunkOf(syntax: SourceFile, item: Range): Range {
  return { start: withCommentsAbove(syntax, item), end: withCommentBehind(syntax, item) };
}

function withCommentsAbove(syntax: SourceFile, item: Range): number {
  const { text } = syntax;
  const comments = commentsOf(syntax);
  let { start } = item;
  for (let index = lastBefore(comments, start); index >= 0; index -= 1) {
    const comment = comments[index];
    if (comment === undefined) break;
    const gap = text.slice(comment.end, start);
    // A line comment may hold its line break.
    const breaks = (text.slice(comment.start, comment.end) + gap).split('\n').length - 1;
    const lines = text.slice(comment.start, comment.end).trimEnd().split('\n').length - 1;
    if (gap.trim() !== '' || breaks - lines > 1 || !startsLine(text, comment.start)) break;
    ({ start } = comment);
  }
  return start;
}

function withCommentBehind(syntax: SourceFile, item: Range): number {
  const { text } = syntax;
  let { end } = item;
  for (const comment of commentsOf(syntax)) {
    if (comment.start < end) continue;
    const gap = text.slice(end, comment.start);
    if (gap.trim() !== '' || gap.includes('\n')) break;
    end = comment.start + text.slice(comment.start, comment.end).trimEnd().length;
  }
  // A heredoc holds the line break that ends it.
  return end - (/\r?\n$/.exec(text.slice(item.start, end))?.[0].length ?? 0);
}

function lastBefore(comments: readonly Range[], offset: number): number {
  return comments.findLastIndex((comment) => comment.end <= offset);
}

function startsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}
