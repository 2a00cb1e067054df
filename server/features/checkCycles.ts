import type { ConfigFile, Module } from '../terraform/model';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import { coarseEdges, shapeOfEdges, stepsFrom } from './referenceGraph';
import type { Edge, Edges } from './referenceGraph';
import type { Snapshot } from './snapshot';

/** Names the circles that references make, at each reference of the file that is a step of one. */
export function checkCycles(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  // A key that changes no step makes no circle.
  const shape = module.dialect === 'configuration' ? shapeOfEdges(module) : undefined;
  if (shape !== undefined && withoutCircles.get(module.directory) === shape) return [];
  const edges = coarseEdges(module);
  const inCircles = nodesInCircles(module, edges);
  if (inCircles.size === 0) {
    if (withoutCircles.size >= mostRemembered) withoutCircles.clear();
    if (shape !== undefined) withoutCircles.set(module.directory, shape);
    return [];
  }
  const found: Diagnostic[] = [];
  for (const node of inCircles) {
    for (const edge of edges.get(node) ?? []) {
      if (found.length >= mostFound) return found;
      if (edge.place?.file !== config || !inCircles.has(edge.to)) continue;
      const circle = circleThrough(snapshot, module, edge, edges, inCircles);
      if (circle !== undefined) found.push(report(edge, circle));
    }
  }
  return found;
}

/** By directory: the steps that were found to make no circle. */
const withoutCircles = new Map<string, string>();
const mostRemembered = 100;

/** Each asks for a search of its own; who made more circles than this sees the rest when these are gone. */
const mostFound = 20;

function report(edge: Edge, circle: readonly string[]): Diagnostic {
  const isLong = circle.length > mostShown;
  const names = (isLong ? circle.slice(0, mostShown) : circle).map(shownNode);
  const cycle = (isLong ? [...names.slice(0, mostShown - 2), '…', names[0]] : names).join(' → ');
  const range = edge.place?.range ?? { start: 0, end: 0 };
  const message =
    circle.length === 2
      ? `${shownNode(edge.from)} cannot be made from itself: ${cycle}. Take this reference out.`
      : `These wait for each other in a circle: ${cycle}. Take one of the references out, so that one of them comes first.`;
  return diagnosticOf('dependency-cycle', range, message, { facts: { cycle } });
}

/** Nobody follows more steps in one message. */
const mostShown = 20;

function shownNode(node: string): string {
  const [call = '', argument] = node.split('#');
  if (argument !== undefined) return `${call} (${argument})`;
  return node.endsWith('*') ? node.slice(0, -1) : node;
}

/** The shortest way from the end of a step back to its start, with the step before it. */
function circleThrough(
  snapshot: Snapshot,
  module: Module,
  { from, to }: Edge,
  edges: Edges,
  within: ReadonlySet<string>,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>([[to, from]]);
  const pending = [to];
  // The list grows while it is gone through.
  for (const node of pending) {
    if (node === from) {
      const way: string[] = [from];
      for (let at = cameFrom.get(from); at !== undefined && at !== from; at = cameFrom.get(at)) way.push(at);
      return [from, ...way.reverse()];
    }
    for (const next of stepsFrom(snapshot.index, module, node, edges)) {
      if (!within.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      pending.push(next);
    }
  }
  return undefined;
}

const known = new WeakMap<Module, ReadonlySet<string>>();

/** The nodes that can reach themselves, by Tarjan's algorithm without recursion. */
function nodesInCircles(module: Module, edges: Edges): ReadonlySet<string> {
  const kept = known.get(module);
  if (kept !== undefined) return kept;
  const found = new Set<string>();
  const search = new CircleSearch(edges, found);
  for (const node of edges.keys()) search.from(node);
  known.set(module, found);
  return found;
}

interface Visit {
  readonly node: string;
  readonly order: number;
  lowest: number;
  next: number;
}

class CircleSearch {
  private readonly visits = new Map<string, Visit>();
  /** Nodes whose circle is not known yet, in the order of their visits. */
  private readonly open: Visit[] = [];
  private readonly isOpen = new Set<string>();

  constructor(
    private readonly edges: Edges,
    private readonly found: Set<string>,
  ) {}

  from(start: string): void {
    if (this.visits.has(start)) return;
    const path = [this.enter(start)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const edge = this.edges.get(visit.node)?.[visit.next];
      visit.next += 1;
      if (edge === undefined) {
        path.pop();
        this.leave(visit);
        const parent = path.at(-1);
        if (parent !== undefined) parent.lowest = Math.min(parent.lowest, visit.lowest);
        continue;
      }
      if (edge.to === visit.node) this.found.add(visit.node);
      const other = this.visits.get(edge.to);
      if (other === undefined) path.push(this.enter(edge.to));
      else if (this.isOpen.has(edge.to)) visit.lowest = Math.min(visit.lowest, other.order);
    }
  }

  private enter(node: string): Visit {
    const visit = { node, order: this.visits.size, lowest: this.visits.size, next: 0 };
    this.visits.set(node, visit);
    this.open.push(visit);
    this.isOpen.add(node);
    return visit;
  }

  /** Once nothing earlier can be reached from a node, all opened since are in circles with it. */
  private leave(visit: Visit): void {
    if (visit.lowest !== visit.order) return;
    const members: string[] = [];
    for (let last = this.open.pop(); last !== undefined; last = this.open.pop()) {
      this.isOpen.delete(last.node);
      members.push(last.node);
      if (last === visit) break;
    }
    if (members.length > 1) for (const member of members) this.found.add(member);
  }
}
