import * as vscode from 'vscode';

/** Every setting of the extension with its type. A test holds `package.json` equal to this table. */
export interface Settings {
  'terraform.path': string;
  'operations.target': 'ask' | 'sandbox' | 'real';
  'operations.parallelism': number;
  'operations.lockTimeout': string;
  'languageServer.enable': boolean;
  'languageServer.trace': 'off' | 'messages' | 'verbose';
  'diagnostics.ignore': readonly string[];
  'diagnostics.validateOnSave': boolean;
  'inlayHints.values': boolean;
  'inlayHints.forEachKeys': boolean;
  'inlayHints.parameterNames': boolean;
  'codeLens.references': boolean;
  'codeLens.run': boolean;
  'training.backend': 'auto' | 'cuda' | 'webgpu' | 'wasm' | 'cpu';
  'training.runsFolder': string;
  'inference.port': number;
  'inference.host': string;
}

/** The defaults of `package.json`, for an editor that answers `undefined`. */
export const defaultSettings: Settings = {
  'terraform.path': '',
  'operations.target': 'ask',
  'operations.parallelism': 10,
  'operations.lockTimeout': '0s',
  'languageServer.enable': true,
  'languageServer.trace': 'off',
  'diagnostics.ignore': [],
  'diagnostics.validateOnSave': true,
  'inlayHints.values': false,
  'inlayHints.forEachKeys': false,
  'inlayHints.parameterNames': false,
  'codeLens.references': false,
  'codeLens.run': true,
  'training.backend': 'auto',
  'training.runsFolder': '.terratrain/runs',
  'inference.port': 0,
  'inference.host': '127.0.0.1',
};

/** The value of a setting as it holds for a file or folder. */
export function setting<K extends keyof Settings>(key: K, scope?: vscode.Uri): Settings[K] {
  return (
    vscode.workspace.getConfiguration('terratrain', scope ?? null).get<Settings[K]>(key) ??
    defaultSettings[key]
  );
}

/** Writes a setting for the workspace. */
export async function saveSetting<K extends keyof Settings>(key: K, value: Settings[K]): Promise<void> {
  await vscode.workspace
    .getConfiguration('terratrain')
    .update(key, value, vscode.ConfigurationTarget.Workspace);
}

/** Writes a setting for the person, in all workspaces. */
export async function saveSettingForPerson<K extends keyof Settings>(
  key: K,
  value: Settings[K],
): Promise<void> {
  await vscode.workspace.getConfiguration('terratrain').update(key, value, vscode.ConfigurationTarget.Global);
}
