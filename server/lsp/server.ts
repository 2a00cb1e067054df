import { DidChangeWatchedFilesNotification } from 'vscode-languageserver/node';
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver/node';
import type { SchemaLookup } from '../providers/schema';
import { readAbilities, serverCapabilities, watchedFiles } from './abilities';
import { Answering } from './answers/answering';
import { answerNavigation } from './answers/navigation';
import { answerReading } from './answers/reading';
import { answerSemanticTokens } from './answers/semanticTokens';
import { answerStructure } from './answers/structure';
import { answerWriting } from './answers/writing';
import type { Abilities } from './convert';
import { Diagnosing } from './diagnosing';
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

class LanguageServer {
  private readonly workspace: Workspace;
  private readonly diagnosing: Diagnosing;
  private readonly graphs: Graphs;
  private readonly answering: Answering;
  private abilities: Abilities = readAbilities({});

  constructor(
    private readonly connection: Connection,
    schemas: SchemaLookup,
  ) {
    this.workspace = new Workspace(schemas);
    this.answering = new Answering(connection, this.workspace, () => this.abilities);
    this.diagnosing = new Diagnosing(connection, this.workspace, (error) => {
      this.answering.log('diagnostics', error);
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
    answerReading(this.answering);
    answerNavigation(this.answering);
    answerStructure(this.answering);
    answerSemanticTokens(this.answering);
    answerWriting(this.answering);
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
          this.answering.log('watching files', error);
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
      this.answering.closed(uri);
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

  private answerGraphs(): void {
    const { connection, graphs } = this;
    connection.onRequest(graph, (params) => graphs.picture(params));
    connection.onRequest(exportGraph, ({ root, format }) => graphs.text(root, format));
    connection.onRequest(nodeLocation, ({ root, id }) =>
      this.answering.guard('node location', () => graphs.location(root, id)),
    );
    connection.onRequest(rootModules, async () => ({
      roots: (await this.workspace.rootModules()).map(toUri),
    }));
  }
}
