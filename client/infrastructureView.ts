import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { graph, nodeLocation, rootModules } from '../server/lsp/protocol';
import type { GraphBox } from '../webview/protocol';

/** A root module, or a box of its graph. */
interface Item {
  readonly directory: string;
  readonly box?: GraphBox;
}

/** Root modules, the modules they call, and their resources. */
export class InfrastructureView implements vscode.TreeDataProvider<Item> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly boxes = new Map<string, readonly GraphBox[]>();
  private started = false;

  constructor(private readonly client: LanguageClient) {}

  refresh(): void {
    this.started = true;
    this.boxes.clear();
    this.changed.fire(undefined);
  }

  getTreeItem({ directory, box }: Item): vscode.TreeItem {
    if (box === undefined) {
      const item = new vscode.TreeItem(path.basename(directory), vscode.TreeItemCollapsibleState.Expanded);
      const relative = vscode.workspace.asRelativePath(directory);
      // The folder that is open needs no path beside its name.
      if (relative !== directory) item.description = relative;
      item.iconPath = new vscode.ThemeIcon('root-folder');
      item.contextValue = 'root';
      return item;
    }
    const inside = box.kind === 'module';
    const item = new vscode.TreeItem(
      box.title,
      inside ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    item.id = `${directory}#${box.id}`;
    item.description = box.repeated === undefined ? box.subtitle : `${box.subtitle} · ${box.repeated}`;
    item.tooltip = box.id;
    item.iconPath = new vscode.ThemeIcon(icons[box.kind]);
    item.command = { command: 'terratrain.openNode', title: 'Open', arguments: [directory, box.id] };
    return item;
  }

  async getChildren(item?: Item): Promise<Item[]> {
    // Before the server answers the view stays as it is; asking would only wait.
    if (!this.started) return [];
    if (item === undefined) {
      const { roots } = await this.client.sendRequest(rootModules, null);
      return roots.map((uri) => ({ directory: vscode.Uri.parse(uri).fsPath }));
    }
    const boxes = await this.boxesOf(item.directory);
    return boxes
      .filter((box) => box.parent === item.box?.id && box.kind !== 'missing')
      .map((box) => ({ directory: item.directory, box }));
  }

  /** Opens the block behind an item. */
  async open(directory: string, id: string): Promise<void> {
    const location = await this.client.sendRequest(nodeLocation, {
      root: vscode.Uri.file(directory).toString(),
      id,
    });
    if (location === null) return;
    const { line, character } = location.range.start;
    const start = new vscode.Position(line, character);
    await vscode.window.showTextDocument(vscode.Uri.parse(location.uri), {
      selection: new vscode.Range(start, start),
    });
  }

  private async boxesOf(directory: string): Promise<readonly GraphBox[]> {
    const known = this.boxes.get(directory);
    if (known !== undefined) return known;
    const { picture } = await this.client.sendRequest(graph, { root: vscode.Uri.file(directory).toString() });
    this.boxes.set(directory, picture.boxes);
    return picture.boxes;
  }
}

const icons: Readonly<Record<GraphBox['kind'], string>> = {
  resource: 'symbol-class',
  data: 'database',
  ephemeral: 'clock',
  module: 'symbol-module',
  variable: 'symbol-variable',
  local: 'symbol-variable',
  output: 'export',
  missing: 'question',
};
