import type { Connection } from 'vscode-languageserver/node';
import type { Findings } from './findings';
import type { Workspace } from './workspace';

/** A pause in typing that is short enough to feel immediate; taken where a round is too slow for every key. */
const pause = 100;

/** A round that takes no longer is made after every key. */
const quick = 20;

/** Files that nobody looks at wait until nothing was typed for so many milliseconds. */
const idle = 700;

export interface DiagnosingPorts {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly findings: Findings;
  /** Whether the editor takes what it is sent; else it asks, and is only told when to. */
  readonly isPushing: () => boolean;
  readonly onError: (error: unknown) => void;
}

/**
 * Sends diagnostics of the open documents and of the files beside them. After an edit the edited document comes first,
 * then the other open ones, which may refer to what it declares, then the rest; a newer edit ends the round. What did not
 * change is not sent again, and what is said about a file that went is taken back.
 */
export class Diagnosing {
  private timer: NodeJS.Timeout | undefined;
  private round = 0;
  /** Milliseconds that the edited document took last; the first one waits, because requests come first. */
  private last = Infinity;
  /** By URI. */
  private readonly sent = new Map<string, { readonly version: number | undefined; readonly id: string }>();

  constructor(private readonly ports: DiagnosingPorts) {}

  /** Starts a round at once, or after a pause where rounds are slow; `first` is the document that changed. */
  schedule(first?: string): void {
    this.round += 1;
    clearTimeout(this.timer);
    if (!this.ports.isPushing()) return;
    const { round } = this;
    this.timer = setTimeout(
      () => {
        this.run(round, first).catch(this.ports.onError);
      },
      first !== undefined && this.last <= quick ? 0 : pause,
    );
  }

  /** A document was closed: what was said about its text may not hold for the file. */
  forget(uri: string): void {
    this.sent.delete(uri);
    if (this.ports.isPushing()) void this.ports.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  stop(): void {
    this.round += 1;
    clearTimeout(this.timer);
  }

  private async run(round: number, first: string | undefined): Promise<void> {
    const { documents } = this.ports.workspace;
    const open = [...documents.all()].sort((a, b) => Number(b.uri === first) - Number(a.uri === first));
    for (const { uri, path: file, version } of open) {
      if (round !== this.round) return;
      const begin = performance.now();
      this.publish(uri, file, version);
      if (uri === first || this.last === Infinity) this.last = performance.now() - begin;
      // Lets requests and edits in between two documents.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, idle));
    if (round === this.round) await this.runBeside(round);
  }

  /** The files that nobody opened, of the modules that somebody works in. */
  private async runBeside(round: number): Promise<void> {
    const { documents } = this.ports.workspace;
    const files = this.ports.workspace.filesBeside();
    const shown = new Set([
      ...files.map((file) => documents.uriOf(file)),
      ...documents.all().map(({ uri }) => uri),
    ]);
    for (const uri of this.sent.keys()) if (!shown.has(uri)) this.forget(uri);
    for (const file of files) {
      if (round !== this.round) return;
      this.publish(documents.uriOf(file), file, undefined);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private publish(uri: string, file: string, version: number | undefined): void {
    try {
      const { diagnostics, id } = this.ports.findings.of(file);
      const last = this.sent.get(uri);
      if (last?.id === id && last.version === version) return;
      // Of a file that nobody opened there is no news in that nothing is wrong.
      if (last === undefined && version === undefined && diagnostics.length === 0) return;
      this.sent.set(uri, { version, id });
      void this.ports.connection.sendDiagnostics({
        uri,
        ...(version !== undefined && { version }),
        diagnostics: [...diagnostics],
      });
    } catch (error) {
      this.ports.onError(error);
    }
  }
}
