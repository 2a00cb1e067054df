import type { Declaration, Module } from '../../terraform/model';
import { targetOf } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import type { Snapshot } from '../snapshot';

/** What the address in a test means. */
export type FoundTarget =
  | { readonly kind: 'found'; readonly declaration: Declaration; readonly module: Module }
  /** Nothing of that address is declared. */
  | { readonly kind: 'missing' }
  /** Inside a module that is not on disk, or not written to its end. */
  | { readonly kind: 'unknown' };

const unknown: FoundTarget = { kind: 'unknown' };

/** Follows an address such as `module.network.aws_vpc.main[0]` from a module on, through the calls of other modules. */
export function findTarget(snapshot: Snapshot, module: Module, traversal: Traversal): FoundTarget {
  let around = module;
  let rest = traversal;
  for (;;) {
    const target = targetOf(rest);
    if (target === undefined) return unknown;
    const declaration = around.find(target.address);
    if (declaration === undefined) return around.unread.length > 0 ? unknown : { kind: 'missing' };
    const found: FoundTarget = { kind: 'found', declaration, module: around };
    if (declaration.kind !== 'module') return found;
    const inner = afterCall(rest, target.length);
    if (inner === undefined) return found;
    const called = snapshot.index.called(declaration, around);
    if (called === undefined) return unknown;
    around = called;
    rest = inner;
  }
}

/** What is addressed inside a called module, its instance key left out. */
function afterCall(traversal: Traversal, length: number): Traversal | undefined {
  const steps = traversal.steps.slice(length);
  if (steps[0] !== undefined && steps[0].kind !== 'name') steps.shift();
  const [first, ...rest] = steps;
  if (first?.kind !== 'name') return undefined;
  const root = { kind: 'variable', name: first.name, range: first.range } as const;
  return { root, steps: rest, range: { start: first.range.start, end: traversal.range.end } };
}
