import type { DeclarationKind } from '../terraform/model';
import type { Range } from '../text/range';
import { declarationAt, focusAt } from './focus';
import { referencesTo } from './references';
import type { Location, Snapshot } from './snapshot';

/** What can be renamed by changing nothing but names. A provider's name is more than a name, and so is a check's. */
const renamable: ReadonlySet<DeclarationKind> = new Set([
  'resource',
  'data',
  'ephemeral',
  'module',
  'variable',
  'local',
  'output',
]);

/** The name at `offset` that can be changed, or `undefined`. */
export function prepareRename(snapshot: Snapshot, file: string, offset: number): Range | undefined {
  const found = target(snapshot, file, offset);
  return found?.places.find(
    (place) => place.path === file && place.range.start <= offset && offset <= place.range.end,
  )?.range;
}

/**
 * Every place to write the new name, the declaration among them. Throws an Error with a sentence for a person when the
 * name cannot be used or is taken.
 */
export function rename(snapshot: Snapshot, file: string, offset: number, name: string): readonly Location[] {
  const found = target(snapshot, file, offset);
  if (found === undefined) throw new Error('There is nothing here that can be renamed.');
  if (!/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name)) {
    throw new Error(`"${name}" is no name: use letters, digits, _ and -, and start with a letter or _.`);
  }
  const address = found.address.slice(0, found.address.length - found.name.length) + name;
  if (name !== found.name && found.isTaken(address))
    throw new Error(`"${address}" exists already in this module.`);
  return found.places;
}

interface Target {
  readonly address: string;
  readonly name: string;
  readonly places: readonly Location[];
  isTaken(address: string): boolean;
}

function target(snapshot: Snapshot, file: string, offset: number): Target | undefined {
  const focus = focusAt(snapshot, file, offset);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (found === undefined || !renamable.has(found.declaration.kind)) return undefined;
  const { declaration, module } = found;
  const own = module.declarations
    .filter(({ address }) => address === declaration.address)
    .map((each) => ({ path: each.file.path, range: each.nameRange }));
  return {
    address: declaration.address,
    name: declaration.name,
    places: [...own, ...referencesTo(snapshot, declaration, module)],
    isTaken: (address) => module.find(address) !== undefined,
  };
}
