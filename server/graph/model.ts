import type { Position } from '../text/lineIndex';

export type NodeKind = 'resource' | 'data' | 'ephemeral' | 'module' | 'missing';

/** What a plan does to a block: the words of the plan review. */
export type PlanAction = 'create' | 'update' | 'replace' | 'delete' | 'read' | 'forget' | 'none';

/** A place in a file as LSP counts: lines and UTF-16 characters from 0. */
export interface PlaceRange {
  readonly start: Position;
  readonly end: Position;
}

/** A place in the configuration; `file` is relative to the root module, with forward slashes. */
export interface Place {
  readonly file: string;
  readonly range: PlaceRange;
}

export interface GraphNode {
  /** Terraform's address without instance keys: `module.storage.aws_s3_bucket.data`, `module.storage`. */
  readonly id: string;
  /** `missing`: referred to, but declared nowhere; or planned, but no longer in the files. */
  readonly kind: NodeKind;
  /** Address of the module it is declared in; the empty string for the root module. */
  readonly module: string;
  /** `aws_s3_bucket` for blocks with a type, else the empty string. */
  readonly type: string;
  readonly name: string;
  /** For a module call: its `source`, where it is written plainly. */
  readonly source?: string;
  /** Where it is declared, or first referred to. Absent only for what is known from a plan alone. */
  readonly place?: Place;
  readonly repeated?: 'count' | 'for_each';
  /** The distinct actions of a plan on its instances, the gravest first. For a module: on everything inside. */
  readonly actions?: readonly PlanAction[];
}

/** One expression an edge comes from. */
export interface Via extends Place {
  /** The reference as written: `aws_ecs_cluster.main.id`. */
  readonly text: string;
}

/** From a dependent to what it depends on. There is at most one edge of each kind between two nodes. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `explicit` comes from `depends_on`, `implicit` from any other expression. */
  readonly kind: 'explicit' | 'implicit';
  /**
   * Every expression on the way, dependents first: an edge through a local has the use of the local and the use inside
   * the local.
   */
  readonly via: readonly Via[];
}

/** What depends on what in one configuration. Nodes are sorted by id, edges by their ends. */
export interface DependencyGraph {
  /** The root module's directory, absolute. */
  readonly directory: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Each set of nodes that depend on themselves through each other, sorted. */
  readonly cycles: readonly (readonly string[])[];
}

/** Order of code units: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
