import type { Attribute } from '../hcl/syntax';
import type { Declaration, ModuleNode } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { attributeOf, literalString } from '../terraform/values';
import { findCycles } from './cycles';
import { compareText } from './model';
import type { DependencyGraph, GraphEdge, GraphNode, Via } from './model';
import { Places } from './places';
import { References } from './references';
import type { Link } from './references';

/**
 * The dependencies between the blocks of a configuration. Variables, locals, outputs and provider configurations are
 * followed through, across module borders, so that edges join resources, data sources, ephemeral resources and module
 * calls. A reference to something undeclared leads to a node of kind `missing`. Never throws: what is broken or cyclic
 * has a graph too.
 */
export function buildGraph(tree: ModuleNode): DependencyGraph {
  const places = new Places(tree.module.directory);
  const references = new References(tree, places);
  const nodes = new Map<string, GraphNode>();
  for (const scope of eachNode(tree)) {
    for (const node of nodesIn(scope, places)) nodes.set(node.id, node);
  }
  const edges = new EdgeSet();
  for (const id of [...nodes.keys()].sort(compareText)) followFrom(id, references, edges);
  references.resolveAll();
  for (const [id, node] of references.missing) nodes.set(id, node);

  const sortedNodes = [...nodes.values()].sort((a, b) => compareText(a.id, b.id));
  const sortedEdges = edges.sorted();
  return {
    directory: tree.module.directory,
    nodes: sortedNodes,
    edges: sortedEdges,
    cycles: findCycles(sortedNodes, sortedEdges),
  };
}

/** The address of a module: `module.a.module.b`, the empty string for the root. */
export function moduleAddress(path: readonly string[]): string {
  return path.map((name) => `module.${name}`).join('.');
}

function nodesIn(scope: ModuleNode, places: Places): GraphNode[] {
  const module = moduleAddress(scope.path);
  const prefix = module === '' ? '' : `${module}.`;
  return scope.module.declarations.flatMap((declaration): GraphNode[] => {
    const { kind, type, name, address } = declaration;
    if (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral' && kind !== 'module') return [];
    if (scope.module.find(address) !== declaration) return [];
    const repeated = repetition(declaration);
    const source = kind === 'module' ? literalString(argument(declaration, 'source')?.value) : undefined;
    return [
      {
        id: `${prefix}${address}`,
        kind,
        module,
        type,
        name,
        ...(source === undefined ? {} : { source }),
        place: places.of(declaration.file, declaration.range),
        ...(repeated === undefined ? {} : { repeated }),
      },
    ];
  });
}

function repetition(declaration: Declaration): 'count' | 'for_each' | undefined {
  if (argument(declaration, 'for_each') !== undefined) return 'for_each';
  return argument(declaration, 'count') === undefined ? undefined : 'count';
}

function argument(declaration: Declaration, name: string): Attribute | undefined {
  return declaration.node.kind === 'block' ? attributeOf(declaration.node.body, name) : undefined;
}

/** A point on the way from a block through locals, variables and outputs. */
interface Stage {
  readonly id: string;
  readonly explicit: boolean;
  readonly link: Link | undefined;
  readonly previous: Stage | undefined;
}

/** Breadth first, each point once, so that cyclic locals and long chains of them end. */
function followFrom(id: string, references: References, edges: EdgeSet): void {
  const stages: Stage[] = [{ id, explicit: false, link: undefined, previous: undefined }];
  const seen = new Set<string>();
  for (const stage of stages) {
    for (const link of references.linksOf(stage.id)) {
      const next: Stage = {
        id: link.to,
        explicit: stage.explicit || link.explicit,
        link,
        previous: stage,
      };
      if (!link.through) {
        edges.add(id, link.to, next.explicit ? 'explicit' : 'implicit', stops(next));
        continue;
      }
      const key = `${next.explicit ? '!' : ''}${next.id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      stages.push(next);
    }
  }
}

function stops(last: Stage): Via[] {
  const found: Via[] = [];
  for (let stage: Stage | undefined = last; stage !== undefined; stage = stage.previous) {
    if (stage.link !== undefined) found.push(stage.link.stop);
  }
  return found.reverse();
}

class EdgeSet {
  private readonly edges = new Map<string, { edge: GraphEdge; via: Map<string, Via> }>();

  add(from: string, to: string, kind: GraphEdge['kind'], via: readonly Via[]): void {
    const key = `${from} ${to} ${kind}`;
    let known = this.edges.get(key);
    if (known === undefined) {
      known = { edge: { from, to, kind, via: [] }, via: new Map() };
      this.edges.set(key, known);
    }
    for (const stop of via) {
      const { start } = stop.range;
      known.via.set(`${stop.file}:${start.line}:${start.character}:${stop.text}`, stop);
    }
  }

  sorted(): GraphEdge[] {
    return [...this.edges.values()]
      .map(({ edge, via }) => ({ ...edge, via: [...via.values()] }))
      .sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.kind, b.kind));
  }
}
