import {
  DidChangeWatchedFilesNotification,
  FoldingRangeKind,
  ResponseError,
} from 'vscode-languageserver/node';
import type {
  CompletionList,
  Connection,
  InitializeParams,
  InitializeResult,
  Position,
} from 'vscode-languageserver/node';
import { complete } from '../features/completion';
import { findDefinition } from '../features/definition';
import { documentSymbols } from '../features/documentSymbols';
import { foldingRanges } from '../features/folding';
import { formatDocument } from '../features/formatting';
import { hover } from '../features/hover';
import { findReferences } from '../features/references';
import { prepareRename, rename } from '../features/rename';
import { signatureHelp } from '../features/signatureHelp';
import type { Location, Snapshot } from '../features/snapshot';
import type { SchemaLookup } from '../providers/schema';
import { LineIndex } from '../text/lineIndex';
import type { Range } from '../text/range';
import { readAbilities, serverCapabilities, watchedFiles } from './abilities';
import { toCompletionItem, toDocumentSymbol, toLocation, toMarkup, toRange } from './convert';
import type { Abilities } from './convert';
import { Diagnosing } from './diagnosing';
import type { OpenDocument } from './documents';
import { Graphs } from './graphs';
import { exportGraph, graph, nodeLocation, rootModules } from './protocol';
import { toPath, toUri } from './uris';
import { Workspace } from './workspace';

/**
 * Serves a connection until it closes. No request ends the server: what fails is logged and answered with nothing.
 */
export function startServer(connection: Connection, schemas: SchemaLookup): void {
  new LanguageServer(connection, schemas).start();
}

/** A place in an open document, ready for a feature. */
interface At {
  readonly snapshot: Snapshot;
  readonly document: OpenDocument;
  readonly offset: number;
}

interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

class LanguageServer {
  private readonly workspace: Workspace;
  private readonly diagnosing: Diagnosing;
  private readonly graphs: Graphs;
  private abilities: Abilities = readAbilities({});

  constructor(
    private readonly connection: Connection,
    schemas: SchemaLookup,
  ) {
    this.workspace = new Workspace(schemas);
    this.diagnosing = new Diagnosing(connection, this.workspace, (error) => {
      this.log('diagnostics', error);
    });
    this.graphs = new Graphs(connection, this.workspace);
  }

  start(): void {
    this.connection.onInitialize((params) => this.initialize(params));
    this.connection.onInitialized(() => {
      this.initialized();
    });
    this.connection.onShutdown(() => {
      this.diagnosing.stop();
      this.graphs.stop();
    });
    this.followDocuments();
    this.answerReading();
    this.answerWriting();
    this.answerGraphs();
    this.connection.listen();
  }

  private initialize(params: InitializeParams): InitializeResult {
    this.abilities = readAbilities(params.capabilities);
    const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
    this.workspace.setFolders(folders.map(toPath));
    return { capabilities: serverCapabilities, serverInfo: { name: 'terratrain' } };
  }

  private initialized(): void {
    if (this.abilities.watchFiles) {
      const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
      this.connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((error: unknown) => {
          this.log('watching files', error);
        });
    }
    if (!this.abilities.changingFolders) return;
    this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      this.workspace.addFolders(
        added.map((folder) => toPath(folder.uri)),
        removed.map((folder) => toPath(folder.uri)),
      );
    });
  }

  private followDocuments(): void {
    const { documents } = this.workspace;
    this.connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      documents.open(uri, version, text);
      this.changed(uri);
    });
    this.connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      documents.change(uri, version, contentChanges);
      this.changed(uri);
    });
    this.connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      documents.close(uri);
      this.diagnosing.forget(uri);
      this.changed(uri);
    });
    this.connection.onDidChangeWatchedFiles(({ changes }) => {
      this.workspace.filesChanged();
      for (const { uri } of changes) this.graphs.fileChanged(toPath(uri));
      this.diagnosing.schedule();
    });
  }

  private changed(uri: string): void {
    this.workspace.edited();
    this.graphs.fileChanged(toPath(uri));
    this.diagnosing.schedule(uri);
  }

  private answerReading(): void {
    const { connection } = this;
    connection.onCompletion((params) =>
      this.guard('completion', () => this.at(params, (at) => this.completion(at))),
    );
    connection.onHover((params) =>
      this.guard('hover', () =>
        this.at(params, ({ snapshot, document, offset }) => {
          const found = hover(snapshot, document.path, offset);
          if (found === undefined) return null;
          const contents = toMarkup(found.contents, this.abilities.markdownHover);
          return { contents, range: toRange(found.range, document.lines) };
        }),
      ),
    );
    connection.onSignatureHelp((params) =>
      this.guard('signature help', () =>
        this.at(params, ({ snapshot, document, offset }) => {
          const found = signatureHelp(snapshot, document.path, offset);
          if (found === undefined) return null;
          const { label, documentation, active } = found;
          const parameters = found.parameters.map((each) => ({ label: each }));
          return {
            signatures: [{ label, documentation, parameters }],
            activeSignature: 0,
            activeParameter: active,
          };
        }),
      ),
    );
    connection.onDefinition((params) =>
      this.guard('definition', () => this.at(params, (at) => this.definition(at))),
    );
    connection.onReferences((params) =>
      this.guard('references', () =>
        this.at(params, ({ snapshot, document, offset }) =>
          findReferences(snapshot, document.path, offset, params.context.includeDeclaration).map((location) =>
            this.location(snapshot, location),
          ),
        ),
      ),
    );
    connection.onDocumentSymbol((params) => this.guard('symbols', () => this.symbols(params)));
    connection.onFoldingRanges((params) => this.guard('folding', () => this.folds(params)));
  }

  private answerWriting(): void {
    const { connection } = this;
    connection.onDocumentFormatting((params) => this.guard('formatting', () => this.format(params)));
    connection.onDocumentRangeFormatting((params) =>
      this.guard('formatting', () => {
        const lines = this.workspace.documents.get(params.textDocument.uri)?.lines;
        if (lines === undefined) return null;
        const { start, end } = params.range;
        return this.format(params, { start: lines.offsetAt(start), end: lines.offsetAt(end) });
      }),
    );
    connection.onPrepareRename((params) =>
      this.guard('rename', () =>
        this.at(params, ({ snapshot, document, offset }) => {
          const range = prepareRename(snapshot, document.path, offset);
          return range === undefined ? null : toRange(range, document.lines);
        }),
      ),
    );
    connection.onRenameRequest((params) =>
      this.at(params, ({ snapshot, document, offset }) => {
        const changes: Record<string, { range: ReturnType<typeof toRange>; newText: string }[]> = {};
        for (const place of this.renamed(snapshot, document.path, offset, params.newName)) {
          const { uri, range } = this.location(snapshot, place);
          (changes[uri] ??= []).push({ range, newText: params.newName });
        }
        return { changes };
      }),
    );
  }

  private answerGraphs(): void {
    const { connection, graphs } = this;
    connection.onRequest(graph, (params) => graphs.picture(params));
    connection.onRequest(exportGraph, ({ root, format }) => graphs.text(root, format));
    connection.onRequest(nodeLocation, ({ root, id }) =>
      this.guard('node location', () => graphs.location(root, id)),
    );
    connection.onRequest(rootModules, async () => ({
      roots: (await this.workspace.rootModules()).map(toUri),
    }));
  }

  private completion({ snapshot, document, offset }: At): CompletionList {
    const { items, isIncomplete } = complete(snapshot, document.path, offset);
    return {
      isIncomplete,
      items: items.map((item, order) => toCompletionItem(item, order, document.lines, this.abilities)),
    };
  }

  private definition({ snapshot, document, offset }: At) {
    const found = findDefinition(snapshot, document.path, offset);
    if (found === undefined) return null;
    const { uri, range } = this.location(snapshot, found.target);
    if (!this.abilities.definitionLinks) return { uri, range };
    const extent = this.location(snapshot, { path: found.target.path, range: found.extent });
    const origin = toRange(found.origin.range, document.lines);
    return [
      {
        targetUri: uri,
        targetSelectionRange: range,
        targetRange: extent.range,
        originSelectionRange: origin,
      },
    ];
  }

  private symbols({ textDocument: { uri } }: DocumentParams) {
    const document = this.workspace.documents.get(uri);
    if (document === undefined) return null;
    const symbols = documentSymbols(this.workspace.snapshot(), document.path).map((symbol) =>
      toDocumentSymbol(symbol, document.lines),
    );
    if (this.abilities.hierarchicalSymbols) return symbols;
    return symbols.map(({ name, kind, range }) => ({ name, kind, location: { uri, range } }));
  }

  private folds({ textDocument: { uri } }: DocumentParams) {
    const document = this.workspace.documents.get(uri);
    if (document === undefined) return null;
    return foldingRanges(this.workspace.snapshot(), document.path).flatMap(({ range, kind }) => {
      const { start, end } = toRange(range, document.lines);
      // The line of a closing bracket stays visible.
      const endLine = kind === 'code' ? end.line - 1 : end.line;
      if (endLine <= start.line) return [];
      return [
        { startLine: start.line, endLine, ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }) },
      ];
    });
  }

  private format({ textDocument: { uri } }: DocumentParams, range?: Range) {
    const document = this.workspace.documents.get(uri);
    if (document === undefined) return null;
    return formatDocument(this.workspace.snapshot(), document.path, range).map((edit) => ({
      range: toRange(edit.range, document.lines),
      newText: edit.newText,
    }));
  }

  /** The editor shows why a name cannot be used. */
  private renamed(snapshot: Snapshot, file: string, offset: number, name: string): readonly Location[] {
    try {
      return rename(snapshot, file, offset, name);
    } catch (error) {
      throw new ResponseError(requestFailed, error instanceof Error ? error.message : String(error));
    }
  }

  private location(snapshot: Snapshot, { path, range }: Location) {
    const open = this.workspace.documents.get(toUri(path));
    const lines = open?.lines ?? new LineIndex(snapshot.index.file(path)?.syntax.text ?? '');
    return toLocation(this.workspace.documents.uriOf(path), range, lines);
  }

  private at<T>(params: DocumentParams & { readonly position: Position }, answer: (at: At) => T): T | null {
    const document = this.workspace.documents.get(params.textDocument.uri);
    if (document === undefined) return null;
    return answer({
      snapshot: this.workspace.snapshot(),
      document,
      offset: document.lines.offsetAt(params.position),
    });
  }

  private guard<T>(what: string, answer: () => T): T | null {
    try {
      return answer();
    } catch (error) {
      this.log(what, error);
      return null;
    }
  }

  private log(what: string, error: unknown): void {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.connection.console.error(`Terratrain could not answer (${what}): ${reason}`);
  }
}

/** LSP's code for a request that was understood and could not be done. */
const requestFailed = -32803;
