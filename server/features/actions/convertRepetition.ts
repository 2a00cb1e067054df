import type { Attribute, Block } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { isJsonConfig, isOverride } from '../../terraform/fileNames';
import type { Declaration } from '../../terraform/model';
import { attributeOf } from '../../terraform/values';
import { touches } from '../../text/range';
import { overrideOf } from './blocks';
import type { Change, FileEdit } from './codeAction';
import type { Selected } from './context';
import { readCount } from './instancesOfCount';
import { readForEach } from './instancesOfForEach';
import { movedBlocksEdit } from './moved';
import { Unconvertible } from './repetition';
import type { Repetition } from './repetition';
import { InstanceRewriter } from './rewriteInstances';

/**
 * Turns `count` into `for_each` and back, with all that reads the instances and a `moved` block for each of them.
 * Disabled with the reason where the keys are not known or something cannot be rewritten exactly.
 */
export function conversions(selected: Selected): readonly Change[] {
  const declaration = repeatedAt(selected);
  if (declaration === undefined || isOverride(declaration.file.path)) return [];
  const { body } = declaration.node;
  const count = attributeOf(body, 'count');
  const forEach = attributeOf(body, 'for_each');
  if ((count === undefined) === (forEach === undefined)) return [];
  const title = count === undefined ? 'Convert for_each to count' : 'Convert count to for_each';
  const kind = 'refactor.rewrite';
  const override = overrideOf(selected.module, declaration);
  if (override !== undefined)
    return [{ title, kind, edits: [], disabled: `${override} changes ${declaration.address} as well.` }];
  try {
    const repetition =
      count === undefined ? readForEach(selected, declaration) : readCount(selected, declaration);
    return [{ title, kind, edits: converted(selected, declaration, repetition) }];
  } catch (error) {
    if (!(error instanceof Unconvertible)) throw error;
    return [{ title, kind, edits: [], disabled: error.message }];
  }
}

type Repeated = Declaration & { readonly node: Block };

/** The block in whose header, or in whose `count` or `for_each`, the cursor stands. */
function repeatedAt({ file, module, selection }: Selected): Repeated | undefined {
  const nodes = nodePathAt(file.syntax, selection.start);
  const block = nodes.find((node): node is Block => node.kind === 'block');
  const attribute = nodes.find((node): node is Attribute => node.kind === 'attribute');
  if (block === undefined || !['resource', 'data', 'module'].includes(block.type)) return undefined;
  const isHeader = selection.start <= block.body.range.start;
  const isRepetition =
    attribute !== undefined &&
    (attribute.name === 'count' || attribute.name === 'for_each') &&
    touches(attribute.nameRange, selection.start);
  if (!isHeader && !isRepetition) return undefined;
  return module.declarations.find(
    (each): each is Repeated =>
      each.file.path === file.path && each.node.kind === 'block' && each.range.start === block.range.start,
  );
}

function converted(selected: Selected, declaration: Repeated, repetition: Repetition): FileEdit[] {
  const { snapshot, module } = selected;
  const { file, node } = declaration;
  const old = attributeOf(node.body, 'count') ?? attributeOf(node.body, 'for_each');
  if (old === undefined) return [];
  const rewriter = new InstanceRewriter(snapshot, module, declaration, repetition);
  const moved =
    declaration.kind === 'data'
      ? []
      : repetition.moves.map(([from, to]) => ({
          from: `${declaration.address}[${from}]`,
          to: `${declaration.address}[${to}]`,
        }));
  const edits = [
    { path: file.path, range: old.range, newText: repetition.argument },
    ...repetition.further,
    ...rewriter.edits(),
    ...movedBlocksEdit(snapshot, module, declaration, moved),
  ];
  const json = edits.find(({ path }) => isJsonConfig(path));
  if (json !== undefined)
    throw new Unconvertible('A JSON file reads it, and nothing can be rewritten there.');
  return edits;
}
