import path from 'node:path';
import { factsOf } from '../../terraform/facts';
import { isJsonConfig, isVariablesName } from '../../terraform/fileNames';
import type { Attribute, ConfigFile, Declaration, DeclarationKind, Module } from '../../terraform/model';
import { targetOf } from '../../terraform/traversal';
import type { Use } from '../../terraform/uses';
import { attributeOf } from '../../terraform/values';
import { contains } from '../../text/range';
import type { FileEdit } from '../actions/codeAction';
import { movedEdits } from '../actions/moved';
import { nameOfUse, stepsOf } from '../focus';
import type { Declared } from '../focus';
import type { Location, Snapshot } from '../snapshot';
import { inputPlaces, stackRefusal } from '../stacks/stackNames';
import { overriddenOutputs } from '../tests/overriddenOutputs';
import { distinct, rewritten } from './named';
import type { Named, NamedPlace } from './named';
import { runReads, usesBeside, variablesBeside, viewsNear } from './sideFiles';

/** A declaration of a module as something that can be found and renamed. */
export function namedDeclaration(snapshot: Snapshot, found: Declared): Named {
  const { declaration, module } = found;
  const places = () => placesOf(snapshot, declaration, module);
  return {
    name: declaration.name,
    get places() {
      return places();
    },
    refusal: () => refusalOf(declaration) ?? stackRefusal(declaration),
    rename: (name) => renamed(snapshot, found, places(), name),
  };
}

/** Every place that names a declaration, its own (overrides of it included) first. */
export function placesOf(snapshot: Snapshot, declaration: Declaration, module: Module): NamedPlace[] {
  const own = declarationsOf(module, declaration).map(({ file, nameRange }): NamedPlace => ({
    path: file.path,
    range: nameRange,
    role: 'declaration',
  }));
  const read = (range: (use: Use) => Location['range'] | undefined) => (use: Use) => {
    const place = range(use);
    return place === undefined ? [] : [{ path: use.file.path, range: place, role: 'read' } as const];
  };
  const uses = usesOf(snapshot, declaration, module);
  const places: NamedPlace[] = [...own, ...uses.flatMap(read(nameOfUse))];
  if (declaration.kind === 'variable') {
    places.push(...valuesFor(snapshot, declaration, module), ...inputPlaces(snapshot, declaration, module));
  }
  if (declaration.kind === 'output') {
    places.push(...readsInCallers(snapshot, declaration, module).flatMap(read((use) => outputRange(use))));
    const inTests = runReads(snapshot, module).filter((use) => use.attributes[0] === declaration.name);
    places.push(...inTests.flatMap(read((use) => outputRange(use))));
    places.push(...givenInTests(snapshot, declaration, module));
  }
  if (isAddressable(declaration.kind)) places.push(...addressesInCallers(snapshot, declaration, module));
  return distinct(places);
}

/** Keys of what tests of the callers give in the place of a module's outputs. */
function givenInTests(snapshot: Snapshot, output: Declaration, module: Module): NamedPlace[] {
  const callers = snapshot.index.callsOf(module).map(({ caller }) => caller);
  const views = new Set([...new Set(callers)].flatMap((caller) => viewsNear(snapshot, caller)));
  return overriddenOutputs(snapshot, [...views], output, module).map((place) => ({
    ...place,
    role: 'write',
  }));
}

/** The declarations of an address: the one that counts, then what override files say about it. */
export function declarationsOf(module: Module, declaration: Declaration): readonly Declaration[] {
  const all = module.files.flatMap((file) =>
    factsOf(file).declarations.filter(({ address }) => address === declaration.address),
  );
  return [declaration, ...all.filter((each) => each !== declaration)];
}

/** The uses of a declaration in its module, and in what stands beside it. */
export function usesOf(snapshot: Snapshot, declaration: Declaration, module: Module): readonly Use[] {
  return [
    ...(usesByTarget(module).get(declaration.address) ?? []),
    ...besides(snapshot, declaration, module),
  ];
}

const byTarget = new WeakMap<Module, ReadonlyMap<string, readonly Use[]>>();

function usesByTarget(module: Module): ReadonlyMap<string, readonly Use[]> {
  const known = byTarget.get(module);
  if (known !== undefined) return known;
  const found = new Map<string, Use[]>();
  for (const file of module.files) {
    for (const use of [...factsOf(file).uses.values()].flat()) {
      const same = found.get(use.target);
      if (same === undefined) found.set(use.target, [use]);
      else same.push(use);
    }
  }
  byTarget.set(module, found);
  return found;
}

function besides(snapshot: Snapshot, declaration: Declaration, module: Module): readonly Use[] {
  if (module.dialect !== 'configuration') return [];
  return usesBeside(snapshot, module).filter(({ target }) => target === declaration.address);
}

/** What is read from a call or a run. */
function outputRange({ traversal }: Use): Location['range'] | undefined {
  const length = targetOf(traversal)?.length ?? 0;
  return traversal.steps.find((step, index) => index >= length && step.kind === 'name')?.range;
}

function valuesFor(snapshot: Snapshot, variable: Declaration, module: Module): NamedPlace[] {
  return settersOf(snapshot, variable, module).map(({ file, attribute }): NamedPlace => ({
    path: file.path,
    range: attribute.nameRange,
    role: 'write',
  }));
}

/** Arguments of calls, lines of variables files and of tests that set a variable. */
export function settersOf(
  snapshot: Snapshot,
  { name }: Declaration,
  module: Module,
): readonly { readonly file: ConfigFile; readonly attribute: Attribute }[] {
  const { index } = snapshot;
  const files = index.files
    .list(module.directory)
    .filter(isVariablesName)
    .map((file) => index.file(path.join(module.directory, file)))
    .filter((file) => file !== undefined)
    .map((file) => ({ file, body: file.syntax.body }));
  const calls = index
    .callsOf(module)
    .flatMap(({ call }) => (call.node.kind === 'block' ? [{ file: call.file, body: call.node.body }] : []));
  const tests = variablesBeside(snapshot, module).map(({ file, block }) => ({ file, body: block.body }));
  return [...files, ...calls, ...tests].flatMap(({ file, body }) => {
    const attribute = attributeOf(body, name);
    return attribute === undefined ? [] : [{ file, attribute }];
  });
}

/** What callers read of an output. */
export function readsInCallers(snapshot: Snapshot, output: Declaration, module: Module): readonly Use[] {
  const { index } = snapshot;
  return [...index.callsOf(module), ...index.stackCallsOf(module)].flatMap(({ call, caller }) =>
    usesOf(snapshot, call, caller).filter(
      ({ kind, attributes }) => kind !== 'address' && attributes[0] === output.name,
    ),
  );
}

/** What addresses can lead to from outside of a module. */
function isAddressable(kind: DeclarationKind): boolean {
  return kind === 'resource' || kind === 'data' || kind === 'module';
}

/** How many calls an address goes through at the most. */
const deepestAddress = 5;

/** Addresses such as `module.store.aws_bucket.logs`, which `import`, `moved` and `removed` blocks of callers hold. */
function addressesInCallers(snapshot: Snapshot, declaration: Declaration, module: Module): NamedPlace[] {
  const found: NamedPlace[] = [];
  const seen = new Set([module.directory]);
  let level: readonly Module[] = [module];
  for (let depth = 0; depth < deepestAddress && level.length > 0; depth += 1) {
    const callers = level
      .flatMap((called) => snapshot.index.callsOf(called))
      .map(({ caller }) => caller)
      .filter(({ directory }) => !seen.has(directory));
    for (const caller of new Set(callers)) {
      seen.add(caller.directory);
      for (const use of addressesIn(snapshot, caller)) {
        const step = stepsOf(snapshot, caller, use).find((each) => each.declaration === declaration);
        if (step !== undefined) found.push({ ...step.place, role: 'read' });
      }
    }
    level = [...new Set(callers)];
  }
  return found;
}

const addresses = new WeakMap<Module, readonly Use[]>();

/** The addresses in a module, and in what stands beside it, that go through one of its calls. */
function addressesIn(snapshot: Snapshot, module: Module): readonly Use[] {
  const isThrough = ({ kind, target }: Use) => kind === 'address' && target.startsWith('module.');
  const known = addresses.get(module) ?? [...usesByTarget(module).values()].flat().filter(isThrough);
  addresses.set(module, known);
  return [...known, ...usesBeside(snapshot, module).filter(isThrough)];
}

function refusalOf({ kind, file, address }: Declaration): string | undefined {
  if (isInstalled(file.path)) {
    return `${address} belongs to an installed module: terraform init would write its files anew.`;
  }
  return kind === 'provider' ? 'The name of a provider is more than a name.' : undefined;
}

/** Whether a file lies where `terraform init` puts what it downloads. */
export function isInstalled(file: string): boolean {
  return file.split(path.sep).includes('.terraform');
}

function renamed(
  snapshot: Snapshot,
  { declaration, module }: Declared,
  all: readonly NamedPlace[],
  name: string,
): readonly FileEdit[] {
  const address = declaration.address.slice(0, -declaration.name.length) + name;
  if (module.find(address) !== undefined) throw new Error(`"${address}" exists already in this module.`);
  // What was moved or removed before keeps its addresses: Terraform follows one block after the other.
  const places = all.filter((place) => !isHistory(snapshot, declaration, place));
  const installed = places.find((place) => isInstalled(place.path));
  if (installed !== undefined) {
    throw new Error(
      `${path.basename(installed.path)} of an installed module names it too, and terraform init would write that anew.`,
    );
  }
  refuseEscapes(snapshot, declaration, places);
  const edits = rewritten(places, name);
  if (!isStateful(declaration)) return edits;
  const moved = movedEdits(snapshot, module, declaration, address);
  const json = moved.find((edit) => isJsonConfig(edit.path));
  if (json === undefined) return [...edits, ...moved];
  throw new Error(
    `Its moved block would belong into ${path.basename(json.path)}, and none is written in JSON. ` +
      `Create moved.tf in this folder, where it can be written, and try again.`,
  );
}

function isHistory(snapshot: Snapshot, declaration: Declaration, place: Location): boolean {
  if (!isStateful(declaration)) return false;
  const items = snapshot.index.file(place.path)?.syntax.body.items ?? [];
  return items.some(
    (item) =>
      item.kind === 'block' &&
      (item.type === 'moved' || item.type === 'removed') &&
      contains(item.range, place.range),
  );
}

/** @throws Error where a JSON file writes the name in another way, so that its place cannot be overwritten. */
function refuseEscapes(snapshot: Snapshot, { name }: Declaration, places: readonly Location[]): void {
  for (const { path: file, range } of places) {
    const text = snapshot.index.file(file)?.syntax.text.slice(range.start, range.end);
    if (text === name || !isJsonConfig(file)) continue;
    throw new Error(
      `${path.basename(file)} writes the name as ${JSON.stringify(text)}. Write it without an escape there first.`,
    );
  }
}

/** Whether the state knows its address. */
function isStateful({ kind }: Declaration): boolean {
  return kind === 'resource' || kind === 'module';
}
