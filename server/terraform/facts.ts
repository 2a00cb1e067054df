import type { Attribute, Block, Body, Expression } from '../hcl/syntax';
import { dialectOf } from './dialect';
import { labelText } from './labels';
import type { Range } from '../text/range';
import type { ConfigFile, Declaration, DeclarationKind, ProviderRequirement } from './model';
import { fullSource } from './providerSource';
import { stackDeclarations, stackRequirements, stackUses } from './stacks/stackFacts';
import { usesIn } from './uses';
import type { Use } from './uses';
import { attributeOf, blocksOf, keyName, literalString } from './values';

/** What one file says, independent of every other file. */
export interface FileFacts {
  /** In file order. */
  readonly declarations: readonly Declaration[];
  readonly requirements: readonly ProviderRequirement[];
  /** Every use in the file by the top-level block or local attribute it stands in. */
  readonly uses: ReadonlyMap<Block | Attribute, readonly Use[]>;
}

const known = new WeakMap<ConfigFile, FileFacts>();

/** The facts of a file, computed once per `ConfigFile`. */
export function factsOf(file: ConfigFile): FileFacts {
  const seen = known.get(file);
  if (seen !== undefined) return seen;
  const facts = readFacts(file);
  known.set(file, facts);
  return facts;
}

function readFacts(file: ConfigFile): FileFacts {
  switch (dialectOf(file.path)) {
    case 'stack':
    case 'deployment':
      return new StackFacts(file);
    case 'lock':
      return { declarations: [], requirements: [], uses: new Map() };
    default:
      return new CollectedFacts(file);
  }
}

class StackFacts implements FileFacts {
  readonly declarations: readonly Declaration[];
  readonly requirements: readonly ProviderRequirement[];
  /** Held for the same reason as in `CollectedFacts`. */
  private readonly body: Body;
  private collected: ReadonlyMap<Block | Attribute, readonly Use[]> | undefined;

  constructor(private readonly file: ConfigFile) {
    this.body = file.syntax.body;
    this.declarations = stackDeclarations(file, this.body);
    this.requirements = stackRequirements(this.body);
  }

  get uses(): ReadonlyMap<Block | Attribute, readonly Use[]> {
    this.collected ??= stackUses(this.file, this.body);
    return this.collected;
  }
}

/** Facts of a file; its uses, which are many, are only collected where somebody asks for them. */
class CollectedFacts implements FileFacts {
  readonly declarations: readonly Declaration[];
  readonly requirements: readonly ProviderRequirement[];
  /** Held, because declarations are told apart by their nodes, and nodes are made anew when nobody holds them. */
  private readonly body: Body;
  private collected: ReadonlyMap<Block | Attribute, readonly Use[]> | undefined;

  constructor(private readonly file: ConfigFile) {
    this.body = file.syntax.body;
    const declarations: Declaration[] = [];
    const requirements: ProviderRequirement[] = [];
    for (const node of topLevelNodes(this.body)) {
      if (node.kind === 'attribute') declarations.push(localDeclaration(node, file));
      else {
        declarations.push(...blockDeclarations(node, file));
        if (node.type === 'terraform') requirements.push(...requirementsIn(node));
      }
    }
    this.declarations = declarations;
    this.requirements = requirements;
  }

  get uses(): ReadonlyMap<Block | Attribute, readonly Use[]> {
    if (this.collected !== undefined) return this.collected;
    const uses = new Map<Block | Attribute, readonly Use[]>();
    for (const node of topLevelNodes(this.body)) {
      if (node.kind === 'attribute' || node.type !== 'terraform') uses.set(node, usesIn(node, this.file));
    }
    this.collected = uses;
    return uses;
  }
}

/** Top-level blocks, in the place of `locals` the values in it. */
function* topLevelNodes(body: Body): Generator<Block | Attribute> {
  for (const item of body.items) {
    if (item.kind !== 'block') continue;
    if (item.type !== 'locals') yield item;
    else for (const local of item.body.items) if (local.kind === 'attribute') yield local;
  }
}

function localDeclaration(local: Attribute, file: ConfigFile): Declaration {
  return new Declared(
    { kind: 'local', address: `local.${local.name}`, type: '', name: local.name },
    file,
    local,
  );
}

function blockDeclarations(block: Block, file: ConfigFile): Declaration[] {
  const own = blockDeclaration(block, file);
  const scoped =
    block.type === 'check' ? blocksOf(block.body, 'data').map((data) => blockDeclaration(data, file)) : [];
  return [own, ...scoped].filter((declaration) => declaration !== undefined);
}

const addressPrefix: Readonly<
  Record<string, { readonly kind: DeclarationKind; readonly prefix: string; readonly typed: boolean }>
> = {
  resource: { kind: 'resource', prefix: '', typed: true },
  data: { kind: 'data', prefix: 'data.', typed: true },
  ephemeral: { kind: 'ephemeral', prefix: 'ephemeral.', typed: true },
  action: { kind: 'action', prefix: 'action.', typed: true },
  module: { kind: 'module', prefix: 'module.', typed: false },
  variable: { kind: 'variable', prefix: 'var.', typed: false },
  output: { kind: 'output', prefix: 'output.', typed: false },
  provider: { kind: 'provider', prefix: 'provider.', typed: false },
  check: { kind: 'check', prefix: 'check.', typed: false },
  run: { kind: 'run', prefix: 'run.', typed: false },
  mock_provider: { kind: 'provider', prefix: 'provider.', typed: false },
  list: { kind: 'list', prefix: 'list.', typed: true },
};

function blockDeclaration(block: Block, file: ConfigFile): Declaration | undefined {
  const rule = Object.hasOwn(addressPrefix, block.type) ? addressPrefix[block.type] : undefined;
  const [first, second] = block.labels;
  if (rule === undefined || first === undefined) return undefined;
  const nameLabel = rule.typed ? second : first;
  if (nameLabel === undefined || nameLabel.value === '') return undefined;
  const type = rule.typed ? first.value : '';
  const alias = rule.kind === 'provider' ? literalString(attributeOf(block.body, 'alias')?.value) : undefined;
  const path = [type, nameLabel.value, alias].filter((part) => part !== undefined && part !== '').join('.');
  const { value: name } = nameLabel;
  return new Declared({ kind: rule.kind, address: `${rule.prefix}${path}`, type, name }, file, block);
}

/** Where it stands is asked of the syntax tree: a workspace has too many declarations to note it for each. */
class Declared implements Declaration {
  readonly kind: DeclarationKind;
  readonly address: string;
  readonly type: string;
  readonly name: string;

  constructor(
    { kind, address, type, name }: Pick<Declaration, 'kind' | 'address' | 'type' | 'name'>,
    readonly file: ConfigFile,
    readonly node: Block | Attribute,
  ) {
    this.kind = kind;
    this.address = address;
    this.type = type;
    this.name = name;
  }

  get range(): Range {
    return this.node.range;
  }

  get nameRange(): Range {
    const { node } = this;
    if (node.kind === 'attribute') return node.nameRange;
    const label = node.labels[this.type === '' ? 0 : 1];
    return label === undefined ? node.typeRange : labelText(label);
  }
}

function requirementsIn(terraform: Block): ProviderRequirement[] {
  return blocksOf(terraform.body, 'required_providers').flatMap((block) =>
    block.body.items.flatMap((item) => (item.kind === 'attribute' ? [requirement(item)] : [])),
  );
}

/** Terraform 0.12 wrote `aws = "~> 2.0"`; the object form came later, and both are accepted. */
function requirement(attribute: Attribute): ProviderRequirement {
  const fields = new Map<string, Expression>();
  if (attribute.value.kind === 'object') {
    for (const item of attribute.value.items) fields.set(keyName(item.key) ?? '', item.value);
  }
  return {
    name: attribute.name,
    source: fullSource(literalString(fields.get('source')) ?? attribute.name),
    version: literalString(attribute.value) ?? literalString(fields.get('version')),
  };
}
