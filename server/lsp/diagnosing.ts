import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import { diagnose } from '../features/diagnostics';
import { toDiagnostic } from './convert';
import type { OpenDocument } from './documents';
import type { Workspace } from './workspace';

/** A pause in typing that is short enough to feel immediate; taken where a round is too slow for every key. */
const pause = 100;

/** A round that takes no longer is made after every key. */
const quick = 20;

/**
 * Publishes diagnostics of the open documents. After an edit the edited document comes first, then the others, which
 * may refer to what it declares; a newer edit ends the round. What did not change is not sent again.
 */
export class Diagnosing {
  private timer: NodeJS.Timeout | undefined;
  private round = 0;
  /** Milliseconds that the last document took; the first one waits, because requests come first. */
  private last = Infinity;
  private readonly sent = new Map<string, { readonly version: number; readonly text: string }>();

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Starts a round at once, or after a pause where rounds are slow; `first` is the document that changed. */
  schedule(first?: string): void {
    this.round += 1;
    clearTimeout(this.timer);
    const { round } = this;
    this.timer = setTimeout(
      () => {
        void this.run(round, first);
      },
      first !== undefined && this.last <= quick ? 0 : pause,
    );
  }

  /** A document was closed: what was said about it goes. */
  forget(uri: string): void {
    this.sent.delete(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  stop(): void {
    this.round += 1;
    clearTimeout(this.timer);
  }

  private async run(round: number, first: string | undefined): Promise<void> {
    const documents = [...this.workspace.documents.all()].sort(
      (a, b) => Number(b.uri === first) - Number(a.uri === first),
    );
    for (const document of documents) {
      if (round !== this.round) return;
      const begin = performance.now();
      try {
        this.publish(document);
      } catch (error) {
        this.onError(error);
      }
      this.last = performance.now() - begin;
      // Lets requests and edits in between two documents.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private publish(document: OpenDocument): void {
    const { uri, version, lines, path } = document;
    const found: Diagnostic[] = diagnose(this.workspace.snapshot(), path).map((finding) =>
      toDiagnostic(finding, lines),
    );
    const text = JSON.stringify(found);
    const last = this.sent.get(uri);
    if (last?.text === text && last.version === version) return;
    this.sent.set(uri, { version, text });
    void this.connection.sendDiagnostics({ uri, version, diagnostics: found });
  }
}
