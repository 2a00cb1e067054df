import type { Block, Body, Expression } from '../hcl/syntax';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../providers/schema';
import type { Declaration, Module, ModuleNode, ProviderUse } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import type { ServedSchema } from './simulatedProvider';

/**
 * A schema for a provider nothing is known about, from what the configuration itself does with it: whatever it sets
 * may be set, whatever it reads is known after apply. It finds no mistakes; it lets everything around it be planned.
 */
export function inferSchema(tree: ModuleNode, use: ProviderUse): ServedSchema {
  const inference = new Inference(use);
  for (const { module } of eachNode(tree)) inference.add(module);
  return inference.schema();
}

interface OpenBlock {
  readonly attributes: Record<string, AttributeSchema>;
  readonly blocks: Record<string, { readonly block: OpenBlock; readonly single: boolean }>;
}

/** Meta-arguments and blocks that Terraform reads itself. */
const ownArguments = new Set(['count', 'depends_on', 'for_each', 'provider', 'alias', 'version']);
const ownBlocks = new Set(['connection', 'lifecycle', 'provisioner']);

class Inference {
  private readonly provider = openBlock();
  private readonly types = new Map<string, OpenBlock>();

  constructor(private readonly use: ProviderUse) {
    const kinds = { resource: use.resources, data: use.data, ephemeral: use.ephemeral };
    for (const [kind, names] of Object.entries(kinds)) {
      for (const name of names) {
        const block = openBlock();
        block.attributes.id = { type: 'string', optional: true, computed: true };
        this.types.set(`${kind} ${name}`, block);
      }
    }
  }

  add(module: Module): void {
    const localName = module.requirements.find((each) => each.source === this.use.source)?.name;
    for (const declaration of module.declarations) {
      const { node } = declaration;
      const block = this.types.get(`${declaration.kind} ${declaration.type}`);
      if (node.kind === 'block' && block !== undefined) addBody(block, node.body, true);
      const ours =
        declaration.kind === 'provider' && declaration.name === (localName ?? shortName(this.use.source));
      if (node.kind === 'block' && ours) addBody(this.provider, node.body, false);
      for (const reference of module.references(declaration))
        this.addReading(module, reference.target, reference.attributes);
    }
  }

  schema(): ServedSchema {
    const blocks = (kind: string): Record<string, BlockSchema> =>
      Object.fromEntries(
        [...this.types]
          .filter(([key]) => key.startsWith(`${kind} `))
          .map(([key, block]) => [key.slice(kind.length + 1), close(block)]),
      );
    return {
      provider: close(this.provider),
      resource: blocks('resource'),
      data: blocks('data'),
      ephemeral: blocks('ephemeral'),
    };
  }

  private addReading(module: Module, target: string, steps: readonly string[]): void {
    const declaration: Declaration | undefined = module.find(target);
    const [name, ...deeper] = steps;
    if (declaration === undefined || name === undefined) return;
    const block = this.types.get(`${declaration.kind} ${declaration.type}`);
    if (block === undefined || block.attributes[name] !== undefined || block.blocks[name] !== undefined)
      return;
    block.attributes[name] = { type: deeper.length > 0 ? 'dynamic' : 'string', computed: true };
  }
}

function openBlock(): OpenBlock {
  return { attributes: {}, blocks: {} };
}

function addBody(block: OpenBlock, body: Body, root: boolean): void {
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      if (root && ownArguments.has(item.name)) continue;
      const type = literalType(item.value);
      const before = block.attributes[item.name]?.type;
      const settable = {
        type: before === undefined || before === type ? type : 'dynamic',
        optional: true,
      } as const;
      block.attributes[item.name] = root ? { ...settable, computed: true } : settable;
    } else if (!(root && ownBlocks.has(item.type))) addBlock(block, item);
  }
}

/** `dynamic "rule" { content { … } }` stands for blocks of type `rule`. */
function addBlock(block: OpenBlock, item: Block): void {
  const isDynamic = item.type === 'dynamic' && item.labels.length === 1;
  const name = isDynamic ? (item.labels[0]?.value ?? '') : item.type;
  const nested = block.blocks[name] ?? { block: openBlock(), single: name === 'timeouts' };
  block.blocks[name] = nested;
  for (const content of isDynamic ? item.body.items : [item]) {
    if (content.kind === 'block' && (!isDynamic || content.type === 'content'))
      addBody(nested.block, content.body, false);
  }
}

function literalType(value: Expression): 'string' | 'number' | 'bool' | 'dynamic' {
  if (value.kind === 'template') return 'string';
  if (value.kind !== 'literal' || value.value === null) return 'dynamic';
  return typeof value.value === 'boolean' ? 'bool' : 'number';
}

function close(block: OpenBlock): BlockSchema {
  const blocks: Record<string, NestedBlockSchema> = {};
  for (const [name, nested] of Object.entries(block.blocks)) {
    const nesting = nested.single ? 'single' : 'list';
    blocks[name] = { nesting, minItems: 0, maxItems: 0, block: close(nested.block) };
  }
  return { attributes: block.attributes, blocks };
}

function shortName(source: string): string {
  return source.slice(source.lastIndexOf('/') + 1);
}
