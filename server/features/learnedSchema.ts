import type { CtyType } from '../cty/type';
import type { Block, Body, Expression } from '../hcl/syntax';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, SchemaKind } from '../providers/schema';
import type { Declaration, Module } from '../terraform/model';
import type { ModuleIndex } from '../terraform/moduleIndex';
import { providerOf, sourceOf } from '../terraform/providerSource';
import type { Snapshot } from './snapshot';

/** What Terraform itself reads in the body of a resource, data source or provider configuration. */
const ownNames = new Set(
  'count depends_on for_each provider alias version connection lifecycle provisioner'.split(' '),
);

const kinds: ReadonlySet<string> = new Set(['provider', 'resource', 'data', 'ephemeral']);

/** Types by their key, as one module uses them; an edit elsewhere leaves them as they are. */
type Uses = ReadonlyMap<string, LearnedBlock>;

const usesOfModules = new WeakMap<Module, Uses>();
const answers = new WeakMap<ModuleIndex, Map<string, BlockSchema | undefined>>();

/**
 * What the workspace does with a type of a provider that nobody knows: the arguments and blocks it sets in any module,
 * and the attributes it reads of them. Good to complete from; it is open, so that nothing is wrong because of it.
 * `undefined` where no block of that type is in the workspace.
 */
export function learnSchema(
  snapshot: Snapshot,
  module: Module,
  kind: SchemaKind,
  type: string,
  source: string,
): BlockSchema | undefined {
  const known = answers.get(snapshot.index) ?? new Map<string, BlockSchema | undefined>();
  answers.set(snapshot.index, known);
  const key = keyOf(source, kind, kind === 'provider' ? '' : type);
  if (!known.has(key)) known.set(key, learn(snapshot, module, key));
  return known.get(key);
}

/** The names of the types that the workspace uses, of whatever provider, sorted. */
export function learnedTypes(
  snapshot: Snapshot,
  module: Module,
  kind: Exclude<SchemaKind, 'provider'>,
): readonly string[] {
  const names = [module, ...snapshot.index.knownModules()].flatMap(({ declarations }) =>
    declarations.flatMap((declaration) =>
      declaration.kind === kind && declaration.type !== '' ? declaration.type : [],
    ),
  );
  return [...new Set(names)].sort();
}

function learn(snapshot: Snapshot, module: Module, key: string): BlockSchema | undefined {
  const modules = new Set([module, ...snapshot.index.knownModules()]);
  const learned = [...modules].flatMap((each) => usesIn(snapshot, each).get(key) ?? []);
  if (learned.length === 0) return undefined;
  const whole = new LearnedBlock();
  for (const each of learned) whole.absorb(each);
  return whole.close();
}

function usesIn(snapshot: Snapshot, module: Module): Uses {
  const known = usesOfModules.get(module);
  if (known !== undefined) return known;
  const uses = new Map<string, LearnedBlock>();
  const useOf = (declaration: Declaration): LearnedBlock | undefined => {
    const { kind, name, type } = declaration;
    if (!isSchemaKind(kind) || (kind !== 'provider' && type === '')) return undefined;
    const source = kind === 'provider' ? sourceOf(name, module) : providerOf(declaration, module);
    if (snapshot.schemas.provider(source) !== undefined) return undefined;
    const key = keyOf(source, kind, type);
    const block = uses.get(key) ?? new LearnedBlock();
    uses.set(key, block);
    return block;
  };
  for (const declaration of module.declarations) {
    if (declaration.node.kind === 'block') useOf(declaration)?.addBody(declaration.node.body, true);
  }
  // Nobody asks which attributes are read of types that are known.
  for (const declaration of uses.size === 0 ? [] : module.declarations) {
    for (const { target, attributes } of module.references(declaration)) {
      const read = attributes[0] === undefined ? undefined : module.find(target);
      if (read !== undefined) useOf(read)?.addReading(attributes[0] ?? '');
    }
  }
  usesOfModules.set(module, uses);
  return uses;
}

function isSchemaKind(kind: string): kind is SchemaKind {
  return kinds.has(kind);
}

function keyOf(source: string, kind: SchemaKind, type: string): string {
  return `${kind} ${type} ${source}`;
}

/** A block as it is seen being used. */
class LearnedBlock {
  private readonly attributes = new Map<string, AttributeSchema>();
  private readonly blocks = new Map<string, LearnedBlock>();

  addBody(body: Body, isRoot: boolean): void {
    for (const item of body.items) {
      if (item.kind === 'attribute') {
        if (isRoot && ownNames.has(item.name)) continue;
        this.addArgument(item.name, literalType(item.value));
      } else if (!isRoot || !ownNames.has(item.type)) this.addBlock(item);
    }
  }

  /** Adds what another module does with the same type. */
  absorb(other: LearnedBlock): void {
    for (const [name, attribute] of other.attributes) {
      if (attribute.optional === true) this.addArgument(name, attribute.type ?? 'dynamic');
      else this.addReading(name);
    }
    for (const [name, block] of other.blocks) {
      const own = this.blocks.get(name) ?? new LearnedBlock();
      this.blocks.set(name, own);
      own.absorb(block);
    }
  }

  /** An attribute that is only ever read may not be settable. */
  addReading(name: string): void {
    if (!this.attributes.has(name) && !this.blocks.has(name))
      this.attributes.set(name, { type: 'dynamic', computed: true });
  }

  close(): BlockSchema {
    const blocks = [...this.blocks].map(([name, block]): [string, NestedBlockSchema] => [
      name,
      { nesting: 'list', minItems: 0, maxItems: 0, block: block.close() },
    ]);
    return {
      attributes: Object.fromEntries(this.attributes),
      blocks: Object.fromEntries(blocks),
      open: true,
    };
  }

  private addArgument(name: string, type: CtyType): void {
    const before = this.attributes.get(name);
    const agreed = before?.optional === true && before.type !== type ? 'dynamic' : type;
    this.attributes.set(name, { type: agreed, optional: true });
  }

  /** `dynamic "rule" { content { … } }` stands for blocks of type `rule`. */
  private addBlock(item: Block): void {
    const isDynamic = item.type === 'dynamic' && item.labels.length === 1;
    const name = isDynamic ? (item.labels[0]?.value ?? '') : item.type;
    if (!/^\w[\w-]*$/.test(name) || name === '__proto__') return;
    const block = this.blocks.get(name) ?? new LearnedBlock();
    this.blocks.set(name, block);
    if (!isDynamic) block.addBody(item.body, false);
    else
      for (const content of item.body.items)
        if (content.kind === 'block' && content.type === 'content') block.addBody(content.body, false);
  }
}

function literalType(value: Expression): 'string' | 'number' | 'bool' | 'dynamic' {
  if (value.kind === 'template') return 'string';
  if (value.kind !== 'literal' || value.value === null) return 'dynamic';
  return typeof value.value === 'boolean' ? 'bool' : 'number';
}
