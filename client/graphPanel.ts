import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { exportGraph, graph, nodeLocation } from '../server/lsp/protocol';
import type { PlanModel } from '../server/operations/operations';
import type { GraphToHost, GraphToPage } from '../webview/protocol';
import { report } from './log';
import { Page } from './page';

/** The dependency graphs that are open, one panel for each root module. */
export class GraphPanels implements vscode.Disposable {
  private readonly panels = new Map<string, GraphPanel>();
  private readonly plans = new Map<string, PlanModel>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly client: LanguageClient,
  ) {}

  /** Draws a graph again, where it is open. */
  refresh(directory: string): void {
    this.panels.get(directory)?.refresh();
  }

  refreshAll(): void {
    for (const panel of this.panels.values()) panel.refresh();
  }

  show(directory: string): void {
    const open = this.panels.get(directory);
    if (open === undefined) this.open(directory);
    else open.reveal();
  }

  /** Takes over a panel of the window before its reload. */
  restore(panel: vscode.WebviewPanel, directory: string): boolean {
    if (this.panels.has(directory)) return false;
    this.open(directory, panel);
    return true;
  }

  private open(directory: string, restored?: vscode.WebviewPanel): void {
    const panel = new GraphPanel(
      this.extensionUri,
      this.client,
      directory,
      () => this.plans.get(directory),
      () => {
        this.panels.delete(directory);
      },
      restored,
    );
    this.panels.set(directory, panel);
  }

  /** Writes the drawing of the graph that was asked for, as the page would show it, to a file the person chooses. */
  async export(directory: string): Promise<void> {
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(path.join(directory, `${path.basename(directory)}.svg`)),
      filters: {
        'Scalable picture': ['svg'],
        'Page with zoom and search': ['html'],
        Graphviz: ['dot'],
        Mermaid: ['mmd'],
        Data: ['json'],
      },
    });
    if (target === undefined) return;
    const formats: Readonly<Record<string, 'svg' | 'html' | 'dot' | 'mermaid' | 'json'>> = {
      '.svg': 'svg',
      '.html': 'html',
      '.dot': 'dot',
      '.mmd': 'mermaid',
      '.json': 'json',
    };
    const format = formats[path.extname(target.fsPath)] ?? 'svg';
    const { text } = await this.client.sendRequest(exportGraph, {
      root: vscode.Uri.file(directory).toString(),
      format,
    });
    await vscode.workspace.fs.writeFile(target, Buffer.from(text));
  }

  /** Paints a plan onto the graph of its root module; without one the paint goes. */
  paint(directory: string, model: PlanModel | undefined): void {
    if (model === undefined) this.plans.delete(directory);
    else this.plans.set(directory, model);
    this.panels.get(directory)?.refresh();
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }
}

class GraphPanel implements vscode.Disposable {
  private readonly page: Page<GraphToPage, GraphToHost>;
  private readonly root: string;

  constructor(
    extensionUri: vscode.Uri,
    private readonly client: LanguageClient,
    directory: string,
    private readonly plan: () => PlanModel | undefined,
    onDispose: () => void,
    restored?: vscode.WebviewPanel,
  ) {
    this.root = vscode.Uri.file(directory).toString();
    this.page = new Page<GraphToPage, GraphToHost>(
      extensionUri,
      {
        name: 'graph',
        title: `Graph: ${path.basename(directory)}`,
        subject: directory,
        column: vscode.ViewColumn.Beside,
      },
      (message) => {
        this.receive(message);
      },
      onDispose,
      restored,
    );
  }

  reveal(): void {
    this.page.reveal();
  }

  /** Asks for the graph again and shows it. */
  refresh(): void {
    const changes = this.plan()?.changes.map(({ address, action }) => ({ address, action }));
    const asked = this.client.sendRequest(graph, {
      root: this.root,
      ...(changes === undefined ? {} : { changes }),
    });
    asked.then(
      ({ picture }) => {
        this.page.post({ type: 'graph', picture });
      },
      (error: unknown) => {
        report('The graph could not be drawn', error);
      },
    );
  }

  dispose(): void {
    this.page.dispose();
  }

  private receive(message: GraphToHost): void {
    switch (message.type) {
      case 'ready':
        this.refresh();
        break;
      case 'open':
        void this.open(message.id);
        break;
      case 'export':
        void vscode.commands.executeCommand('terratrain.exportGraph', vscode.Uri.parse(this.root));
        break;
    }
  }

  private async open(id: string): Promise<void> {
    const location = await this.client.sendRequest(nodeLocation, { root: this.root, id });
    if (location === null) return;
    const { start, end } = location.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    const shown = vscode.window.visibleTextEditors.find(
      (editor) => editor.document.uri.toString() === location.uri,
    );
    await vscode.window.showTextDocument(vscode.Uri.parse(location.uri), {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      selection: new vscode.Range(selection.start, selection.start),
    });
  }
}
