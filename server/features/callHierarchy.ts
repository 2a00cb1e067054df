import path from 'node:path';
import { dialectOf } from '../terraform/dialect';
import type { Declaration, Module } from '../terraform/model';
import { isStackCall } from '../terraform/stacks/stackCalls';
import { isStackDialect } from '../terraform/stacks/stackModule';
import type { Range } from '../text/range';
import { touches } from '../text/range';
import { runsOf } from './names/sideFiles';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';

/** A module as a part of who calls whom. Any file of it stands for it. */
export interface HierarchyItem {
  readonly name: string;
  /** By which names it is called, or the folder. */
  readonly detail: string;
  readonly path: string;
  readonly range: Range;
  /** Inside `range`. */
  readonly selection: Range;
}

/** A module at the other end of calls. */
export interface HierarchyCall {
  readonly item: HierarchyItem;
  /** Where the calls are named: in the file of the caller's item. */
  readonly ranges: readonly Range[];
}

/** The module that the call at `offset` is of; elsewhere the one that the file is a part of. */
export function prepareCallHierarchy(
  snapshot: Snapshot,
  file: string,
  offset: number,
): readonly HierarchyItem[] {
  const config = snapshot.index.file(file);
  if (config === undefined) return [];
  const module = moduleOf(snapshot, file, offset);
  const call = module.declarations.find(
    (each) => isModuleCall(each) && each.file.path === file && touches(each.range, offset),
  );
  if (call === undefined) {
    if (!module.files.includes(config)) return [];
    const start = { start: 0, end: 0 };
    return [itemOf(module, file, { start: 0, end: config.syntax.text.length }, start)];
  }
  const called = snapshot.index.called(call, module);
  const item = called === undefined ? undefined : calledItem(called, [call]);
  return item === undefined ? [] : [item];
}

/** The modules and tests that call the module of a file, one entry for each of their files. */
export function incomingCalls(snapshot: Snapshot, file: string): readonly HierarchyCall[] {
  const module = ownModule(snapshot, file);
  const byFile = new Map<string, { readonly caller: Module; readonly calls: Declaration[] }>();
  const { index } = snapshot;
  for (const { caller, call } of [...index.callsOf(module), ...index.stackCallsOf(module)]) {
    const known = byFile.get(call.file.path);
    if (known === undefined) byFile.set(call.file.path, { caller, calls: [call] });
    else if (!known.calls.includes(call)) known.calls.push(call);
  }
  const callers = [...byFile].map(([place, { caller, calls }]) => callerItem(caller.directory, place, calls));
  return [...callers, ...testCalls(snapshot, module)];
}

/** The modules that the module of a file calls; what is not on disk is left out. */
export function outgoingCalls(snapshot: Snapshot, file: string): readonly HierarchyCall[] {
  const module = ownModule(snapshot, file);
  const byDirectory = new Map<string, { readonly called: Module; readonly calls: Declaration[] }>();
  for (const call of module.declarations) {
    const called = isModuleCall(call) ? snapshot.index.called(call, module) : undefined;
    if (called === undefined) continue;
    const known = byDirectory.get(called.directory);
    if (known === undefined) byDirectory.set(called.directory, { called, calls: [call] });
    else known.calls.push(call);
  }
  return [...byDirectory.values()].flatMap(({ called, calls }) => {
    const item = calledItem(called, calls);
    // LSP has ranges of one file only: calls in other files of the module have none.
    const ranges = calls.filter((call) => call.file.path === file).map(({ nameRange }) => nameRange);
    return item === undefined ? [] : [{ item, ranges }];
  });
}

/** What a file is a part of: a stack, its deployments, else the module of its directory. */
function ownModule(snapshot: Snapshot, file: string): Module {
  const directory = path.dirname(file);
  const dialect = dialectOf(file);
  return isStackDialect(dialect)
    ? snapshot.index.stack(directory, dialect)
    : snapshot.index.module(directory);
}

/** Calls of modules, by modules and by stacks; of stacks, by stacks and deployments. */
function isModuleCall({ kind }: Declaration): boolean {
  return kind === 'module' || isStackCall(kind);
}

function callerItem(directory: string, file: string, calls: readonly Declaration[]): HierarchyCall {
  const [first] = calls;
  const range = first?.range ?? { start: 0, end: 0 };
  const item = {
    name: path.basename(directory),
    detail: calls.map(({ address }) => address).join(', '),
    path: file,
    range,
    selection: first?.nameRange ?? range,
  };
  return { item, ranges: calls.map(({ nameRange }) => nameRange) };
}

function testCalls(snapshot: Snapshot, module: Module): HierarchyCall[] {
  const all = runsOf(snapshot, module);
  return [...new Set(all.map(({ file }) => file.path))].flatMap((file) => {
    const runs = all.filter((run) => run.file.path === file);
    const [first] = runs;
    if (first === undefined) return [];
    const item = {
      name: path.basename(file),
      detail: runs.map(({ name }) => `run.${name}`).join(', '),
      path: file,
      range: first.block.range,
      selection: first.block.typeRange,
    };
    return [{ item, ranges: runs.map(({ block }) => block.typeRange) }];
  });
}

function calledItem(called: Module, calls: readonly Declaration[]): HierarchyItem | undefined {
  const file = called.files.find((each) => path.basename(each.path) === 'main.tf') ?? called.files[0];
  if (file === undefined) return undefined;
  const range = { start: 0, end: file.syntax.text.length };
  const detail = calls.map(({ address }) => address).join(', ');
  return { ...itemOf(called, file.path, range, { start: 0, end: 0 }), detail };
}

function itemOf({ directory }: Module, file: string, range: Range, selection: Range): HierarchyItem {
  return { name: path.basename(directory), detail: directory, path: file, range, selection };
}
