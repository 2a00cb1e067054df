import { format, formatEdits } from '../../hcl/format';
import type { SourceFile } from '../../hcl/syntax';
import { applyEdits } from '../../text/edit';
import type { TextEdit } from '../../text/edit';
import type { Range } from '../../text/range';
import type { Snapshot } from '../snapshot';
import type { FileEdit } from './codeAction';
import { composeEdits } from './composeEdits';

/**
 * The same edits with what they touch laid out as `terraform fmt` writes it, and with the line ends of each file. Blocks
 * that were not formatted before keep their layout but for the lines that are written anew. A file that is made gets
 * the line ends of `from`.
 */
export function laidOut(snapshot: Snapshot, edits: readonly FileEdit[], from: SourceFile): FileEdit[] {
  const byPath = new Map<string, FileEdit[]>();
  for (const edit of edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  return [...byPath].flatMap(([path, own]) => {
    const syntax = snapshot.index.file(path)?.syntax;
    if (syntax === undefined || own.some(({ creates }) => creates === true))
      return own.map((edit) => newFile(edit, from));
    return inFile(
      syntax,
      settled(syntax.text, own).map(({ range, newText }) => ({
        range,
        newText: withLineEnds(newText, syntax.text),
      })),
    ).map((edit) => ({ path, ...edit }));
  });
}

/** What is written in the midst of what goes is written behind it. */
function settled(text: string, edits: readonly FileEdit[]): FileEdit[] {
  return edits.map((edit) => {
    const { start, end } = edit.range;
    const gone = edits.find(({ range }) => start === end && range.start < start && start < range.end);
    if (gone === undefined) return edit;
    const at = gone.range.end;
    const isFirst = text.slice(0, gone.range.start).trim() === '';
    const newText = edit.newText.trim();
    return {
      ...edit,
      range: { start: at, end: at },
      newText: `${isFirst ? '' : '\n'}${newText}\n${text.slice(at).trim() === '' ? '' : '\n'}`,
    };
  });
}

function newFile(edit: FileEdit, from: SourceFile): FileEdit {
  const result = format(withLineEnds(edit.newText, '\n'));
  return { ...edit, newText: withLineEnds(result.ok ? result.text : edit.newText, from.text) };
}

/** Whether lines end with CR LF: as its first line does. */
export function lineEnd(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text.charAt(at - 1) === '\r' ? '\r\n' : '\n';
}

function withLineEnds(newText: string, text: string): string {
  return newText.replace(/\r?\n/g, lineEnd(text));
}

function inFile(syntax: SourceFile, edits: readonly TextEdit[]): TextEdit[] {
  const ordered = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.range.start - b.edit.range.start || a.order - b.order)
    .map(({ edit }) => edit);
  return regionsOf(syntax, ordered).flatMap(({ range, inside }) => inRegion(syntax.text, range, inside));
}

interface Region {
  readonly range: Range;
  readonly inside: readonly TextEdit[];
}

/** Whole lines of whole top-level blocks, each with the edits in it: what a formatter can look at alone. */
function regionsOf({ text, body }: SourceFile, edits: readonly TextEdit[]): Region[] {
  // In a file of values the lines around decide how the signs of equality are aligned.
  if (body.items.some((item) => item.kind === 'attribute'))
    return [{ range: { start: 0, end: text.length }, inside: edits }];
  const regions: Region[] = [];
  for (const edit of edits) {
    let { start, end } = edit.range;
    for (const { range } of body.items) {
      if (range.end < edit.range.start || edit.range.end < range.start) continue;
      start = Math.min(start, range.start);
      end = Math.max(end, range.end);
    }
    start = text.lastIndexOf('\n', start - 1) + 1;
    const lineBreak = end > start && text.charAt(end - 1) === '\n' ? end - 1 : text.indexOf('\n', end);
    end = lineBreak < 0 ? text.length : lineBreak + 1;
    const last = regions.at(-1);
    if (last === undefined || last.range.end <= start) {
      regions.push({ range: { start, end }, inside: [edit] });
    } else {
      const range = { start: Math.min(last.range.start, start), end: Math.max(last.range.end, end) };
      regions[regions.length - 1] = { range, inside: [...last.inside, edit] };
    }
  }
  return regions;
}

function inRegion(text: string, { start, end }: Range, edits: readonly TextEdit[]): TextEdit[] {
  const before = text.slice(start, end);
  const moved = edits.map(({ range, newText }) => ({
    range: { start: range.start - start, end: range.end - start },
    newText,
  }));
  const after = applyEdits(before, moved);
  const layout = isFormatted(before) ? formatEdits(after) : formatWritten(after, moved);
  if (layout.length === 0) return [...edits];
  return composeEdits(before, moved, layout).map(({ range, newText }) => ({
    range: { start: range.start + start, end: range.end + start },
    newText,
  }));
}

function isFormatted(text: string): boolean {
  const result = format(text);
  return result.ok && result.text === text;
}

/** Formats only the lines that edits have written. */
function formatWritten(after: string, edits: readonly TextEdit[]): TextEdit[] {
  const found = new Map<number, TextEdit>();
  let shift = 0;
  for (const { range, newText } of edits) {
    const at = range.start + shift;
    shift += newText.length - (range.end - range.start);
    if (newText.includes('\n'))
      for (const edit of formatEdits(after, { start: at, end: at + newText.length }))
        found.set(edit.range.start, edit);
  }
  return [...found.values()].sort((a, b) => a.range.start - b.range.start);
}
