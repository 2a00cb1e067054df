import path from 'node:path';
import type { Block } from '../../hcl/syntax';
import { ancestors } from '../../terraform/ancestors';
import { dialectOf } from '../../terraform/dialect';
import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { SideView } from '../../terraform/tests/sideView';
import { TestView } from '../../terraform/tests/testModule';
import type { Use } from '../../terraform/uses';
import { blocksOf } from '../../terraform/values';
import type { Snapshot } from '../snapshot';
import { testsRunning } from '../tests/runningTests';

/** A block of a file that is no part of the module it is about. */
export interface SideBlock {
  readonly file: ConfigFile;
  readonly block: Block;
}

/** The module that a declaration stands in, where it was found from a view: the view's own files are a module too. */
export function ownerOf(declaration: Declaration, module: Module): Module {
  let owner = module;
  while (owner instanceof SideView && !owner.files.includes(declaration.file)) owner = owner.about;
  return owner;
}

/** The runs of a module, in its own test files and in those of the directories above it. */
export function runsOf(
  snapshot: Snapshot,
  module: Module,
): readonly (SideBlock & { readonly name: string })[] {
  return testViewsNear(snapshot, module).flatMap((view) =>
    view.runs
      .filter((run) => run.module?.directory === module.directory)
      .map(({ name, block }) => ({ file: view.file, block, name })),
  );
}

/** What tests, mocks and queries read of a module. */
export function usesBeside(snapshot: Snapshot, module: Module): readonly Use[] {
  const views = new Set([...viewsNear(snapshot, module), ...testsRunning(snapshot.index, module)]);
  return [...views].flatMap((view) => {
    const runs = view instanceof TestView ? view.runs : [];
    return view.files.flatMap((file) =>
      [...factsOf(file).uses].flatMap(([node, uses]) => {
        const run = runs.find(({ block }) => block === node);
        const about = run === undefined ? view.about : run.module;
        return about?.directory === module.directory ? [...uses] : [];
      }),
    );
  });
}

/** What tests read of the outputs of a module's earlier runs: `run.setup.url`. */
export function runReads(snapshot: Snapshot, module: Module): readonly Use[] {
  return testViewsNear(snapshot, module).flatMap((view) =>
    [...factsOf(view.file).uses.values()].flat().filter(({ target }) => {
      const [root, name] = target.split('.');
      return (
        root === 'run' &&
        view.runs.some((run) => run.name === name && run.module?.directory === module.directory)
      );
    }),
  );
}

/** The `variables` blocks of tests that give a module its values: for all runs of a file, and in a run. */
export function variablesBeside(snapshot: Snapshot, module: Module): readonly SideBlock[] {
  return testViewsNear(snapshot, module).flatMap((view) => {
    const { file } = view;
    const runs = view.runs.filter((run) => run.module?.directory === module.directory);
    const shared = runs.length > 0 || view.tested.directory === module.directory ? [file.syntax.body] : [];
    return [...shared, ...runs.map(({ block }) => block.body)].flatMap((body) =>
      blocksOf(body, 'variables').map((block) => ({ file, block })),
    );
  });
}

const besides: ReadonlySet<string | undefined> = new Set(['test', 'mock', 'query']);

const kept = new WeakMap<Snapshot, Map<string, readonly SideView[]>>();

/** The views of files that can be about a module: beside it and in `tests`, there and in the directories above. */
export function viewsNear(snapshot: Snapshot, { directory }: Module): readonly SideView[] {
  const known = kept.get(snapshot) ?? new Map<string, readonly SideView[]>();
  kept.set(snapshot, known);
  const before = known.get(directory);
  if (before !== undefined) return before;
  const views = ancestors(directory).flatMap((each) => viewsIn(snapshot, each));
  known.set(directory, views);
  return views;
}

function viewsIn({ index }: Snapshot, directory: string): readonly SideView[] {
  return [directory, path.join(directory, 'tests')].flatMap((folder) =>
    index.files
      .list(folder)
      .filter((name) => besides.has(dialectOf(name)))
      .map((name) => index.view(path.join(folder, name)))
      .filter((view) => view instanceof SideView),
  );
}

/** The tests near a module, and those elsewhere that run it. */
function testViewsNear(snapshot: Snapshot, module: Module): readonly TestView[] {
  const near = viewsNear(snapshot, module).filter((view) => view instanceof TestView);
  return [...new Set([...near, ...testsRunning(snapshot.index, module)])];
}
