import { terraformOnly } from '../../terraform/language/availability';
import type { Declaration, Module } from '../../terraform/model';
import { TestView } from '../../terraform/tests/testModule';
import { editionOf } from '../editionOf';
import type { Snapshot } from '../snapshot';
import { isForOpenTofu } from './product';
import { testPlaceOf } from './testPlaces';

/**
 * What the value of an argument in a test file can read: in an assertion what the run's module declares, its outputs and
 * earlier runs; in variables and providers variables of the file and runs; all that is seen for other files and places.
 */
export function readableModule(
  snapshot: Snapshot,
  file: string,
  module: Module,
  argument: string,
  blocks: readonly { readonly type: string; readonly node?: Declaration['node'] | undefined }[],
): Module {
  const view = module.dialect === 'test' ? snapshot.index.view(file) : undefined;
  if (!(view instanceof TestView)) return module;
  const place = testPlaceOf(
    argument,
    blocks.map(({ type }) => type),
  );
  if (place === 'other') return module;
  const runs = earlierRuns(view, blocks[0]?.node);
  if (place === 'assert') {
    const others = module.declarations.filter(({ kind }) => kind !== 'run' && kind !== 'provider');
    return narrowed(module, [...runs, ...others]);
  }
  const knows =
    editionOf(snapshot, view).support(terraformOnly(place === 'values' ? '1.15' : '1.13')) !== 'none';
  const isLiteral = place === 'values' && (!knows || isForOpenTofu(snapshot, view));
  if (isLiteral || (place === 'fileVariables' && !knows)) return narrowed(module, []);
  return narrowed(module, [...runs, ...fileVariables(view)]);
}

/** The runs before the one around a place, the nearest first; all of them outside of runs. */
function earlierRuns(view: TestView, top: Declaration['node'] | undefined): Declaration[] {
  const at = view.runs.findIndex(({ block }) => block === top);
  const runs = at < 0 ? view.runs : view.runs.slice(0, at);
  return runs.map(({ declaration }) => declaration).reverse();
}

/** Variables of the file, as the module under test declares them where it does. */
function fileVariables(view: TestView): Declaration[] {
  const declared = view.ownDeclarations().filter(({ kind }) => kind === 'variable');
  return [...declared, ...view.given.map((each) => view.find(each.address) ?? each)];
}

function narrowed(module: Module, declarations: readonly Declaration[]): Module {
  const byAddress = new Map(declarations.map((each) => [each.address, each]));
  return {
    directory: module.directory,
    dialect: module.dialect,
    files: module.files,
    declarations,
    requirements: module.requirements,
    unread: module.unread,
    references: (declaration) => module.references(declaration),
    find: (address) => byAddress.get(address),
  };
}
