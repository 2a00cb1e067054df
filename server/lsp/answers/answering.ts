import { CreateFile, TextDocumentEdit } from 'vscode-languageserver/node';
import type { Connection, Position, Range as LspRange, WorkspaceEdit } from 'vscode-languageserver/node';
import type { FileEdit } from '../../features/actions/codeAction';
import type { Location, Snapshot } from '../../features/snapshot';
import { LineIndex } from '../../text/lineIndex';
import type { Range } from '../../text/range';
import { toLocation, toRange } from '../convert';
import type { Abilities } from '../convert';
import type { OpenDocument } from '../documents';
import { toUri } from '../uris';
import type { Workspace } from '../workspace';

/** A place in an open document, ready for a feature. */
export interface At {
  readonly snapshot: Snapshot;
  readonly document: OpenDocument;
  readonly offset: number;
}

export interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/** What the answers of all features share: where a request points, how places are written, what happens to errors. */
export class Answering {
  private readonly closedListeners: ((uri: string) => void)[] = [];

  constructor(
    readonly connection: Connection,
    readonly workspace: Workspace,
    /** Asked at each answer, because an editor says only at its start what it can show. */
    readonly abilities: () => Abilities,
  ) {}

  /** Calls `forget` with the URI of each document that is closed. */
  onClosed(forget: (uri: string) => void): void {
    this.closedListeners.push(forget);
  }

  closed(uri: string): void {
    for (const forget of this.closedListeners) forget(uri);
  }

  /** `null`, which editors take for "nothing", where the document is not open. */
  at<T>(params: DocumentParams & { readonly position: Position }, answer: (at: At) => T): T | null {
    return this.in(params, (document, snapshot) =>
      answer({ snapshot, document, offset: document.lines.offsetAt(params.position) }),
    );
  }

  in<T>(params: DocumentParams, answer: (document: OpenDocument, snapshot: Snapshot) => T): T | null {
    const document = this.workspace.documents.get(params.textDocument.uri);
    return document === undefined ? null : answer(document, this.workspace.snapshot());
  }

  location(snapshot: Snapshot, { path, range }: Location) {
    return toLocation(this.workspace.documents.uriOf(path), range, this.linesOf(snapshot, path));
  }

  linesOf(snapshot: Snapshot, path: string): LineIndex {
    const open = this.workspace.documents.get(toUri(path));
    return open?.lines ?? new LineIndex(snapshot.index.file(path)?.syntax.text ?? '');
  }

  offsets(range: LspRange, { lines }: OpenDocument): Range {
    return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  }

  /** Edits of several files, as an editor wants them. */
  changes(snapshot: Snapshot, edits: readonly (Location & { readonly newText: string })[]) {
    const changes: Record<string, { range: LspRange; newText: string }[]> = {};
    for (const { path, range, newText } of edits) {
      const uri = this.workspace.documents.uriOf(path);
      (changes[uri] ??= []).push({ range: toRange(range, this.linesOf(snapshot, path)), newText });
    }
    return changes;
  }

  /**
   * The same with what editors can do beyond: files are made, and edits name the version of the document that they are
   * for, so that an editor never applies them to another one. Edits that make files need an editor that can.
   */
  workspaceEdit(snapshot: Snapshot, edits: readonly FileEdit[]): WorkspaceEdit {
    if (!this.abilities().documentChanges) return { changes: this.changes(snapshot, edits) };
    const { documents } = this.workspace;
    const made = edits.filter(({ creates }) => creates === true).map(({ path }) => documents.uriOf(path));
    const changed = Object.entries(this.changes(snapshot, edits)).map(([uri, ofFile]) =>
      TextDocumentEdit.create({ uri, version: documents.get(uri)?.version ?? null }, ofFile),
    );
    return {
      documentChanges: [
        ...made.map((uri) => CreateFile.create(uri, { overwrite: false, ignoreIfExists: false })),
        ...changed,
      ],
    };
  }

  /** No request ends the server: what fails is logged and answered with nothing. */
  guard<T>(what: string, answer: () => T): T | null {
    try {
      return answer();
    } catch (error) {
      this.log(what, error);
      return null;
    }
  }

  log(what: string, error: unknown): void {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.connection.console.error(`Terratrain could not answer (${what}): ${reason}`);
  }
}
