import path from 'node:path';
import { evaluate } from '../../cty/evaluate';
import { findFunctionDefinition } from '../../cty/functions/table';
import { factsOf } from '../../terraform/facts';
import type { Module } from '../../terraform/model';
import { isStackDialect } from '../../terraform/stacks/stackModule';
import { SideView } from '../../terraform/tests/sideView';
import type { Snapshot } from '../snapshot';
import { emptyWorld } from '../../cty/emptyWorld';
import { ModuleValues } from './moduleValues';
import type { Inputs, Sourced } from './moduleValues';

const kept = new WeakMap<Snapshot, Map<string, ModuleValues>>();

/**
 * The values of a module: as the one call of it gives them where the workspace holds exactly one, else with what
 * variables files beside it say, else with the defaults of its variables. The same object for the same snapshot.
 */
export function valuesOf(snapshot: Snapshot, module: Module): ModuleValues {
  if (module.dialect === 'test') return testValuesOf(snapshot, module);
  const known = kept.get(snapshot) ?? new Map<string, ModuleValues>();
  kept.set(snapshot, known);
  const before = known.get(keyOf(module));
  if (before !== undefined) return before;
  // Put first, so that modules that call each other in a circle end.
  const own = new ModuleValues(snapshot, module, variablesFiles(snapshot, module));
  known.set(keyOf(module), own);
  const called = asCalled(snapshot, module) ?? own;
  known.set(keyOf(module), called);
  return called;
}

const keptTests = new WeakMap<Snapshot, WeakMap<Module, ModuleValues>>();

/** The module that a test runs, with what its run sets, then the file, then variables files, then defaults. */
function testValuesOf(snapshot: Snapshot, module: Module): ModuleValues {
  const known = keptTests.get(snapshot) ?? new WeakMap<Module, ModuleValues>();
  keptTests.set(snapshot, known);
  const before = known.get(module);
  if (before !== undefined) return before;
  const files = variablesFiles(snapshot, module);
  const given = module instanceof SideView ? module.given : [];
  const value = (name: string): Sourced | undefined => {
    const set = given.find((each) => each.name === name);
    if (set?.node.kind !== 'attribute') return files.value(name);
    // What a run sets is read by the file, and sees the file's variables.
    const file = snapshot.index.view(set.file.path);
    const evaluation =
      file === module ? own.evaluate(set.node.value) : valuesOf(snapshot, file).evaluate(set.node.value);
    return { value: evaluation.value, origin: path.basename(set.file.path) };
  };
  const own = new ModuleValues(snapshot, withoutOverridden(module), { value });
  known.set(module, own);
  return own;
}

/** The module without the calls that a test overrides: what they give is not what their modules would. */
function withoutOverridden(module: Module): Module {
  const overridden = new Set(
    module.files.flatMap((file) =>
      [...factsOf(file).uses.values()].flatMap((uses) =>
        uses
          .filter(({ kind, target }) => kind === 'address' && target.startsWith('module.'))
          .map(({ target }) => target),
      ),
    ),
  );
  if (overridden.size === 0) return module;
  return {
    directory: module.directory,
    dialect: module.dialect,
    files: module.files,
    declarations: module.declarations,
    requirements: module.requirements,
    unread: module.unread,
    references: (declaration) => module.references(declaration),
    find: (address) => (overridden.has(address) ? undefined : module.find(address)),
  };
}

function asCalled(snapshot: Snapshot, module: Module): ModuleValues | undefined {
  const calls = snapshot.index.callsOf(module);
  const [only, ...more] = calls;
  if (only === undefined || more.length > 0) return undefined;
  return valuesOf(snapshot, only.caller).calledValues(only.call);
}

/** Terraform reads these by itself; a later file wins over an earlier one. */
function variablesFiles(snapshot: Snapshot, module: Module): Inputs {
  // Stacks get their values from deployments.
  if (isStackDialect(module.dialect)) return { value: () => undefined };
  const names = snapshot.index.files.list(module.directory);
  const automatic = names.filter((name) => name.endsWith('.auto.tfvars')).sort();
  const order = [...names.filter((name) => name === 'terraform.tfvars'), ...automatic].reverse();
  const value = (name: string): Sourced | undefined => {
    for (const file of order) {
      const items = snapshot.index.file(path.join(module.directory, file))?.syntax.body.items ?? [];
      const set = items.find((item) => item.kind === 'attribute' && item.name === name);
      if (set?.kind !== 'attribute') continue;
      const scope = { variable: () => undefined, functions: findFunctionDefinition, world: emptyWorld };
      return { value: evaluate(set.value, scope).value, origin: file };
    }
    return undefined;
  };
  return { value };
}

const keptTypes = new WeakMap<Snapshot, Map<string, ModuleValues>>();

/** The same module as `terraform validate` sees it: with nothing known of its variables but their types. */
export function typesOf(snapshot: Snapshot, module: Module): ModuleValues {
  const known = keptTypes.get(snapshot) ?? new Map<string, ModuleValues>();
  keptTypes.set(snapshot, known);
  const before = known.get(keyOf(module));
  if (before !== undefined) return before;
  const types = new ModuleValues(snapshot, module, { value: () => undefined }, module.directory, 'types');
  known.set(keyOf(module), types);
  return types;
}

/** A stack and a module can share a directory. */
function keyOf({ dialect, directory }: Module): string {
  return `${dialect} ${directory}`;
}
