import path from 'node:path';
import type { Attribute, Expression } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import type { ConfigFile, Declaration } from '../../terraform/model';
import { targetOf } from '../../terraform/traversal';
import type { Step, Traversal } from '../../terraform/traversal';
import { attributeOf, keyName, literalString } from '../../terraform/values';
import { touches } from '../../text/range';
import type { Range } from '../../text/range';
import { declarationAt, focusAt, stepsOf } from '../focus';
import type { Declared, Focus } from '../focus';
import type { Snapshot } from '../snapshot';
import { isInstalled, readsInCallers, settersOf, usesOf } from './declarationNames';
import { handsOn, keyRange } from './memberSources';
import { spotIn } from './members';
import { distinct, rewritten } from './named';
import type { Named, NamedPlace } from './named';

/** A key inside of what a local, a variable or an output holds. */
export interface KeyAt extends Declared {
  /** Keys from the outermost object to the one that is meant. */
  readonly names: readonly string[];
}

/** The key that is written or read at `offset`. */
export function keyAt(snapshot: Snapshot, file: string, offset: number): KeyAt | undefined {
  const focus = focusAt(snapshot, file, offset);
  if (focus?.kind === 'use') return readKey(snapshot, focus);
  const config = snapshot.index.file(file);
  const nodes = config === undefined ? [] : nodePathAt(config.syntax, offset);
  const index = nodes.findIndex(({ kind }) => kind === 'attribute');
  const attribute = nodes[index];
  if (attribute?.kind !== 'attribute' || touches(attribute.nameRange, offset)) return undefined;
  const names = keysAt(attribute.value, offset);
  if (names.length === 0) return undefined;
  const holder = holderOf(snapshot, file, attribute);
  return holder === undefined ? undefined : { ...holder, names };
}

/** A key as something that can be found and renamed. */
export function namedKey(snapshot: Snapshot, at: KeyAt): Named | undefined {
  const { declaration, module, names } = at;
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const reads = readsOf(snapshot, at);
  const written = writtenKeys(snapshot, at);
  const places = distinct([
    ...written,
    ...reads.flatMap(({ file, steps }): NamedPlace[] => {
      const step = namesMatch(steps, names) ? steps[names.length - 1] : undefined;
      return step === undefined ? [] : [{ path: file.path, range: nameRange(step), role: 'read' }];
    }),
  ]);
  return {
    name,
    places,
    refusal: () => refusalOf(declaration, reads, names, written),
    rename: (newName) => {
      const beside = spotIn(snapshot, declaration, module, [...names.slice(0, -1), newName]);
      if (beside !== undefined) throw new Error(`"${newName}" is a key of the same object already.`);
      return rewritten(places, newName);
    },
  };
}

/** What is read of a declaration, with the steps behind its address. */
interface Read {
  readonly file: ConfigFile;
  readonly steps: readonly Step[];
}

function readsOf(snapshot: Snapshot, { declaration, module }: KeyAt): readonly Read[] {
  const after = (traversal: Traversal, more: number): readonly Step[] =>
    traversal.steps.slice((targetOf(traversal)?.length ?? 0) + more);
  const own = usesOf(snapshot, declaration, module).map(({ file, traversal }) => ({
    file,
    steps: after(traversal, 0),
  }));
  if (declaration.kind !== 'output') return own;
  const callers = readsInCallers(snapshot, declaration, module).map(({ file, traversal }) => {
    const steps = after(traversal, 0);
    const output = steps.findIndex(({ kind }) => kind === 'name');
    return { file, steps: steps.slice(output + 1) };
  });
  return [...own, ...callers];
}

/** In the value of the declaration, in its type, and in what it is given. */
function writtenKeys(snapshot: Snapshot, { declaration, module, names }: KeyAt): NamedPlace[] {
  const { node, file } = declaration;
  const places: NamedPlace[] = [];
  const spot = spotIn(snapshot, declaration, module, names);
  if (spot !== undefined) places.push({ path: spot.path, range: spot.range, role: 'declaration' });
  if (declaration.kind !== 'variable' || node.kind !== 'block') return places;
  const given = [
    { file, attribute: attributeOf(node.body, 'default') },
    ...settersOf(snapshot, declaration, module),
  ];
  for (const { file: setter, attribute } of given) {
    const range = attribute === undefined ? undefined : keyIn(attribute.value, names);
    if (range !== undefined) places.push({ path: setter.path, range, role: 'write' });
  }
  return places;
}

/** The place of a key in objects that are written out. */
function keyIn(expression: Expression, names: readonly string[]): Range | undefined {
  let inner = expression;
  let range: Range | undefined;
  for (const name of names) {
    while (inner.kind === 'parenthesis') inner = inner.inner;
    const item = inner.kind === 'object' ? inner.items.find(({ key }) => keyName(key) === name) : undefined;
    if (item === undefined) return undefined;
    range = keyRange(item.key);
    inner = item.value;
  }
  return range;
}

/** The keys around `offset`, down to the one that it touches; empty where it touches none. */
function keysAt(expression: Expression, offset: number): readonly string[] {
  const names: string[] = [];
  let inner = expression;
  for (;;) {
    if (inner.kind === 'parenthesis') inner = inner.inner;
    else if (inner.kind === 'call' && handsOn(inner.name)) {
      const argument = inner.arguments.find(({ range }) => touches(range, offset));
      if (argument === undefined) return [];
      inner = argument;
    } else if (inner.kind === 'object') {
      const item = inner.items.find(({ range }) => touches(range, offset));
      const name = item === undefined ? undefined : keyName(item.key);
      if (item === undefined || name === undefined) return [];
      names.push(name);
      if (touches(keyRange(item.key), offset)) return names;
      inner = item.value;
    } else return [];
  }
}

/** Whose value or type an argument is. */
function holderOf(snapshot: Snapshot, file: string, attribute: Attribute): Declared | undefined {
  const named = focusAt(snapshot, file, attribute.nameRange.start);
  if (named?.kind !== 'argument') return undefined;
  const [top] = named.blocks;
  const isOwn =
    named.blocks.length === 1 &&
    ((top?.type === 'variable' && (attribute.name === 'type' || attribute.name === 'default')) ||
      (top?.type === 'output' && attribute.name === 'value'));
  if (!isOwn) return declarationAt(snapshot, named);
  const declaration = named.module.declarations.find(({ node }) => node === top);
  return declaration === undefined ? undefined : { declaration, module: named.module };
}

/** The key that a name in a traversal reads. */
function readKey(
  snapshot: Snapshot,
  { use, step, module }: Extract<Focus, { kind: 'use' }>,
): KeyAt | undefined {
  const holder = stepsOf(snapshot, module, use).at(-1);
  if (holder === undefined || holder.step >= step) return undefined;
  const { declaration } = holder;
  if (declaration.kind !== 'local' && declaration.kind !== 'variable' && declaration.kind !== 'output')
    return undefined;
  const names = use.traversal.steps.slice(holder.step + 1, step + 1).map(nameIn);
  const found = names.filter((name) => name !== undefined);
  const at = { declaration, module: holder.module, names: found };
  const isKnown =
    found.length === names.length && spotIn(snapshot, declaration, holder.module, found) !== undefined;
  return isKnown ? at : undefined;
}

function nameIn(step: Step): string | undefined {
  if (step.kind === 'name') return step.name;
  return step.kind === 'index' ? literalString(step.key) : undefined;
}

function nameRange(step: Step): Range {
  return step.kind === 'index' ? keyRange(step.key) : step.range;
}

function namesMatch(steps: readonly Step[], names: readonly string[]): boolean {
  return names.every((name, index) => {
    const step = steps[index];
    return step !== undefined && nameIn(step) === name;
  });
}

/** Where the object is read as a whole nobody can tell who reads its keys. */
function refusalOf(
  declaration: Declaration,
  reads: readonly Read[],
  names: readonly string[],
  written: readonly NamedPlace[],
): string | undefined {
  if (written.some((place) => isInstalled(place.path)))
    return `${declaration.address} belongs to an installed module: terraform init would write its files anew.`;
  const whole = reads.find(
    ({ steps }) =>
      names.every((name, index) => {
        const step = steps[index];
        return step === undefined || nameIn(step) === undefined || nameIn(step) === name;
      }) && !namesMatch(steps, names),
  );
  return whole === undefined
    ? undefined
    : `${declaration.address} is read as a whole in ${path.basename(whole.file.path)}, where its keys may matter.`;
}
