import path from 'node:path';
import { isJsonConfig } from '../terraform/fileNames';
import type { Declaration, DeclarationKind, Module } from '../terraform/model';
import type { FileEdit } from './actions/codeAction';
import { movedBlocks, movedEdits } from './actions/moved';
import { contains } from '../text/range';
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
 * The edits that give it another name everywhere. A resource or module call that is renamed keeps its objects, because a
 * `moved` block is written too. Throws an Error with a sentence for a person when the name cannot be used or is taken.
 */
export function rename(snapshot: Snapshot, file: string, offset: number, name: string): readonly FileEdit[] {
  const found = target(snapshot, file, offset);
  if (found === undefined) throw new Error('There is nothing here that can be renamed.');
  if (!/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name)) {
    throw new Error(`"${name}" is no name: use letters, digits, _ and -, and start with a letter or _.`);
  }
  const { declaration, module } = found;
  const address = declaration.address.slice(0, -declaration.name.length) + name;
  if (name === declaration.name) return [];
  if (module.find(address) !== undefined) throw new Error(`"${address}" exists already in this module.`);
  refuseEscapes(snapshot, found);
  const edits = found.places.map((place) => ({ ...place, newText: name }));
  if (!isStateful(declaration)) return edits;
  const moved = movedEdits(snapshot, module, declaration, address);
  const json = moved.find((edit) => isJsonConfig(edit.path));
  if (json === undefined) return [...edits, ...moved];
  throw new Error(
    `Its moved block would belong into ${path.basename(json.path)}, and none is written in JSON. ` +
      `Create moved.tf in this folder, where it can be written, and try again.`,
  );
}

interface Target {
  readonly declaration: Declaration;
  readonly module: Module;
  readonly places: readonly Location[];
}

function target(snapshot: Snapshot, file: string, offset: number): Target | undefined {
  const focus = focusAt(snapshot, file, offset);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (found === undefined || !renamable.has(found.declaration.kind)) return undefined;
  const { declaration, module } = found;
  const own = module.declarations
    .filter(({ address }) => address === declaration.address)
    .map((each) => ({ path: each.file.path, range: each.nameRange }));
  const places = [...own, ...referencesTo(snapshot, declaration, module)];
  // What was moved before keeps its addresses: Terraform follows one block after the other.
  const history = isStateful(declaration) ? movedBlocks(module) : [];
  return {
    declaration,
    module,
    places: places.filter(
      (place) =>
        !history.some(
          ({ file: { path }, block }) => path === place.path && contains(block.range, place.range),
        ),
    ),
  };
}

/** @throws Error where a JSON file writes the name in another way, so that its place cannot be overwritten. */
function refuseEscapes(snapshot: Snapshot, { declaration, places }: Target): void {
  for (const { path: file, range } of places) {
    const text = snapshot.index.file(file)?.syntax.text.slice(range.start, range.end);
    if (text === declaration.name || !isJsonConfig(file)) continue;
    throw new Error(
      `${path.basename(file)} writes the name as ${JSON.stringify(text)}. Write it without an escape there first.`,
    );
  }
}

/** Whether the state knows its address. */
function isStateful({ kind }: Declaration): boolean {
  return kind === 'resource' || kind === 'module';
}
