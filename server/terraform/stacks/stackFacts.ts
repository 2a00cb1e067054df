import type { Attribute, Block, Body, Expression } from '../../hcl/syntax';
import { visitTraversals } from '../expressions';
import { labelText } from '../labels';
import type { ConfigFile, Declaration, DeclarationKind, ProviderRequirement } from '../model';
import { fullSource } from '../providerSource';
import { attributesAfter, targetOf } from '../traversal';
import type { Traversal } from '../traversal';
import type { Use, UseKind } from '../uses';
import { keyName, literalString } from '../values';

/** The block that lists the providers of a stack, which stands at the top level of a file. */
export const requirementsBlock = 'required_providers';

/** What a file of a stack declares, in file order. */
export function stackDeclarations(file: ConfigFile, body: Body): readonly Declaration[] {
  return body.items.flatMap((item): Declaration[] => {
    if (item.kind !== 'block') return [];
    if (item.type === 'locals') return item.body.items.flatMap((local) => localDeclaration(local, file));
    const declaration = blockDeclaration(item, file);
    return declaration === undefined ? [] : [declaration];
  });
}

/** What `required_providers` asks for. */
export function stackRequirements(body: Body): readonly ProviderRequirement[] {
  return body.items.flatMap((item) =>
    item.kind === 'block' && item.type === requirementsBlock
      ? item.body.items.flatMap((entry) => (entry.kind === 'attribute' ? [requirement(entry)] : []))
      : [],
  );
}

/** Every use by the top-level block or local value it stands in. */
export function stackUses(file: ConfigFile, body: Body): ReadonlyMap<Block | Attribute, readonly Use[]> {
  const uses = new Map<Block | Attribute, readonly Use[]>();
  for (const item of body.items) {
    if (item.kind !== 'block' || item.type === requirementsBlock) continue;
    if (item.type !== 'locals') uses.set(item, usesIn(item, file));
    else
      for (const local of item.body.items)
        if (local.kind === 'attribute') uses.set(local, usesIn(local, file));
  }
  return uses;
}

interface AddressRule {
  readonly kind: DeclarationKind;
  readonly prefix: string;
  /** The first label is a type, and part of the address. */
  readonly typed: boolean;
}

const named = (kind: DeclarationKind): AddressRule => ({ kind, prefix: kind, typed: false });

const rules: Readonly<Record<string, AddressRule>> = {
  component: named('component'),
  stack: named('stack'),
  variable: { kind: 'variable', prefix: 'var', typed: false },
  output: named('output'),
  provider: { kind: 'provider_configuration', prefix: 'provider', typed: true },
  deployment: named('deployment'),
  deployment_group: named('deployment_group'),
  deployment_auto_approve: named('deployment_auto_approve'),
  identity_token: named('identity_token'),
  upstream_input: named('upstream_input'),
  publish_output: named('publish_output'),
  store: { kind: 'store', prefix: 'store', typed: true },
  orchestrate: { kind: 'orchestrate', prefix: 'orchestrate', typed: true },
};

function blockDeclaration(block: Block, file: ConfigFile): Declaration | undefined {
  const rule = Object.hasOwn(rules, block.type) ? rules[block.type] : undefined;
  const [first, second] = block.labels;
  const nameLabel = rule?.typed === true ? second : first;
  if (rule === undefined || first === undefined || nameLabel === undefined || nameLabel.value === '')
    return undefined;
  const type = rule.typed ? first.value : '';
  return {
    kind: rule.kind,
    address: [rule.prefix, type, nameLabel.value].filter((part) => part !== '').join('.'),
    type,
    name: nameLabel.value,
    nameRange: labelText(nameLabel),
    file,
    range: block.range,
    node: block,
  };
}

function localDeclaration(local: Attribute | Block, file: ConfigFile): Declaration[] {
  if (local.kind !== 'attribute') return [];
  const { name, nameRange, range } = local;
  return [{ kind: 'local', address: `local.${name}`, type: '', name, nameRange, file, range, node: local }];
}

function requirement({ name, value }: Attribute): ProviderRequirement {
  const fields = new Map<string, Expression>();
  if (value.kind === 'object')
    for (const item of value.items) fields.set(keyName(item.key) ?? '', item.value);
  return {
    name,
    source: fullSource(literalString(fields.get('source')) ?? name),
    version: literalString(fields.get('version')),
  };
}

function usesIn(node: Block | Attribute, file: ConfigFile): readonly Use[] {
  const uses: Use[] = [];
  const visit = (expression: Expression, kind: UseKind) => {
    visitTraversals(expression, (traversal) => {
      const use = toUse(traversal, kind, file);
      if (use !== undefined) uses.push(use);
    });
  };
  const walk = (attribute: Attribute, block: Block | undefined) => {
    for (const [expression, kind] of valuesOf(attribute, block)) visit(expression, kind);
  };
  if (node.kind === 'attribute') walk(node, undefined);
  else walkBody(node, walk);
  return uses.sort((a, b) => a.range.start - b.range.start);
}

function walkBody(block: Block, visit: (attribute: Attribute, block: Block) => void): void {
  for (const item of block.body.items) {
    if (item.kind === 'attribute') visit(item, block);
    else walkBody(item, visit);
  }
}

/** The expressions of an attribute that refer to something. */
function valuesOf(
  { name, value }: Attribute,
  block: Block | undefined,
): readonly (readonly [Expression, UseKind])[] {
  if (
    name === 'type' &&
    (block?.type === 'variable' || block?.type === 'output' || block?.type === 'publish_output')
  )
    return [];
  if (name === 'depends_on' && (block?.type === 'component' || block?.type === 'stack'))
    return [[value, 'dependency']];
  if (name === 'from' && block?.type === 'removed') return [[value, 'address']];
  // Its keys are names of the called module, written like references.
  if (name === 'providers' && value.kind === 'object')
    return value.items.map((item) => [item.value, 'value']);
  return [[value, 'value']];
}

function toUse(traversal: Traversal, kind: UseKind, file: ConfigFile): Use | undefined {
  const target = targetOf(traversal);
  // What a check may read is declared by nobody.
  if (target === undefined || traversal.root.name === 'context') return undefined;
  const { range } = traversal;
  return {
    kind,
    traversal,
    target: target.address,
    attributes: attributesAfter(traversal, target).map((step) => step.name),
    range,
    text: file.syntax.text.slice(range.start, range.end),
    file,
    explicit: kind === 'dependency',
  };
}
