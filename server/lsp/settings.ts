import { DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';

/** What a person may choose about answers, under `terratrain` in the editor's configuration. Everything is off by default. */
export interface ServerSettings {
  readonly inlayHints: {
    readonly values: boolean;
    readonly forEachKeys: boolean;
    readonly parameterNames: boolean;
  };
  readonly codeLens: { readonly references: boolean };
}

const defaults: ServerSettings = {
  inlayHints: { values: false, forEachKeys: false, parameterNames: false },
  codeLens: { references: false },
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
    this.current = {
      inlayHints: {
        values: isOn(inlayHints, 'values'),
        forEachKeys: isOn(inlayHints, 'forEachKeys'),
        parameterNames: isOn(inlayHints, 'parameterNames'),
      },
      codeLens: { references: isOn(member(given, 'codeLens'), 'references') },
    };
    this.onChange();
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
