import type { Module } from '../../terraform/model';
import { eachNode, providerUses } from '../../terraform/moduleTree';
import type { ModuleIndex } from '../../terraform/moduleIndex';
import { isComponent } from './checkComponents';
import { neededProviders } from './neededProviders';
import type { Snapshot } from '../snapshot';

/** What a configuration wants of the providers that its lock file names. */
export interface LockedNeeds {
  /** Full source addresses. */
  readonly sources: ReadonlySet<string>;
  /** Version constraints by source. */
  readonly constraints: ReadonlyMap<string, readonly string[]>;
}

/** What the module or the stack in a directory needs; `undefined` where not all of it is known. */
export function lockedNeeds(snapshot: Snapshot, directory: string): LockedNeeds | undefined {
  const stack = snapshot.index.stack(directory);
  const needs = new Needs();
  if (stack.files.length > 0) return ofStack(snapshot, stack, needs, new Set()) ? needs : undefined;
  return ofTree(snapshot.index, directory, needs) ? needs : undefined;
}

class Needs implements LockedNeeds {
  readonly sources = new Set<string>();
  readonly constraints = new Map<string, string[]>();

  add({ requirements }: Module): void {
    for (const { source, version } of requirements) {
      this.sources.add(source);
      if (version !== undefined)
        this.constraints.set(source, [...(this.constraints.get(source) ?? []), version]);
    }
  }
}

function isKnown(module: Module): boolean {
  return module.unread.length === 0 && module.files.every(({ syntax }) => syntax.errors.length === 0);
}

function ofTree(index: ModuleIndex, directory: string, needs: Needs): boolean {
  const tree = index.tree(directory);
  const nodes = [...eachNode(tree)];
  if (tree.module.files.length === 0) return false;
  if (nodes.some(({ module, unresolved }) => unresolved.length > 0 || !isKnown(module))) return false;
  for (const { module } of nodes) needs.add(module);
  for (const { source } of providerUses(tree)) needs.sources.add(source);
  return true;
}

function ofStack(snapshot: Snapshot, stack: Module, needs: Needs, above: ReadonlySet<string>): boolean {
  if (above.has(stack.directory)) return true;
  if (!isKnown(stack)) return false;
  needs.add(stack);
  const inside = new Set([...above, stack.directory]);
  return stack.declarations.filter(isComponent).every((call) => {
    const called = snapshot.index.called(call, stack);
    if (called === undefined) return false;
    if (call.kind === 'stack') return ofStack(snapshot, called, needs, inside);
    for (const { source } of neededProviders(snapshot, called)) needs.sources.add(source);
    return ofTree(snapshot.index, called.directory, needs);
  });
}
