import path from 'node:path';
import type { Connection } from 'vscode-languageserver/node';
import { exportGraph as toText } from '../graph/exports';
import { buildGraph } from '../graph/graph';
import { layoutGraph } from '../graph/layout';
import type { Picture } from '../graph/layout';
import { planActions, withActions } from '../graph/planActions';
import { eachNode } from '../terraform/moduleTree';
import { graphChanged } from './protocol';
import type { ExportFormat, GraphParams } from './protocol';
import { toPath } from './uris';
import type { Workspace } from './workspace';

/** An edit is drawn this long after the last key, so that typing does not make the picture jump. */
const pause = 150;

/** What the server knows about dependency graphs that are shown. */
export class Graphs {
  /** Roots as the client wrote them, each with the folders its graph was made from. */
  private readonly shown = new Map<string, ReadonlySet<string>>();
  private readonly touched = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
  ) {}

  picture({ root, changes }: GraphParams): { picture: Picture } {
    const tree = this.workspace.snapshot().index.tree(toPath(root));
    this.shown.set(root, new Set([...eachNode(tree)].map(({ module }) => module.directory)));
    const graph = buildGraph(tree);
    return {
      picture: layoutGraph(changes === undefined ? graph : withActions(graph, planActions({ changes }))),
    };
  }

  text(root: string, format: ExportFormat): { text: string } {
    return { text: toText(buildGraph(this.workspace.snapshot().index.tree(toPath(root))), format) };
  }

  location(root: string, id: string) {
    const directory = toPath(root);
    const node = buildGraph(this.workspace.snapshot().index.tree(directory)).nodes.find(
      (each) => each.id === id,
    );
    if (node?.place === undefined) return null;
    const file = path.resolve(directory, node.place.file);
    return { uri: this.workspace.documents.uriOf(file), range: node.place.range };
  }

  /** A file changed: every shown graph that was made from its folder is told of, after a pause. */
  fileChanged(file: string): void {
    const directory = path.dirname(file);
    // What `terraform init` writes says where modules are.
    const base = directory.includes(`${path.sep}.terraform`)
      ? directory.split(`${path.sep}.terraform`)[0]
      : directory;
    for (const [root, folders] of this.shown) {
      if (base !== undefined && (folders.has(base) || toPath(root) === base)) this.touched.add(root);
    }
    if (this.touched.size === 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.tell();
    }, pause);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private tell(): void {
    for (const root of this.touched) void this.connection.sendNotification(graphChanged, { root });
    this.touched.clear();
  }
}
