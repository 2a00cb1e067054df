import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { ProtocolConnection, PublishDiagnosticsParams } from 'vscode-languageserver/node';

/** The built server as an editor starts it, over stdio, with the times of its answers. */
export class MeasuredClient {
  readonly begin = performance.now();
  private readonly server: ChildProcessByStdio<Writable, Readable, null>;
  private readonly connection: ProtocolConnection;
  private readonly published = new Map<string, (at: number) => void>();
  private readonly ends = new Set<() => void>();
  private version = 1;
  indexed = false;

  constructor() {
    const program = path.resolve(__dirname, '../../../../dist/server.js');
    const args = [program, '--stdio'];
    this.server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.server.stdout),
      new StreamMessageWriter(this.server.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.get(`${params.uri} ${params.version ?? 0}`)?.(performance.now());
    });
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onNotification(
      '$/progress',
      ({ value }: { readonly value: { readonly kind: string } }) => {
        if (value.kind !== 'end') return;
        this.indexed = true;
        for (const wake of this.ends) wake();
      },
    );
    this.connection.listen();
  }

  async start(folder: string): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
      capabilities: {
        window: { workDoneProgress: true },
        // As VS Code says it.
        textDocument: {
          completion: {
            completionItem: {
              snippetSupport: true,
              resolveSupport: { properties: ['documentation', 'detail'] },
            },
          },
        },
      },
    });
    await this.connection.sendNotification('initialized', {});
  }

  open(file: string): Promise<void> {
    const text = readFileSync(file, 'utf8');
    const textDocument = {
      uri: pathToFileURL(file).href,
      languageId: 'terraform',
      version: this.version,
      text,
    };
    return this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Milliseconds until the answer. */
  async ask(
    method: string,
    file: string,
    line: number,
    character: number,
    more: object = {},
  ): Promise<number> {
    const begin = performance.now();
    await this.request(method, file, line, character, more);
    return performance.now() - begin;
  }

  request(
    method: string,
    file: string,
    line: number,
    character: number,
    more: object = {},
  ): Promise<unknown> {
    return this.connection.sendRequest(method, {
      textDocument: { uri: pathToFileURL(file).href },
      position: { line, character },
      ...more,
    });
  }

  /** Types at a place; resolves to the milliseconds until the diagnostics of exactly this version are there. */
  type(file: string, line: number, character: number, text: string): Promise<number> {
    const uri = pathToFileURL(file).href;
    this.version += 1;
    const key = `${uri} ${this.version}`;
    const begin = performance.now();
    const place = { line, character };
    void this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.version },
      contentChanges: [{ range: { start: place, end: place }, text }],
    });
    return new Promise((resolve) => {
      this.published.set(key, (at) => {
        this.published.delete(key);
        resolve(at - begin);
      });
    });
  }

  untilIndexed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.indexed) resolve();
      else this.ends.add(resolve);
    });
  }

  /** Seconds of processor time that the server used so far; Linux only. */
  processorSeconds(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // Clock ticks are hundredths of a second wherever Linux runs.
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** Megabytes of memory that the server holds; Linux only. */
  residentMegabytes(): number {
    const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'));
    return Number(match?.[1]) / 1024;
  }

  stop(): void {
    this.connection.dispose();
    this.server.kill('SIGKILL');
  }

  private get pid(): string {
    return String(this.server.pid ?? '');
  }
}
