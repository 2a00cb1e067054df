import type { Block } from '../../hcl/syntax';
import type { AttributeSchema, BlockSchema } from '../../providers/schema';
import type { Module } from '../../terraform/model';
import { chosenProvider } from '../../terraform/providerSource';
import { SideView } from '../../terraform/tests/sideView';
import { toTraversal } from '../../terraform/traversal';
import { toType } from '../../terraform/typeExpression';
import { attributeOf, literalString } from '../../terraform/values';
import { findSchema } from '../providerSchemas';
import type { Snapshot } from '../snapshot';
import { findTarget } from './targets';

/** A block around a body, as in bodyRules.ts. */
interface OpenBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly node?: Block | undefined;
}

type Attributes = Readonly<Record<string, AttributeSchema>>;

/** The module whose variables a `variables` block of a test sets: that of the run around it, else the one under test. */
export function inputsModule(module: Module, around: OpenBlock | undefined): Module | undefined {
  const scope = scopeAt(module, around);
  return scope instanceof SideView ? scope.about : undefined;
}

/**
 * Arguments of a block of a test file of which more is known than Terraform's language says; `blocks` end with it.
 * `undefined` where there are none.
 */
export function testArguments(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly OpenBlock[],
): Attributes | undefined {
  const block = blocks.at(-1);
  const scope = scopeAt(module, blocks[0]);
  switch (block?.type) {
    case 'mock_resource':
    case 'mock_data': {
      const kind = block.type === 'mock_data' ? 'data' : 'resource';
      const [provider] = blocks.length > 1 ? (blocks[0]?.labels ?? []) : [];
      const found = findSchema(snapshot, scope, kind, block.labels[0] ?? '', provider);
      return found === undefined ? undefined : { defaults: values(found.schema) };
    }
    case 'override_resource':
    case 'override_data':
    case 'override_module':
      return overrideArguments(snapshot, scope, block);
    default:
      return undefined;
  }
}

function scopeAt(module: Module, top: OpenBlock | undefined): Module {
  return top?.node === undefined ? module : (module.at?.(top.node.range.start) ?? module);
}

function overrideArguments(snapshot: Snapshot, scope: Module, { node }: OpenBlock): Attributes | undefined {
  const target = node === undefined ? undefined : attributeOf(node.body, 'target')?.value;
  const traversal = target === undefined ? undefined : toTraversal(target);
  const found = traversal === undefined ? undefined : findTarget(snapshot, scope, traversal);
  if (found?.kind !== 'found') return undefined;
  const { declaration, module } = found;
  if (declaration.kind === 'module') {
    const called = snapshot.index.called(declaration, module);
    return called === undefined ? undefined : { outputs: outputs(called) };
  }
  const { kind, type } = declaration;
  if ((kind !== 'resource' && kind !== 'data') || declaration.node.kind !== 'block') return undefined;
  const schema = findSchema(snapshot, module, kind, type, chosenProvider(declaration.node));
  return schema === undefined ? undefined : { values: values(schema.schema) };
}

/** What a mock may say: what is computed, because a configuration sets all else. */
function values(schema: BlockSchema): AttributeSchema {
  return {
    optional: true,
    nested: { nesting: 'single', attributes: computedIn(schema) },
    description: 'Values of computed attributes. What is left out is made up by its type.',
  };
}

function computedIn(schema: BlockSchema): Attributes {
  const own = Object.entries(schema.attributes)
    .filter(([, attribute]) => attribute.computed === true)
    .map(([name, attribute]): [string, AttributeSchema] => [name, asValue(attribute)]);
  const nested = Object.entries(schema.blocks).flatMap(
    ([name, { nesting, block }]): [string, AttributeSchema][] => {
      const attributes = computedIn(block);
      return Object.keys(attributes).length === 0
        ? []
        : [[name, { optional: true, nested: { nesting, attributes } }]];
    },
  );
  return Object.fromEntries([...own, ...nested]);
}

function asValue({ type, nested, description, sensitive }: AttributeSchema): AttributeSchema {
  return {
    optional: true,
    ...(type !== undefined && { type }),
    ...(nested !== undefined && { nested }),
    ...(description !== undefined && { description }),
    ...(sensitive !== undefined && { sensitive }),
  };
}

function outputs(called: Module): AttributeSchema {
  const attributes = called.declarations
    .filter(({ kind }) => kind === 'output')
    .map(({ name, node }): [string, AttributeSchema] => {
      const body = node.kind === 'block' ? node.body : undefined;
      const description =
        body === undefined ? undefined : literalString(attributeOf(body, 'description')?.value);
      const type = toType(body === undefined ? undefined : attributeOf(body, 'type')?.value);
      return [name, { type, optional: true, ...(description !== undefined && { description }) }];
    });
  return {
    optional: true,
    nested: { nesting: 'single', attributes: Object.fromEntries(attributes) },
    description: 'Values of the outputs of the module call. What is left out is null.',
  };
}
