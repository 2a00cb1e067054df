import type { Body } from '../hcl/syntax';
import type { ConfigFile } from '../terraform/model';
import type { Range } from '../text/range';
import type { Diagnostic } from './diagnostic';
import { isSyntaxCode } from './syntaxCodes';

/** A part of a file where some codes are not wanted; all codes where none are named. */
interface Silence {
  readonly range: Range;
  readonly codes: ReadonlySet<string>;
}

/**
 * Leaves out what a person does not want to hear: codes of the settings, and what comments silence.
 * `# terratrain: ignore unused-declaration` behind something or on the line before it counts for the argument or block
 * that starts there, `# terratrain: ignore-file` anywhere for the whole file; without codes all are meant. A file that
 * cannot be read stays an error.
 */
export function withoutIgnored(
  config: ConfigFile,
  diagnostics: readonly Diagnostic[],
  ignored: readonly string[],
): readonly Diagnostic[] {
  const silences = silencesIn(config);
  if (diagnostics.length === 0 || (ignored.length === 0 && silences.length === 0)) return diagnostics;
  return diagnostics.filter(({ code, range }) => {
    if (isSyntaxCode(code)) return true;
    if (ignored.includes(code)) return false;
    return !silences.some(
      (silence) =>
        silence.range.start <= range.start &&
        range.start < silence.range.end &&
        (silence.codes.size === 0 || silence.codes.has(code)),
    );
  });
}

const known = new WeakMap<ConfigFile, readonly Silence[]>();
const none: readonly Silence[] = [];

function silencesIn(config: ConfigFile): readonly Silence[] {
  const { text, comments } = config.syntax;
  if (!text.includes('terratrain:')) return none;
  const kept = known.get(config);
  if (kept !== undefined) return kept;
  const found = comments.flatMap((comment) => {
    const match = /^(?:#+|\/\/+|\/\*)\s*terratrain:\s*ignore(-file)?\b([^*\n]*)/.exec(
      text.slice(comment.start, comment.end),
    );
    if (match === null) return [];
    const codes = new Set((match[2] ?? '').split(/[\s,]+/).filter((code) => code !== ''));
    const isFile = match[1] !== undefined;
    return [{ codes, range: isFile ? { start: 0, end: Infinity } : silenced(config, comment) }];
  });
  known.set(config, found);
  return found;
}

/** The line of the comment, or the next one where the comment stands alone, and all of what starts there. */
function silenced({ syntax: { text, body } }: ConfigFile, comment: Range): Range {
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
  const isAlone = text.slice(lineStart, comment.start).trim() === '';
  const start = isAlone ? nextLine(text, comment.end) : lineStart;
  const lineEnd = text.indexOf('\n', start);
  const end = lineEnd < 0 ? text.length + 1 : lineEnd + 1;
  return { start, end: Math.max(end, itemEnd(body, start, end)) };
}

/** The start of the next line that is neither empty nor a comment. */
function nextLine(text: string, from: number): number {
  const rest = /^[^\n]*\n(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n)*/.exec(text.slice(from));
  return from + (rest?.[0].length ?? 0);
}

/** The end of the argument or block whose first line this is. */
function itemEnd(body: Body, lineStart: number, lineEnd: number): number {
  for (const item of body.items) {
    if (item.range.end < lineStart) continue;
    if (item.range.start >= lineEnd) return 0;
    if (item.range.start >= lineStart) return item.range.end;
    return item.kind === 'block' ? itemEnd(item.body, lineStart, lineEnd) : 0;
  }
  return 0;
}
