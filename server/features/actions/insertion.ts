import path from 'node:path';
import type { Attribute, Block, Body, ObjectExpression } from '../../hcl/syntax';
import { isJsonConfig, isOverride } from '../../terraform/fileNames';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { contains } from '../../text/range';
import type { Range } from '../../text/range';
import type { Snapshot } from '../snapshot';
import { chunkOf } from './chunks';
import type { FileEdit } from './codeAction';

/**
 * The lines an item stands on, with their line break and the empty lines that would be left over: two in a row, or one
 * at the start or end of a body or file. Where something else stands on its lines it is the item alone.
 */
export function wholeLines(text: string, range: Range): Range {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  if (text.slice(start, range.start).trim() !== '') return range;
  const endsLine = range.end > range.start && text.charAt(range.end - 1) === '\n';
  const lineEnd = endsLine ? range.end - 1 : text.indexOf('\n', range.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  if (text.slice(range.end, end).trim() !== '') return range;
  const before = text.slice(0, start);
  const after = text.slice(end);
  const opens = before.trim() === '' || /[{[(][ \t]*\r?\n$/.test(before);
  const closes = after.trim() === '' || /^\s*[}\])]/.test(after);
  const emptyBefore = /(?<=\n)(?:[ \t]*\r?\n)+$/.exec(before)?.[0].length ?? 0;
  const emptyAfter = /^(?:[ \t]*\r?\n)+/.exec(after)?.[0].length ?? 0;
  if (closes) return { start: start - emptyBefore, end: end + emptyAfter };
  if (opens) return { start, end: end + emptyAfter };
  return emptyBefore > 0 && emptyAfter > 0
    ? { start, end: end + (/^[ \t]*\r?\n/.exec(after)?.[0].length ?? 0) }
    : { start, end };
}

/** Takes a declaration away with its comments; the block of a local value goes with the last one in it. */
export function removalOf({ node, file }: Declaration): FileEdit {
  const { text, body } = file.syntax;
  const chunk = chunkOf(file.syntax, node.range);
  const holder = body.items.find(
    (item): item is Block =>
      item.kind === 'block' && item.type === 'locals' && contains(item.body.range, chunk),
  );
  const isLast =
    holder !== undefined &&
    text.slice(holder.body.range.start, chunk.start).trim() === '' &&
    text.slice(chunk.end, holder.body.range.end).trim() === '';
  const goes = isLast ? chunkOf(file.syntax, holder.range) : chunk;
  return { path: file.path, range: wholeLines(text, goes), newText: '' };
}

/** The comment lines right above a declaration, without indentation; empty where there are none. */
export function commentAbove({ node, file }: Declaration): readonly string[] {
  const { text } = file.syntax;
  const { start } = chunkOf(file.syntax, node.range);
  const above = text.slice(start, node.range.start).trim();
  return above === '' ? [] : above.split(/\r?\n/).map((line) => line.trim());
}

/** The white space that a line starts with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** An edit that writes `lines` as the last ones of a block's body. Lines come without indentation of the block. */
export function appendToBlock(file: ConfigFile, block: Block, lines: readonly string[]): FileEdit {
  const { text } = file.syntax;
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

/** An edit that writes arguments behind those that a block has, before the blocks in it. */
export function addArguments(file: ConfigFile, block: Block, lines: readonly string[]): FileEdit {
  const first = block.body.items.findIndex((item) => item.kind === 'block');
  const last =
    first < 0 ? undefined : block.body.items.slice(0, first).findLast((item) => item.kind === 'attribute');
  if (first < 0) return appendToBlock(file, block, lines);
  const indent = `${indentAt(file.syntax.text, block.range.start)}  `;
  const inner = lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n');
  if (last === undefined) {
    const { start } = block.body.range;
    return { path: file.path, range: { start, end: start }, newText: `\n${inner}\n` };
  }
  const at = chunkOf(file.syntax, last.range).end;
  return { path: file.path, range: { start: at, end: at }, newText: `\n${inner}` };
}

/** An edit that writes an entry (`key = value`) as the last one of an object. */
export function addEntry(file: ConfigFile, object: ObjectExpression, entry: string): FileEdit {
  const { text } = file.syntax;
  const { start, end } = object.range;
  const last = object.items.at(-1);
  if (last === undefined) {
    const indent = indentAt(text, start);
    const range = { start: start + 1, end: end - 1 };
    return { path: file.path, range, newText: `\n${indent}  ${entry}\n${indent}` };
  }
  const comma = /^[ \t]*,/.exec(text.slice(last.range.end, end))?.[0].length ?? 0;
  const at = last.range.end + comma;
  const isOneLine = !text.slice(start, end).includes('\n');
  const indent = indentAt(text, last.range.start);
  const newText = isOneLine ? `${comma > 0 ? ' ' : ', '}${entry}` : `\n${indent}${entry}`;
  // A heredoc ends with its line break, and a comment may stand behind a value.
  const rest = text.slice(at, end);
  const lineRest = isOneLine ? '' : (/^[ \t]*(?:#|\/\/)[^\n\r]*/.exec(rest)?.[0] ?? '');
  const offset = at + lineRest.length - (text.charAt(at - 1) === '\n' ? 1 : 0);
  return { path: file.path, range: { start: offset, end: offset }, newText };
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
    module.files.findLast((file) => blockOf(file.syntax.body, type) !== undefined && isBase(file.path));
  const target = holder?.path ?? baseFile(module, nearby);
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

function isBase(file: string): boolean {
  return !isJsonConfig(file) && !isOverride(file);
}

/** An override file only changes what another file declares. */
function baseFile(module: Module, nearby: string): string {
  if (!isOverride(nearby)) return nearby;
  const main = path.join(module.directory, 'main.tf');
  return (
    (module.files.find((file) => file.path === main) ?? module.files.find((file) => isBase(file.path)))
      ?.path ?? nearby
  );
}

function blockOf(body: Body, type: string): Block | undefined {
  return body.items.findLast(
    (item: Attribute | Block): item is Block => item.kind === 'block' && item.type === type,
  );
}
