import type { Expression, Variable } from '../hcl/syntax';
import type { Range } from '../text/range';

/** One step of a traversal after its first name. */
export type Step =
  | { readonly kind: 'name'; readonly name: string; readonly range: Range }
  /** An instance key or an index; `range` covers the key's expression. */
  | { readonly kind: 'index'; readonly key: Expression; readonly range: Range }
  | { readonly kind: 'splat'; readonly range: Range };

/** `root.step.step…`: a variable and what is read from it. */
export interface Traversal {
  readonly root: Variable;
  readonly steps: readonly Step[];
  readonly range: Range;
}

/** The traversal that `expression` is, or `undefined` when it starts with anything but a variable. */
export function toTraversal(expression: Expression): Traversal | undefined {
  const steps: Step[] = [];
  let node = expression;
  for (;;) {
    switch (node.kind) {
      case 'variable':
        return { root: node, steps: steps.reverse(), range: expression.range };
      case 'getAttribute':
        steps.push({ kind: 'name', name: node.name, range: node.nameRange });
        node = node.object;
        break;
      case 'index':
        steps.push({ kind: 'index', key: node.key, range: node.key.range });
        node = node.object;
        break;
      case 'splat':
        steps.push({ kind: 'splat', range: { start: node.object.range.end, end: node.range.end } });
        node = node.object;
        break;
      default:
        return undefined;
    }
  }
}

/** What a traversal means: the address of a declaration and the names read from it. */
export interface Target {
  /** As in `Declaration.address`. */
  readonly address: string;
  /** How many of the traversal's steps belong to the address. */
  readonly length: number;
}

/** First names that never start the address of a resource. */
const reserved = new Set(['each', 'self', 'count', 'path', 'terraform', 'tofu']);

const prefixed: Readonly<Record<string, string>> = { var: 'var', local: 'local', module: 'module' };
/** The last two are of stacks; no provider has resource types of these names. */
const typed = new Set(['data', 'ephemeral', 'action', 'list', 'provider', 'store']);

/**
 * The declaration a traversal starts with, by Terraform's rules for references; `undefined` for `each`, `self`,
 * `count`, `path`, `terraform`, for a name alone, and where the address is not complete.
 */
export function targetOf(traversal: Traversal): Target | undefined {
  const root = traversal.root.name;
  if (reserved.has(root)) return undefined;
  const first = nameAt(traversal, 0);
  if (first === undefined) return undefined;
  const prefix = Object.hasOwn(prefixed, root) ? prefixed[root] : undefined;
  if (prefix !== undefined) return { address: `${prefix}.${first}`, length: 1 };
  if (typed.has(root) || root === 'resource') {
    const second = nameAt(traversal, 1);
    if (second === undefined) return undefined;
    return { address: root === 'resource' ? `${first}.${second}` : `${root}.${first}.${second}`, length: 2 };
  }
  return { address: `${root}.${first}`, length: 1 };
}

/**
 * The addresses in a chain of module calls, outermost first: `module.a[0].module.b.aws_instance.c` holds three. Each
 * `length` counts the steps of the whole traversal up to its own last.
 */
export function addressChain(traversal: Traversal): readonly Target[] {
  const chain: Target[] = [];
  let length = 0;
  let rest = traversal;
  for (;;) {
    const target = targetOf(rest);
    if (target === undefined) return chain;
    length += target.length;
    chain.push({ address: target.address, length });
    if (rest.root.name !== 'module') return chain;
    if (traversal.steps[length]?.kind === 'index') length += 1;
    const next = traversal.steps[length];
    if (next?.kind !== 'name') return chain;
    length += 1;
    const { range } = next;
    rest = {
      root: { kind: 'variable', name: next.name, range },
      steps: traversal.steps.slice(length),
      range: { start: range.start, end: traversal.range.end },
    };
  }
}

/** The names read from the target, an instance key or splat directly behind it left out, up to the first other step. */
export function attributesAfter(traversal: Traversal, target: Target): Extract<Step, { kind: 'name' }>[] {
  const rest = traversal.steps.slice(target.length);
  if (rest[0] !== undefined && rest[0].kind !== 'name') rest.shift();
  const names: Extract<Step, { kind: 'name' }>[] = [];
  for (const step of rest) {
    if (step.kind !== 'name' || step.name === '') break;
    names.push(step);
  }
  return names;
}

function nameAt(traversal: Traversal, index: number): string | undefined {
  const step = traversal.steps[index];
  return step?.kind === 'name' && step.name !== '' ? step.name : undefined;
}
