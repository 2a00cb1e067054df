import type { Attribute, Block, Body, Expression, Index, Template } from '../hcl/syntax';
import { scopedChildren } from '../terraform/expressions';
import type { ExpressionNode, Scope, ScopedNode } from '../terraform/expressions';
import { isJsonConfig, isOverride } from '../terraform/fileNames';
import type { ConfigFile, Module } from '../terraform/model';
import { toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import { iteratorOf, roleOf } from '../terraform/uses';
import { attributeOf, literalString } from '../terraform/values';
import type { Diagnostic } from './diagnostic';
import { checkFiles, checkProviderFunction } from './checkFunctionUses';
import { Findings } from './findings';
import type { Snapshot } from './snapshot';
import { didYouMean, nearest } from './suggestion';

/**
 * Checks how expressions are written: names that mean nothing where they stand, and spellings of older versions.
 * What a name refers to is checked elsewhere.
 */
export function checkExpressions(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  // In JSON expressions stand in strings, and blocks look like arguments.
  if (isJsonConfig(config.path)) return [];
  const findings = new Findings(snapshot, module, config);
  const check = new ExpressionCheck(findings);
  check.body(config.syntax.body, [], new Set());
  return findings.found;
}

/** Where an expression stands. */
interface Place {
  readonly attribute: Attribute;
  readonly blocks: readonly Block[];
  /** What an override file adds to a block of another file is not looked for. */
  readonly hasOverrides: boolean;
}

class ExpressionCheck {
  private readonly hasOverrides: boolean;

  constructor(private readonly findings: Findings) {
    this.hasOverrides = findings.module.files.some(({ path }) => isOverride(path));
  }

  body(body: Body, blocks: readonly Block[], scope: Scope): void {
    for (const item of body.items) {
      if (item.kind === 'attribute') {
        this.iterator(item, blocks);
        this.attribute(item, blocks, scope);
      } else if (blocks.length > 0 || item.type !== 'terraform') {
        this.body(item.body, [...blocks, item], scopeIn(item, blocks, scope));
      }
    }
  }

  /** The name of the element, where `dynamic` gives it one. */
  private iterator({ name, value }: Attribute, blocks: readonly Block[]): void {
    if (name !== 'iterator' || blocks.at(-1)?.type !== 'dynamic') return;
    if (value.kind === 'variable' || value.kind === 'missing' || value.kind === 'error') return;
    const quoted = literalString(value);
    const message =
      'The iterator is a name of its own, without quotes and without anything behind it: iterator = rule.';
    const isName = quoted !== undefined && /^[A-Za-z_][\w-]*$/.test(quoted);
    this.findings.add('invalid-iterator', value.range, message, isName ? { suggestion: quoted } : {});
  }

  private attribute(attribute: Attribute, blocks: readonly Block[], scope: Scope): void {
    if (blocks.length === 0 || roleOf(attribute, blocks) !== 'value' || isKeyword(attribute, blocks)) return;
    const place: Place = { attribute, blocks, hasOverrides: this.hasOverrides };
    if (this.findings.textOf(attribute.range).includes('file')) checkFiles(this.findings, attribute.value);
    const pending: ScopedNode[] = [{ node: attribute.value, scope }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      this.node(next.node, next.scope, place, pending);
    }
  }

  private node(node: ExpressionNode, scope: Scope, place: Place, pending: ScopedNode[]): void {
    if (node.kind === 'template') this.template(node);
    if (node.kind === 'index' && node.legacy) this.dotIndex(node);
    if (node.kind === 'call') checkProviderFunction(this.findings, node);
    const traversal = isStep(node) ? toTraversal(node) : undefined;
    if (traversal === undefined) {
      // `convert(value, type)` of later versions takes a type, which is no value.
      if (node.kind === 'call' && node.name.endsWith('convert'))
        pending.push(...node.arguments.slice(0, 1).map((first) => ({ node: first, scope })));
      else pending.push(...scopedChildren(node, scope));
      return;
    }
    if (!scope.has(traversal.root.name)) this.traversal(traversal, place);
    // Keys of indices are expressions of their own, and so are dotted indices on the way.
    for (let at: ExpressionNode = node; isStep(at) && at.kind !== 'variable'; at = at.object) {
      if (at !== node && at.kind === 'index' && at.legacy) this.dotIndex(at);
      if (at.kind === 'index') pending.push({ node: at.key, scope });
    }
  }

  private template(template: Template): void {
    const [part] = template.parts;
    if (template.form !== 'quoted' || template.parts.length !== 1 || part?.kind !== 'interpolation') return;
    if (part.expression.kind === 'missing' || part.expression.kind === 'error') return;
    // `"${~ x ~}"` strips nothing here.
    const inner = this.findings.textOf(part.expression.range);
    if (inner.includes('\n')) return;
    const message = `The quotes and \${ } around this do nothing. Write ${inner}.`;
    this.findings.add('interpolation-only', template.range, message, { suggestion: inner });
  }

  private dotIndex({ object, key, range }: Index): void {
    const suggestion = `[${this.findings.textOf(key.range)}]`;
    const dot = { start: object.range.end, end: range.end };
    const message = `An index is written in brackets since Terraform 0.12: ${suggestion}.`;
    this.findings.add('dot-index', dot, message, { suggestion });
  }

  private traversal(traversal: Traversal, place: Place): void {
    const { root, steps } = traversal;
    const [first] = steps;
    // A name that is not typed yet is a syntax error.
    if (first?.kind === 'name' && first.name === '') return;
    switch (root.name) {
      case 'each':
      case 'count':
        this.instanceName(traversal, root.name, place);
        return;
      case 'self':
        if (!seesItself(place.blocks)) this.misplacedSelf(traversal);
        return;
      default:
        this.address(traversal);
    }
  }

  /** The names that an address needs before it means something. */
  private address(traversal: Traversal): void {
    const { root, steps } = traversal;
    const names = Object.hasOwn(namesNeeded, root.name) ? (namesNeeded[root.name] ?? 1) : 1;
    if (steps.length === 0 && !Object.hasOwn(namesNeeded, root.name)) this.word(traversal);
    else if (steps.slice(0, names).filter(({ kind }) => kind === 'name').length < names)
      this.incomplete(traversal, `${root.name}${names === 2 ? '.TYPE' : ''}.NAME`);
    else if (root.name === 'path' || root.name === 'terraform') this.member(traversal, root.name);
  }

  private instanceName(traversal: Traversal, name: 'each' | 'count', place: Place): void {
    const repetition = name === 'each' ? 'for_each' : 'count';
    if (isRepeated(place, repetition) === false) {
      const owner = ownerOf(place.blocks);
      const labels = owner?.labels.map(({ value }) => ` "${value}"`).join('') ?? '';
      const message = `"${name}" only means something in a block with ${repetition}, and ${owner?.type ?? ''}${labels} has none here.`;
      this.findings.add('misplaced-reference', traversal.range, message, { facts: { name } });
      return;
    }
    if (traversal.steps[0]?.kind === 'name') this.member(traversal, name);
    else this.incomplete(traversal, `${name}.${members[name][0] ?? ''}`);
  }

  private member({ steps: [step] }: Traversal, root: keyof typeof members): void {
    const known = members[root];
    if (step?.kind !== 'name' || known.includes(step.name)) return;
    const suggestion = nearest(step.name, known);
    const all = known.map((each) => `${root}.${each}`).join(', ');
    const message = `There is no "${root}.${step.name}", only ${all}.${didYouMean(suggestion)}`;
    this.findings.add('unknown-name', step.range, message, { suggestion, facts: { name: step.name } });
  }

  private misplacedSelf(traversal: Traversal): void {
    const message =
      '"self" only means something in provisioners, connections and postconditions. Write the address instead.';
    this.findings.add('misplaced-reference', traversal.range, message, { facts: { name: 'self' } });
  }

  private incomplete(traversal: Traversal, form: string): void {
    const message = `"${this.findings.textOf(traversal.range)}" is no reference yet: it needs more names, as in ${form}.`;
    this.findings.add('invalid-reference', traversal.range, message);
  }

  private word({ root: { name, range } }: Traversal): void {
    const { module } = this.findings;
    const suggestion = [`var.${name}`, `local.${name}`].find((address) => module.find(address) !== undefined);
    const hint =
      suggestion === undefined ? ` For the text write "${name}" in quotes.` : didYouMean(suggestion);
    const message = `Nothing has the bare name "${name}" here.${hint}`;
    this.findings.add('invalid-reference', range, message, { suggestion, facts: { name } });
  }
}

/** How many names follow the first one of an address; one does behind a resource type. */
const namesNeeded: Readonly<Record<string, number>> = {
  path: 1,
  terraform: 1,
  var: 1,
  local: 1,
  module: 1,
  data: 2,
  ephemeral: 2,
  action: 2,
  resource: 2,
};

const members = {
  each: ['key', 'value'],
  count: ['index'],
  path: ['module', 'root', 'cwd'],
  terraform: ['workspace', 'applying'],
} as const satisfies Readonly<Record<string, readonly string[]>> as Readonly<
  Record<'each' | 'count' | 'path' | 'terraform', readonly string[]>
>;

/** Words of the language stand here, or references that other checks read. */
function isKeyword({ name }: Attribute, blocks: readonly Block[]): boolean {
  const parent = blocks.at(-1)?.type;
  if (parent === 'provisioner') return name === 'when' || name === 'on_failure';
  if (parent === 'lifecycle') return name === 'replace_triggered_by';
  return parent === 'action_trigger' && name !== 'condition';
}

/** Whether `each` or `count` is of something at a place; `undefined` where that is not known. */
function isRepeated({ attribute, blocks, hasOverrides }: Place, name: string): boolean | undefined {
  const owner = ownerOf(blocks);
  const isItself = owner === blocks.at(-1) && (attribute.name === 'for_each' || attribute.name === 'count');
  if (owner === undefined || isItself) return false;
  if (attributeOf(owner.body, name) !== undefined) return true;
  return hasOverrides ? undefined : false;
}

/** The block that would have to be repeated. */
function ownerOf([top, second]: readonly Block[]): Block | undefined {
  return top?.type === 'check' && second?.type === 'data' ? second : top;
}

function seesItself(blocks: readonly Block[]): boolean {
  if (blocks.some(({ type }) => type === 'provisioner' || type === 'connection')) return true;
  return blocks.at(-1)?.type === 'postcondition' && blocks.at(-2)?.type === 'lifecycle';
}

/** Inside `content` of a dynamic block the iterator's name is taken. */
function scopeIn(block: Block, parents: readonly Block[], scope: Scope): Scope {
  const parent = parents.at(-1);
  if (block.type !== 'content' || parent?.type !== 'dynamic') return scope;
  const iterator = iteratorOf(parent);
  return iterator === undefined ? scope : new Set([...scope, iterator]);
}

function isStep(
  node: ExpressionNode,
): node is Extract<Expression, { kind: 'variable' | 'getAttribute' | 'index' | 'splat' }> {
  return (
    node.kind === 'variable' || node.kind === 'getAttribute' || node.kind === 'index' || node.kind === 'splat'
  );
}
