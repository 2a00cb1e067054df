import { DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';

/** What a person may choose about answers, under `terratrain` in the editor's configuration. Off where nothing is said. */
export interface ServerSettings {
  readonly diagnostics: {
    /** Codes that nobody wants to hear of. */
    readonly ignore: readonly string[];
    /** Whether terraform validates initialised folders when a file is saved. On by default. */
    readonly validateOnSave: boolean;
  };
  readonly inlayHints: {
    readonly values: boolean;
    readonly forEachKeys: boolean;
    readonly parameterNames: boolean;
  };
  /** `run`: what can be run from a file; on by default. */
  readonly codeLens: { readonly references: boolean; readonly run: boolean };
}

const defaults: ServerSettings = {
  diagnostics: { ignore: [], validateOnSave: true },
  inlayHints: { values: false, forEachKeys: false, parameterNames: false },
  codeLens: { references: false, run: true },
};

/** The settings as the editor last told them: asked for where it can be asked, else taken from what it sends. */
export class SettingsFollower {
  current: ServerSettings = defaults;

  constructor(
    private readonly connection: Connection,
    private readonly onChange: () => void,
    private readonly onError: (error: unknown) => void,
  ) {
    connection.onDidChangeConfiguration(({ settings }) => {
      if (this.canAsk) this.ask();
      else this.take((settings as { readonly terratrain?: unknown } | null | undefined)?.terratrain);
    });
  }

  private canAsk = false;

  /** @param canAsk whether the editor answers `workspace/configuration` */
  start({ canAsk, canRegister }: { readonly canAsk: boolean; readonly canRegister: boolean }): void {
    this.canAsk = canAsk;
    if (!canAsk) return;
    if (canRegister) {
      this.connection.client
        .register(DidChangeConfigurationNotification.type, { section: 'terratrain' })
        .catch(this.onError);
    }
    this.ask();
  }

  private ask(): void {
    this.connection.workspace.getConfiguration('terratrain').then((given: unknown) => {
      this.take(given);
    }, this.onError);
  }

  private take(given: unknown): void {
    const inlayHints = member(given, 'inlayHints');
    const isOn = (group: unknown, name: string) => member(group, name) === true;
    const diagnostics = member(given, 'diagnostics');
    const ignore = member(diagnostics, 'ignore');
    this.current = {
      diagnostics: {
        ignore: Array.isArray(ignore) ? ignore.filter((code) => typeof code === 'string') : [],
        validateOnSave: member(diagnostics, 'validateOnSave') !== false,
      },
      inlayHints: {
        values: isOn(inlayHints, 'values'),
        forEachKeys: isOn(inlayHints, 'forEachKeys'),
        parameterNames: isOn(inlayHints, 'parameterNames'),
      },
      codeLens: {
        references: isOn(member(given, 'codeLens'), 'references'),
        run: member(member(given, 'codeLens'), 'run') !== false,
      },
    };
    this.onChange();
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
