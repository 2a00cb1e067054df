import { EventEmitter as NodeEvents } from 'node:events';
import Module, { createRequire } from 'node:module';
import path from 'node:path';

/** A question the editor asked: its text, what stood below it, and the buttons. */
export interface Question {
  readonly text: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

type Command = (...args: readonly unknown[]) => Promise<unknown>;

interface Terminal {
  readonly onDidWrite: (listener: (text: string) => void) => void;
  open(size: undefined): void;
}

/**
 * As much of VS Code as the operations need, outside VS Code. Each question is answered by the first rule whose text it
 * contains; without one it is closed unanswered, as with Escape.
 */
export class FakeEditor {
  trusted = true;
  readonly questions: Question[] = [];
  readonly answers: (readonly [text: string, button: string])[] = [];
  readonly commands = new Map<string, Command>();
  /** By full name: `terratrain.operations.target`. */
  readonly settings: Record<string, unknown> = {};
  /** Other extensions that are installed. */
  readonly extensions = new Set<string>();
  readonly status: string[] = [];
  readonly logged: string[] = [];
  /** What the terminals show. */
  screen = '';
  logShown = 0;

  /** Loads a module of the client afresh, with this editor as its `vscode`. */
  load(file: string): unknown {
    const resolver = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
    const original = resolver._load;
    const vscode = this.#api();
    const client = path.resolve(__dirname, '../../client');
    const require = createRequire(__filename);
    for (const loaded of Object.keys(require.cache)) {
      if (loaded.startsWith(client + path.sep)) Reflect.deleteProperty(require.cache, loaded);
    }
    resolver._load = (request, ...rest) =>
      request === 'vscode' ? vscode : original.call(resolver, request, ...rest);
    try {
      return require(path.join(client, file));
    } finally {
      resolver._load = original;
    }
  }

  async #ask(text: string, rest: readonly unknown[]): Promise<string | undefined> {
    const detail = rest
      .map((one) => (typeof one === 'object' && one !== null && 'detail' in one ? String(one.detail) : ''))
      .join('');
    const buttons = rest.filter((one) => typeof one === 'string');
    this.questions.push({ text, detail, buttons });
    const rule = this.answers.findIndex(([part, button]) => text.includes(part) && buttons.includes(button));
    return Promise.resolve(rule < 0 ? undefined : this.answers.splice(rule, 1)[0]?.[1]);
  }

  #api(): unknown {
    const ask = (text: string, ...rest: readonly unknown[]): Promise<string | undefined> =>
      this.#ask(text, rest);
    const log = (...words: readonly unknown[]): void => {
      this.logged.push(words.map(String).join(' '));
    };
    return {
      EventEmitter: FakeEmitter,
      ThemeIcon: FakeEmitter,
      Uri: {
        file: (fsPath: string) => ({ fsPath }),
        joinPath: (base: { fsPath: string }, ...parts: readonly string[]) => ({
          fsPath: path.join(base.fsPath, ...parts),
        }),
      },
      StatusBarAlignment: { Left: 1 },
      ConfigurationTarget: { Global: 1, Workspace: 2 },
      extensions: { getExtension: (id: string) => (this.extensions.has(id) ? { id } : undefined) },
      window: {
        showErrorMessage: ask,
        showWarningMessage: ask,
        showInformationMessage: ask,
        showQuickPick: () => Promise.resolve(undefined),
        createStatusBarItem: () => this.#statusBarItem(),
        createOutputChannel: () => ({
          info: log,
          warn: log,
          error: log,
          show: () => {
            this.logShown += 1;
          },
        }),
        createTerminal: ({ pty }: { readonly pty: Terminal }) => {
          pty.onDidWrite((text) => (this.screen += text));
          pty.open(undefined);
          return { show: () => undefined, dispose: () => undefined, exitStatus: undefined };
        },
      },
      workspace: {
        isTrusted: this.trusted,
        workspaceFolders: undefined,
        getConfiguration: (section: string) => ({
          get: (key: string) => this.settings[`${section}.${key}`],
          update: (key: string, value: unknown) => {
            this.settings[`${section}.${key}`] = value;
            return Promise.resolve();
          },
        }),
      },
      commands: {
        executeCommand: () => Promise.resolve(undefined),
        registerCommand: (name: string, run: Command) => {
          this.commands.set(name, run);
          return { dispose: () => undefined };
        },
      },
    };
  }

  #statusBarItem(): object {
    const said = this.status;
    return {
      set text(text: string) {
        said.push(text);
      },
      show: () => undefined,
      hide: () => undefined,
      dispose: () => undefined,
    };
  }
}

class FakeEmitter {
  readonly #events = new NodeEvents();
  readonly event = (listener: (value: unknown) => void): void => {
    this.#events.on('fire', listener);
  };
  fire(value: unknown): void {
    this.#events.emit('fire', value);
  }
  dispose(): void {
    this.#events.removeAllListeners();
  }
}
