import type { Attribute, Block, Expression } from '../hcl/syntax';
import { nodePathAt } from '../hcl/walk';
import { factsOf } from '../terraform/facts';
import { isVariablesName } from '../terraform/fileNames';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { targetOf, toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import type { Use } from '../terraform/uses';
import { touches } from '../text/range';
import type { Range } from '../text/range';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';

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

/** What stands at `offset`; `undefined` where nothing has a meaning of its own. */
export function focusAt(snapshot: Snapshot, path: string, offset: number): Focus | undefined {
  const file = snapshot.index.file(path);
  if (file === undefined) return undefined;
  const nodes = nodePathAt(file.syntax, offset);
  const blocks = nodes.filter((node): node is Block => node.kind === 'block');
  const around = { file, module: moduleOf(snapshot, path), blocks };
  const last = nodes.at(-1);
  const attribute = nodes.findLast((node): node is Attribute => node.kind === 'attribute');
  if (last?.kind === 'block') return headerFocus(last, offset, around);
  if (attribute === undefined) return undefined;
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
export function declarationAt(
  snapshot: Snapshot,
  focus: Focus,
): { readonly declaration: Declaration; readonly module: Module } | undefined {
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
  const isSource = attribute.name === 'source' && blocks.length === 1 && blocks[0]?.type === 'module';
  if (!isSource || last?.kind !== 'template') return undefined;
  return { kind: 'moduleSource', attribute, ...around, range: last.range };
}

function argumentDeclaration(
  snapshot: Snapshot,
  focus: Extract<Focus, { kind: 'argument' }>,
): { declaration: Declaration; module: Module } | undefined {
  const { file, module, blocks, attribute } = focus;
  const [top] = blocks;
  if (top === undefined && isVariablesName(file.path)) return variableOf(module, attribute.name);
  if (top?.type === 'locals' && blocks.length === 1) {
    const declaration = factsOf(file).declarations.find(({ node }) => node === attribute);
    return declaration === undefined ? undefined : { declaration, module };
  }
  if (top?.type !== 'module' || blocks.length !== 1) return undefined;
  const call = module.find(`module.${top.labels[0]?.value ?? ''}`);
  const called = call === undefined ? undefined : snapshot.index.called(call, module);
  return called === undefined ? undefined : variableOf(called, attribute.name);
}

function variableOf(module: Module, name: string): { declaration: Declaration; module: Module } | undefined {
  const declaration = module.find(`var.${name}`);
  return declaration === undefined ? undefined : { declaration, module };
}

function useDeclaration(
  snapshot: Snapshot,
  { use, step, module }: Extract<Focus, { kind: 'use' }>,
): { declaration: Declaration; module: Module } | undefined {
  const declaration = module.find(use.target);
  if (declaration === undefined) return undefined;
  const length = targetOf(use.traversal)?.length ?? 0;
  const [output] = use.attributes;
  if (declaration.kind !== 'module' || step < length || output === undefined) return { declaration, module };
  const called = snapshot.index.called(declaration, module);
  const found = called?.find(`output.${output}`);
  return called === undefined || found === undefined ? undefined : { declaration: found, module: called };
}

function size(range: Range): number {
  return range.end - range.start;
}
