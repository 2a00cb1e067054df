import { dialectOf } from '../../terraform/dialect';
import type { Dialect } from '../../terraform/dialect';
import { moduleOf } from '../snapshot';
import type { Snapshot } from '../snapshot';
import type { Range } from '../../text/range';
import { conversions } from './convertRepetition';
import type { Change, CodeAction, CodeActionKind, FileEdit } from './codeAction';
import type { Selected } from './context';
import { diagnosticsOf } from '../diagnosticsOf';
import { exposures } from './expose';
import { extractions } from './extract';
import { moduleExtraction } from './extractModule';
import { fillings } from './fillBlock';
import { fixAll, fixEachKind } from './fixAll';
import { inlinings } from './inline';
import { laidOut } from './layout';
import { localsAndVariables } from './localsAndVariables';
import { moves } from './moveBlocks';
import { pins } from './pinProvider';
import { quickFixes } from './quickFixes';
import { rewrites } from './rewrite';
import { formatted, sortedFile } from './source';
import { sortedArguments } from './sortArguments';

/**
 * What may be done at a selection: fixes for what is wrong there, and rearrangements that keep the meaning.
 * `only` leaves out the kinds that nobody asked for, together with the work to find them. Nothing is written in JSON.
 */
export function codeActions(
  snapshot: Snapshot,
  path: string,
  selection: Range,
  only?: readonly string[],
): readonly CodeAction[] {
  const file = snapshot.index.file(path);
  const dialect = dialectOf(path);
  if (file === undefined || dialect === undefined || isJson(path)) return [];
  const selected: Selected = { snapshot, module: moduleOf(snapshot, path), file, selection };
  const wanted = (kind: CodeActionKind) => only?.some((asked) => isWithin(kind, asked)) ?? !isSource(kind);
  const changes = rooms.flatMap(({ kinds, dialects, find }) =>
    dialects.has(dialect) && kinds.some(wanted) ? find(selected) : [],
  );
  return distinct(changes.filter(({ kind }) => wanted(kind))).map((change) => toAction(selected, change));
}

interface Room {
  readonly kinds: readonly CodeActionKind[];
  /** The dialects it knows; the others have no names for what it makes. */
  readonly dialects: ReadonlySet<Dialect>;
  readonly find: (selected: Selected) => readonly Change[];
}

const modules: ReadonlySet<Dialect> = new Set(['configuration']);
const valuesToo: ReadonlySet<Dialect> = new Set(['configuration', 'variables']);
/** All that people write; a lock file is written by Terraform, and a template is another language. */
const written: ReadonlySet<Dialect> = new Set([
  'configuration',
  'variables',
  'test',
  'mock',
  'query',
  'stack',
  'deployment',
]);
const fixable: ReadonlySet<Dialect> = new Set([...written, 'lock']);

const rooms: readonly Room[] = [
  { kinds: ['quickfix'], dialects: fixable, find: fixesAt },
  { kinds: ['refactor.extract'], dialects: modules, find: extractions },
  { kinds: ['refactor.extract'], dialects: modules, find: moduleExtraction },
  { kinds: ['refactor.extract'], dialects: modules, find: exposures },
  { kinds: ['refactor.inline'], dialects: modules, find: inlinings },
  { kinds: ['refactor.rewrite'], dialects: modules, find: localsAndVariables },
  { kinds: ['refactor.rewrite'], dialects: written, find: rewrites },
  { kinds: ['refactor.rewrite'], dialects: modules, find: conversions },
  { kinds: ['refactor.rewrite'], dialects: modules, find: sortedArguments },
  { kinds: ['refactor.rewrite'], dialects: modules, find: fillings },
  { kinds: ['refactor.rewrite'], dialects: modules, find: pins },
  { kinds: ['refactor.move'], dialects: modules, find: moves },
  { kinds: ['source.fixAll'], dialects: valuesToo, find: fixAll },
  { kinds: ['source.format', 'source.formatAll.terraform'], dialects: written, find: formatted },
  { kinds: ['source.sort.terraform'], dialects: modules, find: sortedFile },
];

function fixesAt(selected: Selected): readonly Change[] {
  const { snapshot, module, file, selection } = selected;
  const near = diagnosticsOf(snapshot, file.path).filter(({ range }) => touches(range, selection));
  const fixes = near.flatMap((diagnostic) => quickFixes(snapshot, module, file, diagnostic));
  return [...fixes, ...fixEachKind(selected, near, fixes)];
}

function isJson(path: string): boolean {
  return path.endsWith('.json');
}

/** These run over the whole file on request, on save for example. */
function isSource(kind: CodeActionKind): boolean {
  return kind.startsWith('source.');
}

function isWithin(kind: string, asked: string): boolean {
  return kind === asked || kind.startsWith(`${asked}.`);
}

function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Two diagnostics of one block may have the same fix. */
function distinct(changes: readonly Change[]): Change[] {
  const kept = new Map<string, Change>();
  for (const change of changes) {
    const { edits } = change;
    const own = typeof edits === 'function' ? '' : JSON.stringify(edits);
    const key = `${change.title} ${change.kind} ${own}`;
    if (!kept.has(key)) kept.set(key, change);
  }
  // What an action writes is in the native syntax.
  return [...kept.values()].filter(
    ({ edits }) => typeof edits === 'function' || !edits.some((edit) => isJson(edit.path)),
  );
}

function toAction({ snapshot, file }: Selected, { edits, createsFiles, ...rest }: Change): CodeAction {
  const find = (): readonly FileEdit[] => (typeof edits === 'function' ? edits() : edits);
  return {
    ...rest,
    createsFiles:
      createsFiles ?? (typeof edits !== 'function' && edits.some(({ creates }) => creates === true)),
    edits: () => (rest.disabled === undefined ? laidOut(snapshot, find(), file.syntax) : []),
  };
}
