import path from 'node:path';
import { dialectOf } from '../../terraform/dialect';
import type { Module } from '../../terraform/model';
import type { ModuleIndex } from '../../terraform/moduleIndex';
import { TestView } from '../../terraform/tests/testModule';

const kept = new WeakMap<ModuleIndex, ReadonlyMap<string, readonly TestView[]>>();

/**
 * The tests, beside any module that is known, with a run of a module that is not the one under test: they can lie far
 * from what they run. Reads the names of all test folders once for an index.
 */
export function testsRunning(index: ModuleIndex, module: Module): readonly TestView[] {
  const known = kept.get(index) ?? findTests(index);
  kept.set(index, known);
  return known.get(module.directory) ?? [];
}

function findTests(index: ModuleIndex): ReadonlyMap<string, readonly TestView[]> {
  const found = new Map<string, TestView[]>();
  for (const { directory } of index.knownModules()) {
    for (const folder of [directory, path.join(directory, 'tests')]) {
      for (const name of index.files.list(folder)) {
        if (!mayBeTest(name) || dialectOf(name) !== 'test') continue;
        const view = index.view(path.join(folder, name));
        if (view instanceof TestView) addRuns(found, view);
      }
    }
  }
  return found;
}

/** A first look, cheap enough for every name of a workspace. */
function mayBeTest(name: string): boolean {
  return name.includes('.tftest.') || name.includes('.tofutest.');
}

function addRuns(found: Map<string, TestView[]>, view: TestView): void {
  for (const { call, module } of view.runs) {
    if (call === undefined || module === undefined) continue;
    const views = found.get(module.directory) ?? [];
    if (!views.includes(view)) found.set(module.directory, [...views, view]);
  }
}
