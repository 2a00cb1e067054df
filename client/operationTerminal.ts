import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PtyProcess } from './pty';

/** The terminal of one root module: "Terratrain: DIR". It is reused, and comes back when it was closed. */
export class OperationTerminal implements vscode.Disposable {
  private terminal: vscode.Terminal | undefined;
  private view: TerminalView | undefined;
  private process: PtyProcess | undefined;

  /** @param onInterrupt a person typed Ctrl-C */
  constructor(
    private readonly directory: string,
    private readonly onInterrupt: () => void,
  ) {}

  /** Columns and rows as they are now; a usual size before the terminal was ever shown. */
  get size(): { readonly columns: number; readonly rows: number } {
    return this.view?.size ?? { columns: 120, rows: 30 };
  }

  show(): void {
    if (this.terminal === undefined || this.terminal.exitStatus !== undefined) {
      this.view = new TerminalView({
        input: (text) => {
          this.input(text);
        },
        resized: ({ columns, rows }) => {
          this.process?.resize(columns, rows);
        },
        closed: () => {
          this.terminal = undefined;
          this.view = undefined;
        },
      });
      this.terminal = vscode.window.createTerminal({
        name: `Terratrain: ${path.basename(this.directory)}`,
        iconPath: new vscode.ThemeIcon('type-hierarchy'),
        pty: this.view,
      });
    }
    this.terminal.show(true);
  }

  /** Shows what a process writes to its terminal, and hands it what is typed, until it ends. */
  attach(process: PtyProcess): void {
    this.process = process;
    process.onData((text) => {
      this.write(text);
    });
    process.onExit(() => {
      if (this.process === process) this.process = undefined;
    });
  }

  /** Text with `\n` line ends. */
  write(text: string): void {
    this.view?.write(text);
  }

  dispose(): void {
    this.terminal?.dispose();
  }

  private input(text: string): void {
    // One interrupt stops gracefully and a second one at once: it goes through the operation, which sends only one.
    if (text === '\u0003') this.onInterrupt();
    else this.process?.write(text);
  }
}

interface ViewEvents {
  input(text: string): void;
  resized(size: vscode.TerminalDimensions): void;
  closed(): void;
}

class TerminalView implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.written.event;
  size = { columns: 120, rows: 30 };
  /** What came before VS Code opened the terminal. */
  private waiting: string | undefined = '';

  constructor(private readonly events: ViewEvents) {}

  open(size: vscode.TerminalDimensions | undefined): void {
    if (size !== undefined) this.setDimensions(size);
    const text = this.waiting ?? '';
    this.waiting = undefined;
    if (text !== '') this.written.fire(text);
  }

  setDimensions({ columns, rows }: vscode.TerminalDimensions): void {
    this.size = { columns, rows };
    this.events.resized(this.size);
  }

  handleInput(text: string): void {
    this.events.input(text);
  }

  close(): void {
    this.written.dispose();
    this.events.closed();
  }

  write(text: string): void {
    // A terminal needs the carriage to return as well.
    const lines = text.replaceAll(/\r?\n/g, '\r\n');
    if (this.waiting === undefined) this.written.fire(lines);
    else this.waiting += lines;
  }
}
