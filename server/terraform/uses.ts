import type { Attribute, Block, Body, Expression } from '../hcl/syntax';
import { visitTraversals } from './expressions';
import type { Scope } from './expressions';
import type { ConfigFile, Reference } from './model';
import { testRoleOf } from './tests/testRoles';
import { attributesAfter, targetOf, toTraversal } from './traversal';
import type { Target, Traversal } from './traversal';

/**
 * What a place in the configuration does with an address: `value` reads it, `dependency` names it in `depends_on`,
 * `provider` picks a provider configuration, `address` only names it (`moved`, `import`, `removed`,
 * and what a test overrides or expects to fail).
 */
export type UseKind = 'value' | 'dependency' | 'provider' | 'address';

/** A reference with its place and its parsed traversal. */
export interface Use extends Reference {
  readonly kind: UseKind;
  readonly traversal: Traversal;
}

/** Every use inside a top-level block or an attribute of `locals`, in file order. */
export function usesIn(node: Block | Attribute, file: ConfigFile): readonly Use[] {
  const uses: Use[] = [];
  const walk = new Walk(file, uses);
  if (node.kind === 'attribute') walk.value(node.value, 'value', new Set());
  else if (node.type !== 'terraform') walk.body(node.body, [node], new Set());
  return uses.sort((a, b) => a.range.start - b.range.start);
}

/** What an attribute's value holds, from where the attribute stands; `undefined` when it holds no references. */
export function roleOf(attribute: Attribute, blocks: readonly Block[]): UseKind | 'providers' | undefined {
  const top = blocks[0];
  const parent = blocks.at(-1);
  if (top === undefined || parent === undefined) return 'value';
  if (top.type === 'terraform') return undefined;
  const inTest = testRoleOf(attribute, blocks);
  if (inTest !== undefined) return inTest === 'keyword' ? undefined : inTest;
  const direct =
    blocks.length === 1 || (blocks.length === 2 && top.type === 'check' && parent.type === 'data');
  if (direct) {
    if (attribute.name === 'depends_on') return 'dependency';
    if (attribute.name === 'provider' && providerChoosers.has(parent.type)) return 'provider';
    if (attribute.name === 'providers' && parent.type === 'module') return 'providers';
    if (isTypeConstraint(attribute, parent)) return undefined;
    if (addressHolders.has(parent.type) && (attribute.name === 'to' || attribute.name === 'from'))
      return 'address';
  }
  if (parent.type === 'lifecycle' && attribute.name === 'ignore_changes') return undefined;
  if (parent.type === 'dynamic' && attribute.name === 'iterator') return undefined;
  return 'value';
}

/** Whether a value is written in the language of types, where names and calls mean something else. */
export function isTypeConstraint(attribute: Attribute, parent: Block | undefined): boolean {
  return attribute.name === 'type' && (parent?.type === 'variable' || parent?.type === 'output');
}

/** The name under which a `dynamic` block's content sees the current element. */
export function iteratorOf(dynamic: Block): string | undefined {
  for (const item of dynamic.body.items) {
    if (item.kind === 'attribute' && item.name === 'iterator' && item.value.kind === 'variable')
      return item.value.name;
  }
  return dynamic.labels[0]?.value;
}

const providerChoosers = new Set(['resource', 'data', 'ephemeral', 'import', 'action', 'list']);
const addressHolders = new Set(['moved', 'removed', 'import']);

class Walk {
  constructor(
    private readonly file: ConfigFile,
    private readonly uses: Use[],
  ) {}

  body(body: Body, blocks: readonly Block[], scope: Scope): void {
    for (const item of body.items) {
      if (item.kind === 'block') this.body(item.body, [...blocks, item], this.scopeOf(item, blocks, scope));
      else this.attribute(item, blocks, scope);
    }
  }

  value(expression: Expression, kind: UseKind, scope: Scope): void {
    if (kind === 'dependency' || kind === 'address') this.quotedAddresses(expression, kind);
    visitTraversals(
      expression,
      (traversal) => {
        this.add(traversal, kind);
      },
      scope,
    );
  }

  private attribute(attribute: Attribute, blocks: readonly Block[], scope: Scope): void {
    const role = roleOf(attribute, blocks);
    if (role === undefined) return;
    if (role === 'providers') {
      if (attribute.value.kind !== 'object') return;
      for (const item of attribute.value.items) this.value(item.value, 'provider', scope);
      return;
    }
    this.value(attribute.value, role, scope);
  }

  /** Inside `content` of a dynamic block the iterator's name is taken. */
  private scopeOf(block: Block, parents: readonly Block[], scope: Scope): Scope {
    const parent = parents.at(-1);
    if (block.type !== 'content' || parent?.type !== 'dynamic') return scope;
    const iterator = iteratorOf(parent);
    return iterator === undefined ? scope : new Set([...scope, iterator]);
  }

  private add(traversal: Traversal, kind: UseKind): void {
    const target = kind === 'provider' ? providerTarget(traversal) : targetOf(traversal);
    if (target === undefined) return;
    this.uses.push({
      kind,
      traversal,
      target: target.address,
      attributes: kind === 'provider' ? [] : attributesAfter(traversal, target).map((step) => step.name),
      range: traversal.range,
      text: this.file.syntax.text.slice(traversal.range.start, traversal.range.end),
      file: this.file,
      explicit: kind === 'dependency',
    });
  }

  /** Terraform 0.11 wrote `depends_on = ["aws_instance.a"]`, and Terraform still accepts it. */
  private quotedAddresses(expression: Expression, kind: UseKind): void {
    if (expression.kind !== 'tuple') return;
    for (const item of expression.items) {
      const traversal = quotedTraversal(item);
      if (traversal !== undefined) this.add(traversal, kind);
    }
  }
}

/** The traversal inside the quotes of a string that Terraform reads as one. */
export function quotedTraversal(expression: Expression): Traversal | undefined {
  const part =
    expression.kind === 'template' && expression.parts.length === 1 ? expression.parts[0] : undefined;
  return part?.kind === 'text' ? toTraversal(fromQuoted(part.value, part.range.start)) : undefined;
}

function fromQuoted(address: string, start: number): Expression {
  const names = [...address.matchAll(/[^.]+/g)];
  const [first, ...rest] = names;
  let node: Expression = { kind: 'missing', range: { start, end: start } };
  if (first === undefined) return node;
  const rangeOf = (match: RegExpMatchArray) => {
    const from = start + (match.index ?? 0);
    return { start: from, end: from + match[0].length };
  };
  node = { kind: 'variable', range: rangeOf(first), name: first[0] };
  for (const match of rest) {
    const nameRange = rangeOf(match);
    node = {
      kind: 'getAttribute',
      range: { start, end: nameRange.end },
      object: node,
      name: match[0],
      nameRange,
    };
  }
  return node;
}

function providerTarget(traversal: Traversal): Target | undefined {
  const [alias] = traversal.steps;
  if (alias === undefined) return { address: `provider.${traversal.root.name}`, length: 0 };
  if (alias.kind !== 'name' || alias.name === '') return undefined;
  return { address: `provider.${traversal.root.name}.${alias.name}`, length: 1 };
}
