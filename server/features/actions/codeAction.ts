import type { Diagnostic } from '../diagnostic';
import type { Location } from '../snapshot';

/** LSP's kinds of actions, as far as we offer them. */
export type CodeActionKind =
  'quickfix' | 'refactor.extract' | 'refactor.inline' | 'refactor.rewrite' | 'source.fixAll';

/** A text to write in the place of what stands there. */
export interface FileEdit extends Location {
  readonly newText: string;
}

/** A change that a person may choose. */
export interface CodeAction {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly edits: readonly FileEdit[];
  /** What it mends. */
  readonly diagnostic?: Diagnostic;
  /** The one to take when the editor asks for no choice. */
  readonly preferred?: boolean;
}
