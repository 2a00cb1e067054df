import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient, RequestType } from 'vscode-languageclient/node';
import { graph, nodeLocation, providers, rootModules } from '../server/lsp/protocol';
import type { GraphBox } from '../webview/protocol';

type UsedProvider = ResponseOf<typeof providers>['providers'][number];
type ResponseOf<T> = T extends RequestType<unknown, infer Response, unknown> ? Response : never;

/** A root module, a box of its graph, its providers together, or one of them. */
interface Item {
  readonly directory: string;
  readonly box?: GraphBox;
  readonly providers?: readonly UsedProvider[];
  readonly provider?: UsedProvider;
}

/** Root modules, the modules they call, their resources, and the providers they need. */
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

  getTreeItem({ directory, box, providers: used, provider }: Item): vscode.TreeItem {
    if (used !== undefined) return providersItem(directory, used);
    if (provider !== undefined) return providerItem(provider);
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
    const { directory } = item;
    if (item.providers !== undefined) return item.providers.map((provider) => ({ directory, provider }));
    const boxes = await this.boxesOf(directory);
    const inside: Item[] = boxes
      .filter((box) => box.parent === item.box?.id && box.kind !== 'missing')
      .map((box) => ({ directory, box }));
    if (item.box !== undefined) return inside;
    const root = vscode.Uri.file(directory).toString();
    const { providers: used } = await this.client.sendRequest(providers, { root });
    return used.length === 0 ? inside : [{ directory, providers: used }, ...inside];
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

function providersItem(directory: string, used: readonly UsedProvider[]): vscode.TreeItem {
  const item = new vscode.TreeItem('Providers', vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${directory}#providers`;
  item.description = String(used.length);
  item.iconPath = new vscode.ThemeIcon('plug');
  return item;
}

/** A click leads to the documentation of the version that is meant. */
function providerItem({ source, constraint, locked, schema, page }: UsedProvider): vscode.TreeItem {
  const item = new vscode.TreeItem(source);
  item.description = [locked, constraint].filter((part) => part !== undefined).join(' · ');
  item.tooltip = [
    source,
    `Asked for: ${constraint ?? 'any version'}`,
    `Locked: ${locked ?? 'not yet; terraform init will'}`,
    `Completion and problems use: ${schema ?? 'what this workspace itself writes'}`,
  ].join('\n');
  item.iconPath = new vscode.ThemeIcon('package');
  if (page !== undefined)
    item.command = {
      command: 'vscode.open',
      title: 'Open Documentation',
      arguments: [vscode.Uri.parse(page)],
    };
  return item;
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
