import type { Declaration, Module } from '../terraform/model';
import { placesOf } from './names/declarationNames';
import { namedAt } from './names/namedAt';
import type { Location, Snapshot } from './snapshot';

/**
 * Every place that names what stands at `offset`: in its module, in variables files, tests and templates, and in the
 * callers that the workspace knows. With `withDeclaration` the declaration comes first.
 */
export function findReferences(
  snapshot: Snapshot,
  file: string,
  offset: number,
  withDeclaration: boolean,
): readonly Location[] {
  const places = namedAt(snapshot, file, offset)?.places ?? [];
  return places
    .filter(({ role }) => withDeclaration || role !== 'declaration')
    .map(({ path, range }) => ({ path, range }));
}

/** Every place that names a declaration, itself left out. */
export function referencesTo(
  snapshot: Snapshot,
  declaration: Declaration,
  module: Module,
): readonly Location[] {
  return placesOf(snapshot, declaration, module)
    .filter(({ role }) => role !== 'declaration')
    .map(({ path, range }) => ({ path, range }));
}
