import path from 'node:path';
import type { Attribute, Block, Body } from '../../hcl/syntax';
import type { Module } from '../../terraform/model';
import type { Range } from '../../text/range';
import type { Snapshot } from '../snapshot';
import type { FileEdit } from './codeAction';

/** The lines an item stands on, with their line break and one empty line that would be left over. */
export function wholeLines(text: string, range: Range): Range {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  if (text.slice(start, range.start).trim() !== '') return range;
  const lineEnd = text.indexOf('\n', range.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  if (text.slice(range.end, end).trim() !== '') return range;
  const isBetweenEmptyLines = /(^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  const emptyLine = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0] ?? '';
  return { start, end: isBetweenEmptyLines || start === 0 ? end + emptyLine.length : end };
}

/** The white space that a line starts with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** An edit that writes `lines` as the last ones of a block's body. Lines come without indentation of the block. */
export function appendToBlock(
  file: { path: string; text: string },
  block: Block,
  lines: readonly string[],
): FileEdit {
  const { text } = file;
  const indent = indentAt(text, block.range.start);
  const inner = lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n');
  const { start, end } = block.body.range;
  const last = block.body.items.at(-1);
  if (last === undefined && text.slice(start, end).trim() === '') {
    return { path: file.path, range: { start, end }, newText: `\n${inner}\n${indent}` };
  }
  // Before the white space in front of the brace, so that the brace keeps its line.
  const at = start + text.slice(start, end).trimEnd().length;
  const isOneLine = !text.slice(start, end).includes('\n');
  if (isOneLine) {
    const held = text.slice(start, end).trim();
    return { path: file.path, range: { start, end }, newText: `\n${indent}  ${held}\n${inner}\n${indent}` };
  }
  const hasBreak = text.slice(at, end).includes('\n');
  return {
    path: file.path,
    range: { start: at, end: at },
    newText: `\n${inner}${hasBreak ? '' : `\n${indent}`}`,
  };
}

/**
 * An edit that writes a top-level block: in the file where the module keeps such blocks (`variables.tf`), else after the
 * last block of that type, else at the end of `nearby`.
 */
export function appendTopLevel(
  snapshot: Snapshot,
  module: Module,
  type: string,
  newText: string,
  nearby: string,
): FileEdit {
  const usual =
    conventional[type] === undefined ? undefined : path.join(module.directory, conventional[type]);
  const holder =
    module.files.find((file) => file.path === usual) ??
    module.files.findLast((file) => blockOf(file.syntax.body, type) !== undefined && isNative(file.path));
  const target = holder?.path ?? nearby;
  const text = snapshot.index.file(target)?.syntax.text ?? '';
  const last = holder === undefined ? undefined : blockOf(holder.syntax.body, type);
  const at = last?.range.end ?? text.trimEnd().length;
  const before = at === 0 ? '' : '\n\n';
  const after = text.slice(at).startsWith('\n') || text.slice(at).startsWith('\r') ? '' : '\n';
  return { path: target, range: { start: at, end: at }, newText: `${before}${newText}${after}` };
}

const conventional: Readonly<Record<string, string>> = {
  variable: 'variables.tf',
  output: 'outputs.tf',
  locals: 'locals.tf',
};

function isNative(file: string): boolean {
  return !file.endsWith('.json');
}

function blockOf(body: Body, type: string): Block | undefined {
  return body.items.findLast(
    (item: Attribute | Block): item is Block => item.kind === 'block' && item.type === type,
  );
}
