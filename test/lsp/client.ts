import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  ApplyWorkspaceEditParams,
  ClientCapabilities,
  ProtocolConnection,
  PublishDiagnosticsParams,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { graphChanged } from '../../server/lsp/protocol';

const repository = path.resolve(__dirname, '../..');

/** The built server as any editor starts it, spoken to over stdio. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly graphChanges: string[] = [];
  /** Edits that the server asked for. */
  readonly applied: WorkspaceEdit[] = [];
  /** How often the server asked for hints to be asked for again. */
  refreshes = 0;
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  private readonly sent = new Map<string, number>();
  private readonly waiting = new Set<() => void>();
  private version = 1;

  /** @param configuration what the client answers when the server asks for its settings */
  constructor(private configuration: unknown = {}) {
    this.process = spawn(process.execPath, [path.join(repository, 'dist', 'server.js'), '--stdio']);
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.diagnostics.set(params.uri, params);
      this.sent.set(params.uri, this.sentOf(params.uri) + 1);
      for (const wake of this.waiting) wake();
    });
    this.connection.onNotification(graphChanged, ({ root }) => {
      this.graphChanges.push(root);
      for (const wake of this.waiting) wake();
    });
    this.connection.onRequest('workspace/configuration', () => [this.configuration]);
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('workspace/applyEdit', ({ edit }: ApplyWorkspaceEditParams) => {
      this.applied.push(edit);
      return { applied: true };
    });
    this.connection.onRequest('workspace/inlayHint/refresh', () => {
      this.refreshes += 1;
      for (const wake of this.waiting) wake();
      return null;
    });
    this.connection.listen();
  }

  /** Changes the settings, as a person does in the editor. */
  configure(configuration: unknown): Promise<void> {
    this.configuration = configuration;
    return this.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { terratrain: configuration },
    });
  }

  in<T>(method: string, uri: string, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { textDocument: { uri }, ...more });
  }

  async start(
    folder: string,
    capabilities: ClientCapabilities = {},
    initializationOptions: object = {},
  ): Promise<void> {
    await this.connection.sendRequest('initialize', {
      initializationOptions,
      processId: process.pid,
      capabilities,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'test' }],
      rootUri: null,
    });
    await this.connection.sendNotification('initialized', {});
  }

  open(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'terraform', version: this.version, text };
    return this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(uri: string, contentChanges: readonly object[]): Promise<void> {
    this.version += 1;
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.version },
      contentChanges,
    });
  }

  at<T>(method: string, uri: string, line: number, character: number, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, {
      textDocument: { uri },
      position: { line, character },
      ...more,
    });
  }

  /** The codes of the newest diagnostics of a document, once they are as `isWanted` says. */
  async codes(uri: string, isWanted: (codes: readonly string[]) => boolean): Promise<readonly string[]> {
    const read = () => (this.diagnostics.get(uri)?.diagnostics ?? []).map((each) => String(each.code));
    await this.until(() => this.diagnostics.has(uri) && isWanted(read()));
    return read();
  }

  /** Of the newest diagnostics of a document: which version of it they are about. */
  versionOf(uri: string): number | undefined | 'never sent' {
    const newest = this.diagnostics.get(uri);
    return newest === undefined ? 'never sent' : newest.version;
  }

  /** How often diagnostics of a document were sent. */
  sentOf(uri: string): number {
    return this.sent.get(uri) ?? 0;
  }

  sourcesOf(uri: string): readonly string[] {
    return (this.diagnostics.get(uri)?.diagnostics ?? []).map(({ source }) => source ?? '');
  }

  rangeOf(uri: string, source: string): Range | undefined {
    return this.diagnostics.get(uri)?.diagnostics.find((each) => each.source === source)?.range;
  }

  /** Where the code of the first diagnostic is explained. */
  pageOf(uri: string): string | undefined {
    return this.diagnostics.get(uri)?.diagnostics[0]?.codeDescription?.href;
  }

  until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isDone()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Ends the server as LSP says; resolves to its exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    return code;
  }
}
