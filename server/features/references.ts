import path from 'node:path';
import { factsOf } from '../terraform/facts';
import { isVariablesName } from '../terraform/fileNames';
import type { Declaration, Module } from '../terraform/model';
import type { Use } from '../terraform/uses';
import { attributesAfter, targetOf } from '../terraform/traversal';
import { declarationAt, focusAt, nameOfUse } from './focus';
import type { Location, Snapshot } from './snapshot';

/**
 * Every place that names what stands at `offset`: in its module, in variables files, and in the callers that the
 * workspace knows. With `withDeclaration` the declaration comes first.
 */
export function findReferences(
  snapshot: Snapshot,
  file: string,
  offset: number,
  withDeclaration: boolean,
): readonly Location[] {
  const focus = focusAt(snapshot, file, offset);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (found === undefined) return [];
  const { declaration, module } = found;
  const own = { path: declaration.file.path, range: declaration.nameRange };
  return [...(withDeclaration ? [own] : []), ...referencesTo(snapshot, declaration, module)];
}

/** Every place that names a declaration, itself left out. */
export function referencesTo(
  snapshot: Snapshot,
  declaration: Declaration,
  module: Module,
): readonly Location[] {
  const locations = usesIn(module)
    .filter((use) => use.target === declaration.address)
    .map((use) => ({ path: use.file.path, range: nameOfUse(use) }));
  if (declaration.kind === 'variable') {
    locations.push(
      ...valuesIn(snapshot, module, declaration.name),
      ...argumentsFor(snapshot, declaration, module),
    );
  }
  if (declaration.kind === 'output') locations.push(...readsOf(snapshot, declaration, module));
  return distinct(locations);
}

function usesIn(module: Module): readonly Use[] {
  return module.files.flatMap((file) => [...factsOf(file).uses.values()].flat());
}

/** Lines of variables files beside the module that set the variable. */
function valuesIn(snapshot: Snapshot, module: Module, name: string): Location[] {
  return snapshot.index.files
    .list(module.directory)
    .filter(isVariablesName)
    .flatMap((file) => {
      const place = path.join(module.directory, file);
      const items = snapshot.index.file(place)?.syntax.body.items ?? [];
      return items.flatMap((item) =>
        item.kind === 'attribute' && item.name === name ? [{ path: place, range: item.nameRange }] : [],
      );
    });
}

function argumentsFor(snapshot: Snapshot, variable: Declaration, module: Module): Location[] {
  return snapshot.index
    .callsOf(module)
    .flatMap(({ call }) =>
      call.node.kind === 'block'
        ? call.node.body.items.flatMap((item) =>
            item.kind === 'attribute' && item.name === variable.name
              ? [{ path: call.file.path, range: item.nameRange }]
              : [],
          )
        : [],
    );
}

function readsOf(snapshot: Snapshot, output: Declaration, module: Module): Location[] {
  return snapshot.index.callsOf(module).flatMap(({ call, caller }) =>
    usesIn(caller).flatMap((use) => {
      const target = targetOf(use.traversal);
      const [read] = target === undefined ? [] : attributesAfter(use.traversal, target);
      return use.target === call.address && read?.name === output.name
        ? [{ path: use.file.path, range: read.range }]
        : [];
    }),
  );
}

/** The same caller can be known through several roots. */
function distinct(locations: readonly Location[]): Location[] {
  const byPlace = new Map(
    locations.map((location) => [`${location.path}:${location.range.start}`, location]),
  );
  return [...byPlace.values()];
}
