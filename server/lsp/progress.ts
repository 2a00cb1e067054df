import { WorkDoneProgressCreateRequest } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import type { IndexProgress } from './workspace';

/** Less often than this nobody sees a difference. */
const reportPause = 200;

/** Shows the background index as `$/progress`, where the editor shows such things. */
export class ReportedProgress implements IndexProgress {
  private count = 0;
  private reported = 0;
  private running: string | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly isShown: () => boolean,
  ) {}

  begin(): void {
    if (!this.isShown() || this.running !== undefined) return;
    this.count += 1;
    const token = `terratrain-index-${this.count}`;
    this.running = token;
    this.connection.sendRequest(WorkDoneProgressCreateRequest.type, { token }).catch((error: unknown) => {
      this.connection.console.log(`The editor shows no progress: ${String(error)}`);
    });
    this.send(token, { kind: 'begin', title: 'Reading modules', percentage: 0 });
  }

  report(read: number, all: number): void {
    const now = Date.now();
    if (this.running === undefined || now - this.reported < reportPause) return;
    this.reported = now;
    const percentage = Math.round((read / Math.max(1, all)) * 100);
    this.send(this.running, { kind: 'report', percentage, message: `${read} of ${all}` });
  }

  end(): void {
    if (this.running === undefined) return;
    this.send(this.running, { kind: 'end' });
    this.running = undefined;
  }

  private send(token: string, value: object): void {
    void this.connection.sendNotification('$/progress', { token, value });
  }
}
