import path from 'node:path';
import { dialectOf } from '../terraform/dialect';
import { isOverride } from '../terraform/fileNames';
import { moduleSource } from '../terraform/moduleCalls';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { isStackDialect } from '../terraform/stacks/stackModule';
import type { Step } from '../terraform/traversal';
import { attributeOf } from '../terraform/values';
import { touches } from '../text/range';
import { declarationAt, focusAt, stepsOf } from './focus';
import type { Focus } from './focus';
import { declarationsOf } from './names/declarationNames';
import { localNameAt } from './names/localNames';
import { spotIn, spotsOf } from './names/members';
import type { Spot } from './names/memberSources';
import { keyAt } from './names/objectKeys';
import { providerAt, providerDefinition } from './names/providerNames';
import type { Location, Snapshot } from './snapshot';
import { stackProviderAt } from './stacks/stackNames';
import { templateDefinition } from './templates/templateDefinition';

export interface Definition {
  /** What was pointed at. */
  readonly origin: Location;
  readonly target: Location;
  /** The whole of what is declared there. */
  readonly extent: Location['range'];
}

/** Where what stands at `offset` is declared: in this module, in one it calls, in what a value is made of. */
export function findDefinition(snapshot: Snapshot, file: string, offset: number): Definition | undefined {
  const config = snapshot.index.file(file);
  if (config === undefined) return undefined;
  const local = localNameAt(config, offset);
  if (local !== undefined) {
    const pointed = [local.declaration, ...local.uses].find(
      ({ start, end }) => start <= offset && offset <= end,
    );
    const extent = local.declaration;
    return pointed && toDefinition({ path: file, range: pointed }, { path: file, range: extent, extent });
  }
  const template = templateDefinition(snapshot, config, offset);
  if (template !== undefined) return toDefinition({ path: file, range: template.range }, template.spot);
  if (dialectOf(file) === 'template') return undefined;
  const provider = providerAt(snapshot, file, offset);
  if (provider !== undefined) {
    const found = providerDefinition(snapshot, provider);
    const range = provider.part === 'alias' ? (found?.alias ?? found?.local)?.range : found?.local.range;
    const origin = { path: file, range: provider.range };
    return found && range && toDefinition(origin, { path: found.path, range, extent: found.extent });
  }
  const required = requirementDefinition(snapshot, config, offset);
  if (required !== undefined) return required;
  const focus = focusAt(snapshot, file, offset);
  if (focus === undefined) return keyDefinition(snapshot, file, offset);
  const spot = spotFor(snapshot, focus, offset);
  return spot === undefined ? undefined : toDefinition({ path: file, range: focus.range }, spot);
}

/** Where a stack requires the provider at `offset`. */
function requirementDefinition(
  snapshot: Snapshot,
  { path: file }: ConfigFile,
  offset: number,
): Definition | undefined {
  if (!isStackDialect(dialectOf(file))) return undefined;
  const places = stackProviderAt(snapshot.index.view(file), file, offset)?.places ?? [];
  const pointed = places.find((place) => place.path === file && touches(place.range, offset));
  const required = places.find(({ role }) => role === 'declaration');
  return pointed && required && toDefinition(pointed, { ...required, extent: required.range });
}

/**
 * What override files say about the block at `offset`; for a module call with a folder also where that begins. Empty for
 * everything else.
 */
export function findImplementations(snapshot: Snapshot, file: string, offset: number): readonly Location[] {
  const focus = focusAt(snapshot, file, offset);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (found === undefined) return [];
  const { declaration, module } = found;
  const overrides = declarationsOf(module, declaration)
    .filter((each) => isOverride(each.file.path))
    .map((each) => ({ path: each.file.path, range: each.nameRange }));
  const folder = declaration.kind === 'module' ? folderSpot(snapshot, declaration, module) : undefined;
  return folder === undefined ? overrides : [...overrides, { path: folder.path, range: folder.range }];
}

function toDefinition(origin: Location, { path: target, range, extent }: Spot): Definition {
  return { origin, target: { path: target, range }, extent };
}

function spotFor(snapshot: Snapshot, focus: Focus, offset: number): Spot | undefined {
  switch (focus.kind) {
    case 'moduleSource': {
      const call = focus.module.declarations.find(({ node }) => node === focus.blocks[0]);
      return call === undefined ? undefined : folderSpot(snapshot, call, focus.module);
    }
    case 'context':
      return keySpot(snapshot, focus.file.path, offset) ?? contextSpot(snapshot, focus);
    case 'use':
      return useSpot(snapshot, focus) ?? declarationSpot(snapshot, focus);
    case 'label':
      return declarationSpot(snapshot, focus, focus.file);
    case 'argument':
    case 'blockType':
    case 'function':
      return declarationSpot(snapshot, focus) ?? keySpot(snapshot, focus.file.path, offset);
  }
}

function declarationSpot(
  snapshot: Snapshot,
  focus: Focus,
  asked?: { readonly path: string },
): Spot | undefined {
  const found = declarationAt(snapshot, focus);
  if (found === undefined) return undefined;
  // From an override file the way leads to what it overrides.
  const base =
    asked !== undefined && isOverride(asked.path) ? found.module.find(found.declaration.address) : undefined;
  const { file, nameRange, range } = base ?? found.declaration;
  return { path: file.path, range: nameRange, extent: range };
}

/** The file a person wants to see first in the folder of a called module. */
function folderSpot(snapshot: Snapshot, call: Declaration, module: Module): Spot | undefined {
  const called = moduleSource(call) === undefined ? undefined : snapshot.index.called(call, module);
  const first = called === undefined ? undefined : firstFile(called);
  const range = { start: 0, end: 0 };
  return first === undefined ? undefined : { path: first, range, extent: range };
}

function firstFile({ files }: Module): string | undefined {
  const main = files.find((candidate) => path.basename(candidate.path) === 'main.tf');
  return (main ?? files[0])?.path;
}

/** `arn` in `aws_x.y.arn` leads to where the block sets it, `port` in `local.web.port` to the key. */
function useSpot(snapshot: Snapshot, focus: Extract<Focus, { kind: 'use' }>): Spot | undefined {
  const { use, step, module } = focus;
  const named = stepsOf(snapshot, module, use);
  if (named.some((each) => each.first <= step && step <= each.step)) return undefined;
  const holder = named.findLast((each) => each.first <= step);
  if (holder === undefined) return undefined;
  const names = use.traversal.steps.slice(holder.step + 1, step + 1);
  const { declaration } = holder;
  if (named.length > 1 && declaration.kind === 'output') {
    return spotIn(snapshot, declaration, holder.module, nameSteps(names));
  }
  return spotsOf(snapshot, focus.file, module, use.traversal)[step];
}

function nameSteps(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'name' ? [step.name] : []));
}

/** `each.value`, `self` and the like lead to what they stand for, `path.module` to the folder, types to their names. */
function contextSpot(snapshot: Snapshot, focus: Extract<Focus, { kind: 'context' }>): Spot | undefined {
  const { traversal, step, module, file, blocks } = focus;
  const { root, steps } = traversal;
  const [first] = steps;
  if (root.name === 'path' && first?.kind === 'name') return pathSpot(snapshot, module, first.name);
  if (blocks.at(-1)?.type === 'lifecycle' && step <= 0) {
    const parent = blocks.at(-2);
    const attribute = parent === undefined ? undefined : attributeOf(parent.body, root.name);
    if (attribute !== undefined)
      return { path: file.path, range: attribute.nameRange, extent: attribute.range };
  }
  if (step < 0) return contextRoot(focus);
  return spotsOf(snapshot, file, module, traversal)[step];
}

function contextRoot({ traversal, file, blocks }: Extract<Focus, { kind: 'context' }>): Spot | undefined {
  const [block] = blocks;
  if (block === undefined) return undefined;
  if (traversal.root.name === 'self') return { path: file.path, range: block.typeRange, extent: block.range };
  const argument =
    traversal.root.name === 'each' ? 'for_each' : traversal.root.name === 'count' ? 'count' : '';
  const attribute = attributeOf(block.body, argument);
  return attribute && { path: file.path, range: attribute.nameRange, extent: attribute.range };
}

function pathSpot(snapshot: Snapshot, { directory }: Module, name: string): Spot | undefined {
  const { index } = snapshot;
  const own = index.module(directory);
  const [root] = name === 'module' ? [directory] : index.rootsOf(own);
  const found = root === undefined ? undefined : firstFile(index.module(root));
  const range = { start: 0, end: 0 };
  return found === undefined ? undefined : { path: found, range, extent: range };
}

function keyDefinition(snapshot: Snapshot, file: string, offset: number): Definition | undefined {
  const spot = keySpot(snapshot, file, offset);
  return spot && toDefinition({ path: file, range: { start: offset, end: offset } }, spot);
}

/** A key of what a variable is given leads to the attribute in the variable's type. */
function keySpot(snapshot: Snapshot, file: string, offset: number): Spot | undefined {
  const key = keyAt(snapshot, file, offset);
  return key === undefined ? undefined : spotIn(snapshot, key.declaration, key.module, key.names);
}
