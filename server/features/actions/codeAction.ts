import type { Diagnostic } from '../diagnostic';
import type { Location } from '../snapshot';

/** LSP's kinds of actions, as far as we offer them. */
export type CodeActionKind =
  | 'quickfix'
  | 'refactor.extract'
  | 'refactor.inline'
  | 'refactor.move'
  | 'refactor.rewrite'
  | 'source.fixAll'
  | 'source.format'
  | 'source.formatAll.terraform'
  | 'source.sort.terraform';

/** A text to write in the place of what stands there. */
export interface FileEdit extends Location {
  readonly newText: string;
  /** The file is not there yet and holds nothing but `newText`; at most one edit makes a file. */
  readonly creates?: boolean;
}

/** A change that a person may choose. */
export interface CodeAction {
  readonly title: string;
  readonly kind: CodeActionKind;
  /** Laid out as `terraform fmt` does, with the line ends of the file. Computed when asked for. */
  edits(): readonly FileEdit[];
  /** Some edits make files, which not every editor can do. */
  readonly createsFiles: boolean;
  /** What it mends. */
  readonly diagnostic?: Diagnostic;
  /** The one to take when the editor asks for no choice. */
  readonly preferred?: boolean;
  /** Why it cannot be done here, in a sentence; it has no edits then. */
  readonly disabled?: string;
}

/** What a room of actions hands in: an action before its edits are laid out. */
export interface Change {
  readonly title: string;
  readonly kind: CodeActionKind;
  /** Where they cost something they are computed when somebody wants them. */
  readonly edits: readonly FileEdit[] | (() => readonly FileEdit[]);
  readonly createsFiles?: boolean;
  readonly diagnostic?: Diagnostic;
  readonly preferred?: boolean;
  readonly disabled?: string;
}
