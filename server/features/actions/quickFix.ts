import type { Attribute, Block } from '../../hcl/syntax';
import type { SyntaxNode } from '../../hcl/walk';
import type { ConfigFile, Module } from '../../terraform/model';
import { factsOf } from '../../terraform/facts';
import type { Use } from '../../terraform/uses';
import { contains } from '../../text/range';
import type { Range } from '../../text/range';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import { chunkOf } from './chunks';
import type { Change, FileEdit } from './codeAction';
import { wholeLines } from './insertion';

/** What a fix may look at. */
export interface Case {
  readonly snapshot: Snapshot;
  readonly module: Module;
  readonly file: ConfigFile;
  readonly diagnostic: Diagnostic;
  /** The nodes around the diagnostic's start, outermost first. */
  readonly nodes: readonly SyntaxNode[];
}

/** A way to mend; the first one of a diagnostic is the preferred one unless it says otherwise. */
export type Mending = Omit<Change, 'kind' | 'diagnostic'>;

/** The ways to mend what a diagnostic says, the likeliest first. */
export type Fix = (given: Case) => readonly Mending[];

/** A fact of the diagnostic. */
export function fact({ diagnostic }: Case, name: string): string | undefined {
  return diagnostic.facts?.[name];
}

export function blockAround({ nodes }: Case): Block | undefined {
  return nodes.findLast((node): node is Block => node.kind === 'block');
}

export function attributeAround({ nodes }: Case): Attribute | undefined {
  return nodes.findLast((node): node is Attribute => node.kind === 'attribute');
}

/** The attribute or block whose name the diagnostic stands at. */
export function itemAround({ nodes }: Case): Attribute | Block | undefined {
  return nodes.findLast(
    (node): node is Attribute | Block => node.kind === 'attribute' || node.kind === 'block',
  );
}

/** The use that a diagnostic is about. */
export function useAround({ file, diagnostic: { range } }: Case): Use | undefined {
  for (const uses of factsOf(file).uses.values()) {
    const found = uses.find((use) => contains(use.range, range));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function write({ file }: Case, range: Range, newText: string): FileEdit {
  return { path: file.path, range, newText };
}

/** Takes an item away with its lines and comments. */
export function remove(given: Case, range: Range): FileEdit {
  const { syntax } = given.file;
  return write(given, wholeLines(syntax.text, chunkOf(syntax, range)), '');
}

/** The text of a stretch of the file. */
export function sourceAt({ file }: Case, { start, end }: Range): string {
  return file.syntax.text.slice(start, end);
}
