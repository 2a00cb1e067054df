import type { Block, Body } from '../hcl/syntax';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../providers/schema';
import type { CtyType } from '../cty/type';
import type { Module, ModuleNode, ProviderUse } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { providerOf, sourceOf } from '../terraform/providerSource';
import { exampleValue } from './examples';
import type { Json } from './examples';
import type { ObjectType } from './scenarioRules';
import type { ServedSchema } from './simulatedProvider';
import type { StateContents } from './stateTypes';
import type { UsedTypes } from './usedTypes';

export interface InferredProvider {
  readonly schema: ServedSchema;
  /** Values that the use of an attribute asks for, such as a list where one is taken apart, by type of object. */
  readonly examples: Readonly<Record<ObjectType, Readonly<Record<string, Json>>>>;
}

/**
 * A schema for a provider nothing is known about, from what the configuration itself does with it: whatever it sets
 * may be set and keeps the type it is written with, whatever it reads is known after apply. Blocks are blocks,
 * arguments are arguments. What is in the state stays readable, also when the configuration has dropped it. It finds
 * no mistakes; it lets everything around it be planned.
 */
export function inferProvider(
  trees: readonly { readonly tree: ModuleNode; readonly used: UsedTypes }[],
  use: ProviderUse,
  state: StateContents,
): InferredProvider {
  const inference = new Inference(use, state);
  for (const { tree, used } of trees) for (const { module } of eachNode(tree)) inference.add(module, used);
  return inference.result();
}

interface OpenBlock {
  readonly attributes: Record<string, AttributeSchema>;
  readonly blocks: Record<string, { readonly block: OpenBlock; single: boolean }>;
}

/** Meta-arguments and blocks that Terraform reads itself. */
const ownArguments = new Set(['count', 'depends_on', 'for_each', 'provider', 'alias', 'version']);
const ownBlocks = new Set(['connection', 'lifecycle', 'provisioner']);

class Inference {
  private readonly provider = openBlock();
  private readonly types = new Map<ObjectType, OpenBlock>();
  private readonly examples = new Map<ObjectType, Record<string, Json>>();

  constructor(
    private readonly use: ProviderUse,
    state: StateContents,
  ) {
    const kinds = { resource: use.resources, data: use.data, ephemeral: use.ephemeral } as const;
    for (const kind of ['resource', 'data', 'ephemeral'] as const) {
      for (const name of kinds[kind]) {
        const block = openBlock();
        block.attributes.id = { type: 'string', optional: true, computed: true };
        for (const stored of state.attributes.get(`${kind} ${name}`) ?? [])
          block.attributes[stored] ??= { type: 'dynamic', optional: true };
        this.types.set(`${kind} ${name}`, block);
      }
    }
  }

  add(module: Module, used: UsedTypes): void {
    for (const declaration of module.declarations) {
      const { node, kind } = declaration;
      if (node.kind !== 'block') continue;
      if (kind === 'provider' && sourceOf(declaration.name, module) === this.use.source) {
        addBody(this.provider, node.body, false);
      }
      if (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral') continue;
      const type: ObjectType = `${kind} ${declaration.type}`;
      const block = this.types.get(type);
      if (block === undefined || providerOf(declaration, module) !== this.use.source) continue;
      addBody(block, node.body, true);
      this.addReading(type, block, used.of(module, declaration.address));
    }
  }

  result(): InferredProvider {
    const blocks = (kind: string): Record<string, BlockSchema> =>
      Object.fromEntries(
        [...this.types]
          .filter(([key]) => key.startsWith(`${kind} `))
          .map(([key, block]) => [key.slice(kind.length + 1), close(block)]),
      );
    return {
      schema: {
        provider: close(this.provider),
        resource: blocks('resource'),
        data: blocks('data'),
        ephemeral: blocks('ephemeral'),
      },
      examples: Object.fromEntries(this.examples),
    };
  }

  private addReading(type: ObjectType, block: OpenBlock, read: CtyType): void {
    if (typeof read === 'string' || read[0] !== 'object') return;
    for (const [name, inner] of Object.entries(read[1])) {
      const nested = block.blocks[name];
      if (nested !== undefined) {
        // `disk.size` is what nobody writes for a list of blocks.
        if (typeof inner !== 'string' && inner[0] === 'object') nested.single = true;
        continue;
      }
      if (name === 'id') continue;
      block.attributes[name] = { ...(block.attributes[name] ?? { type: 'dynamic' }), computed: true };
      if (inner === 'dynamic' || inner === 'string') continue;
      const examples = this.examples.get(type) ?? {};
      this.examples.set(type, { ...examples, [name]: exampleValue(name, inner, type) });
    }
  }
}

function openBlock(): OpenBlock {
  return { attributes: {}, blocks: {} };
}

/** Any type: the state keeps the type of each value beside it, so nothing breaks when the configuration changes its mind. */
function addBody(block: OpenBlock, body: Body, root: boolean): void {
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      if (root && (ownArguments.has(item.name) || item.name === 'id')) continue;
      block.attributes[item.name] = { ...block.attributes[item.name], type: 'dynamic', optional: true };
    } else if (!(root && ownBlocks.has(item.type))) addBlock(block, item);
  }
}

/** `dynamic "rule" { content { … } }` stands for blocks of type `rule`. */
function addBlock(block: OpenBlock, item: Block): void {
  const isDynamic = item.type === 'dynamic' && item.labels.length === 1;
  const name = isDynamic ? (item.labels[0]?.value ?? '') : item.type;
  const nested = block.blocks[name] ?? { block: openBlock(), single: name === 'timeouts' };
  block.blocks[name] = nested;
  // A state only tells the name; the configuration knows that it is a block.
  Reflect.deleteProperty(block.attributes, name);
  for (const content of isDynamic ? item.body.items : [item]) {
    if (content.kind === 'block' && (!isDynamic || content.type === 'content'))
      addBody(nested.block, content.body, false);
  }
}

function close(block: OpenBlock): BlockSchema {
  const blocks: Record<string, NestedBlockSchema> = {};
  for (const [name, nested] of Object.entries(block.blocks)) {
    const nesting = nested.single ? 'single' : 'list';
    blocks[name] = { nesting, minItems: 0, maxItems: 0, block: close(nested.block) };
  }
  return { attributes: block.attributes, blocks };
}
