import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export interface PageOptions {
  /** Name of the bundle in `dist/webview`, also the view type. */
  readonly name: 'graph' | 'training' | 'inference';
  readonly title: string;
  /** What the page is about, kept with it through a reload of the window: a path. */
  readonly subject: string;
  readonly column: vscode.ViewColumn;
}

/**
 * A webview panel that shows one bundled page and exchanges typed messages with it. Messages posted before the page
 * said `ready` are dropped: the owner answers `ready` with the whole state.
 */
export class Page<ToPage, ToHost extends { readonly type: string }> implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly disposables: vscode.Disposable[] = [];
  private ready = false;
  private disposed = false;

  constructor(
    extensionUri: vscode.Uri,
    options: PageOptions,
    onMessage: (message: ToHost) => void,
    private readonly onDispose: () => void,
    restored?: vscode.WebviewPanel,
  ) {
    const media = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const webviewOptions = { enableScripts: true, localResourceRoots: [media] };
    this.panel =
      restored ??
      vscode.window.createWebviewPanel(
        `terratrain.${options.name}`,
        options.title,
        { viewColumn: options.column, preserveFocus: true },
        webviewOptions,
      );
    this.panel.webview.options = webviewOptions;
    this.panel.iconPath = vscode.Uri.joinPath(extensionUri, 'client', 'icons', 'icon.png');
    this.panel.onDidDispose(
      () => {
        this.dispose();
      },
      undefined,
      this.disposables,
    );
    this.panel.webview.onDidReceiveMessage(
      (message: ToHost) => {
        if (message.type === 'ready') this.ready = true;
        onMessage(message);
      },
      undefined,
      this.disposables,
    );
    this.panel.webview.html = pageHtml(this.panel.webview, media, options);
  }

  get title(): string {
    return this.panel.title;
  }

  set title(title: string) {
    this.panel.title = title;
  }

  get visible(): boolean {
    return !this.disposed && this.panel.visible;
  }

  reveal(): void {
    this.panel.reveal(undefined, false);
  }

  post(message: ToPage): void {
    if (this.ready && !this.disposed) void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.panel.dispose();
    for (const disposable of this.disposables) disposable.dispose();
    this.onDispose();
  }
}

function pageHtml(webview: vscode.Webview, media: vscode.Uri, options: PageOptions): string {
  const nonce = randomBytes(16).toString('base64');
  const source = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(media, file)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${options.name}</title>
<link rel="stylesheet" href="${source(`${options.name}.css`)}">
</head>
<body data-subject="${escapeAttribute(options.subject)}">
<main id="app"></main>
<script nonce="${nonce}" src="${source(`${options.name}.js`)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** Whether the window brings back a page of this kind from before its reload. */
export function isRestored(name: PageOptions['name']): boolean {
  return vscode.window.tabGroups.all.some((group) =>
    group.tabs.some(
      (tab) =>
        tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(`terratrain.${name}`),
    ),
  );
}

/**
 * Makes the pages of one kind anew after a reload of the window, in the place where they were.
 * @param restore takes over the panel; returns false when there is nothing to show any more
 */
export function restorePages(
  name: PageOptions['name'],
  restore: (panel: vscode.WebviewPanel, subject: string) => boolean,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(`terratrain.${name}`, {
    deserializeWebviewPanel: (panel, state: unknown) => {
      const subject =
        typeof state === 'object' && state !== null && 'subject' in state ? state.subject : undefined;
      if (typeof subject !== 'string' || !restore(panel, subject)) panel.dispose();
      return Promise.resolve();
    },
  });
}
