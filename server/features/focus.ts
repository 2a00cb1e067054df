import type { Attribute, Block, Expression } from '../hcl/syntax';
import { nodePathAt } from '../hcl/walk';
import { dialectOf } from '../terraform/dialect';
import { factsOf } from '../terraform/facts';
import { isVariablesName } from '../terraform/fileNames';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { isCall } from '../terraform/stacks/stackCalls';
import { addressChain, targetOf, toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import type { Use } from '../terraform/uses';
import { touches } from '../text/range';
import type { Range } from '../text/range';
import { ownerOf } from './names/sideFiles';
import { moduleOf } from './snapshot';
import type { Location, Snapshot } from './snapshot';
import { inputAt, inputVariable } from './stacks/inputFocus';

interface Around {
  readonly file: ConfigFile;
  readonly module: Module;
  /** Blocks around the cursor, outermost first. */
  readonly blocks: readonly Block[];
  /** What is pointed at. */
  readonly range: Range;
}

/** What a person points at. */
export type Focus = Around &
  (
    | { readonly kind: 'blockType' }
    /** `blocks` ends with the block whose label it is. */
    | { readonly kind: 'label'; readonly index: number }
    | { readonly kind: 'argument'; readonly attribute: Attribute }
    | { readonly kind: 'function'; readonly name: string }
    /** A traversal to a declaration; `step` counts its names, -1 for the first. */
    | { readonly kind: 'use'; readonly use: Use; readonly step: number }
    /** `each.key`, `path.module` and others that no block declares. */
    | { readonly kind: 'context'; readonly traversal: Traversal; readonly step: number }
    | { readonly kind: 'moduleSource'; readonly attribute: Attribute }
  );

/** What stands at `offset`; `undefined` where nothing has a meaning of its own, and in templates. */
export function focusAt(snapshot: Snapshot, path: string, offset: number): Focus | undefined {
  const file = snapshot.index.file(path);
  if (file === undefined || dialectOf(path) === 'template') return undefined;
  const nodes = nodePathAt(file.syntax, offset);
  const blocks = nodes.filter((node): node is Block => node.kind === 'block');
  const around = { file, module: moduleOf(snapshot, path, offset), blocks };
  const last = nodes.at(-1);
  const attribute = nodes.findLast((node): node is Attribute => node.kind === 'attribute');
  if (last?.kind === 'block') return headerFocus(last, offset, around);
  if (attribute === undefined) return undefined;
  const input = inputAt(around.module, attribute, blocks, offset);
  if (input !== undefined) return { kind: 'argument', attribute: input, ...around, range: input.nameRange };
  if (touches(attribute.nameRange, offset)) {
    return { kind: 'argument', attribute, ...around, range: attribute.nameRange };
  }
  const expressions = nodes.filter(
    (node): node is Expression => node.kind !== 'block' && node.kind !== 'body' && node.kind !== 'attribute',
  );
  return (
    useFocus(file, offset, around) ??
    expressionFocus(expressions, offset, around) ??
    sourceFocus(attribute, last, blocks, around)
  );
}

/** The declaration that is pointed at, by its own name or by a use of it, with the module it belongs to. */
export function declarationAt(snapshot: Snapshot, focus: Focus): Declared | undefined {
  const found = foundAt(snapshot, focus);
  return found === undefined ? undefined : { ...found, module: ownerOf(found.declaration, found.module) };
}

/** A declaration with its module. */
export interface Declared {
  readonly declaration: Declaration;
  readonly module: Module;
}

/** A place in a traversal that names a declaration, with the declaration. */
export interface NamedStep extends Declared {
  readonly place: Location;
  /** The step that names it, and the first before it that belongs to the same address; -1 for the first name. */
  readonly step: number;
  readonly first: number;
}

/**
 * The declarations that a use names one after the other: a call, then the output that is read from it, or in addresses
 * what lies inside the called module.
 */
export function stepsOf(snapshot: Snapshot, module: Module, use: Use): readonly NamedStep[] {
  const { traversal, file } = use;
  const found: NamedStep[] = [];
  const add = (within: Module, address: string, first: number, step: number): Declaration | undefined => {
    const declaration = within.find(address);
    const range = traversal.steps[step]?.range ?? traversal.root.range;
    if (declaration !== undefined)
      found.push({ declaration, module: within, place: { path: file.path, range }, step, first });
    return declaration;
  };
  if (use.kind === 'address') {
    let within: Module | undefined = module;
    let first = -1;
    for (const { address, length } of addressChain(traversal)) {
      const call: Declaration | undefined =
        within === undefined ? undefined : add(within, address, first, length - 1);
      within = call === undefined || within === undefined ? undefined : snapshot.index.called(call, within);
      first = length;
      if (traversal.steps[first]?.kind === 'index') first += 1;
    }
    return found;
  }
  const length = use.kind === 'provider' ? 0 : (targetOf(traversal)?.length ?? 0);
  const call = add(module, use.target, -1, length - 1);
  const [output] = use.attributes;
  if (call === undefined || output === undefined || !isCall(call)) return found;
  const called = snapshot.index.called(call, ownerOf(call, module));
  const step = traversal.steps.findIndex((each, index) => index >= length && each.kind === 'name');
  if (called !== undefined) add(called, `output.${output}`, step, step);
  return found;
}

function foundAt(snapshot: Snapshot, focus: Focus): Declared | undefined {
  const { module } = focus;
  switch (focus.kind) {
    case 'label': {
      const own = factsOf(focus.file).declarations.find(({ node }) => node === focus.blocks.at(-1));
      const isName =
        own !== undefined && focus.range.start <= own.nameRange.start && own.nameRange.end <= focus.range.end;
      return isName ? { declaration: own, module } : undefined;
    }
    case 'argument':
      return argumentDeclaration(snapshot, focus);
    case 'use':
      return useDeclaration(snapshot, focus);
    default:
      return undefined;
  }
}

/** The part of a use that names its declaration: `trainer` in `aws_instance.trainer.id`. */
export function nameOfUse({ traversal, kind }: Use): Range {
  const length = kind === 'provider' ? 0 : (targetOf(traversal)?.length ?? 0);
  return traversal.steps[length - 1]?.range ?? traversal.root.range;
}

function headerFocus(block: Block, offset: number, around: Omit<Around, 'range'>): Focus | undefined {
  if (touches(block.typeRange, offset)) return { kind: 'blockType', ...around, range: block.typeRange };
  const index = block.labels.findIndex((label) => touches(label.range, offset));
  const label = block.labels[index];
  return label === undefined ? undefined : { kind: 'label', index, ...around, range: label.range };
}

function useFocus(file: ConfigFile, offset: number, around: Omit<Around, 'range'>): Focus | undefined {
  let found: Use | undefined;
  for (const [node, uses] of factsOf(file).uses) {
    if (!touches(node.range, offset)) continue;
    for (const use of uses) {
      if (touches(use.range, offset) && (found === undefined || size(use.range) < size(found.range)))
        found = use;
    }
  }
  if (found === undefined) return undefined;
  const pointed = stepAt(found.traversal, offset);
  return pointed === undefined ? undefined : { kind: 'use', use: found, ...pointed, ...around };
}

/** Which name of a traversal the offset touches. Inside an index key there is none. */
function stepAt(traversal: Traversal, offset: number): { step: number; range: Range } | undefined {
  if (touches(traversal.root.range, offset)) return { step: -1, range: traversal.root.range };
  const step = traversal.steps.findIndex(({ kind, range }) => kind === 'name' && touches(range, offset));
  const range = traversal.steps[step]?.range;
  return range === undefined ? undefined : { step, range };
}

function expressionFocus(
  expressions: readonly Expression[],
  offset: number,
  around: Omit<Around, 'range'>,
): Focus | undefined {
  for (const expression of expressions) {
    const traversal = toTraversal(expression);
    const pointed = traversal === undefined ? undefined : stepAt(traversal, offset);
    if (traversal !== undefined && pointed !== undefined)
      return { kind: 'context', traversal, ...pointed, ...around };
    if (expression.kind === 'call' && touches(expression.nameRange, offset)) {
      return { kind: 'function', name: expression.name, ...around, range: expression.nameRange };
    }
  }
  return undefined;
}

function sourceFocus(
  attribute: Attribute,
  last: { readonly kind: string; readonly range: Range } | undefined,
  blocks: readonly Block[],
  around: Omit<Around, 'range'>,
): Focus | undefined {
  const inRun = blocks.length === 2 && blocks[0]?.type === 'run' && blocks[1]?.type === 'module';
  const isHolder = inRun || (blocks.length === 1 && sourceHolders.has(blocks[0]?.type ?? ''));
  if (attribute.name !== 'source' || !isHolder || last?.kind !== 'template') return undefined;
  return { kind: 'moduleSource', attribute, ...around, range: last.range };
}

function argumentDeclaration(
  snapshot: Snapshot,
  { file, module, blocks, attribute }: Extract<Focus, { kind: 'argument' }>,
): Declared | undefined {
  const [top] = blocks;
  if (top === undefined) return isVariablesName(file.path) ? variableOf(module, attribute.name) : undefined;
  // In tests: values for all runs of a file, or for one.
  if (blocks.at(-1)?.type === 'variables') return variableOf(module, attribute.name);
  if (blocks.length !== 1) return undefined;
  if (top.type === 'locals') {
    const declaration = factsOf(file).declarations.find(({ node }) => node === attribute);
    return declaration === undefined ? undefined : { declaration, module };
  }
  if (top.type !== 'module') return inputVariable(snapshot, module, top, attribute);
  const call = module.find(`module.${top.labels[0]?.value ?? ''}`);
  const called = call === undefined ? undefined : snapshot.index.called(call, module);
  return called === undefined ? undefined : variableOf(called, attribute.name);
}

function variableOf(module: Module, name: string): Declared | undefined {
  const declaration = module.find(`var.${name}`);
  return declaration === undefined ? undefined : { declaration, module };
}

function useDeclaration(
  snapshot: Snapshot,
  { use, step, module }: Extract<Focus, { kind: 'use' }>,
): Declared | undefined {
  const named = stepsOf(snapshot, module, use);
  return named.findLast((each) => each.first <= step) ?? named[0];
}

function size(range: Range): number {
  return range.end - range.start;
}

/** Blocks whose `source` is a module or a stack. */
const sourceHolders: ReadonlySet<string> = new Set(['module', 'component', 'stack']);
