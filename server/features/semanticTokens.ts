import { walkExpressions } from '../hcl/walk';
import type { Attribute, Block, Body, Expression, Name, TemplatePart } from '../hcl/syntax';
import { wholeTemplate } from '../hcl/templateFile';
import { dialectOf } from '../terraform/dialect';
import { isStackDialect } from '../terraform/stacks/stackModule';
import { testRoleOf } from '../terraform/tests/testRoles';
import { isTypeConstraint, iteratorOf } from '../terraform/uses';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/** LSP's names, so that every theme has colours for them. The order is the legend's. */
export const tokenTypes = [
  'type',
  'class',
  'variable',
  'parameter',
  'property',
  'function',
  'namespace',
  'keyword',
  'number',
] as const;
export const tokenModifiers = ['declaration', 'readonly', 'defaultLibrary'] as const;

export interface SemanticToken {
  readonly range: Range;
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

/** What the names in a file mean, in file order; with `within` only those of the top-level items it touches. */
export function semanticTokens(snapshot: Snapshot, path: string, within?: Range): readonly SemanticToken[] {
  const syntax = snapshot.index.file(path)?.syntax;
  if (syntax === undefined) return [];
  const dialect = dialectOf(path);
  const known = isStackDialect(dialect) ? stackNamespaces : dialect === 'test' ? testNamespaces : namespaces;
  const tokens = new Tokens(known, wholeTemplate(syntax) !== undefined);
  for (const item of syntax.body.items) {
    if (within !== undefined && (item.range.end < within.start || item.range.start > within.end)) continue;
    tokens.item(item, []);
  }
  const sorted = tokens.found.sort((a, b) => a.range.start - b.range.start);
  // Blocks of a JSON file can share their type and labels.
  return sorted.filter((token, order) => token.range.start !== sorted[order - 1]?.range.start);
}

/** Blocks whose first label is a type and whose second is a name. */
const typed = new Set(['resource', 'data', 'ephemeral', 'action', 'list', 'store', 'orchestrate']);

/** Blocks whose only label names something that is declared elsewhere. */
const named = new Set(['provider', 'provisioner', 'mock_provider', 'mock_resource', 'mock_data']);

class Tokens {
  readonly found: SemanticToken[] = [];

  /** @param plain Names are those of a template: none has a meaning to the language. */
  constructor(
    private readonly namespaces: ReadonlySet<string>,
    private readonly plain: boolean,
  ) {}

  item(item: Attribute | Block, blocks: readonly Block[]): void {
    if (item.kind === 'attribute') {
      const isLocal = blocks.at(-1)?.type === 'locals' && blocks.length === 1;
      this.add(item.nameRange, isLocal ? 'variable' : 'property', isLocal ? ['declaration', 'readonly'] : []);
      if (testRoleOf(item, blocks) === 'keyword') this.add(item.value.range, 'keyword', []);
      else this.expression(item.value, isTypeConstraint(item, blocks.at(-1)), iteratorsOf(blocks));
      return;
    }
    this.add(item.typeRange, 'type', blocks.length === 0 ? ['defaultLibrary'] : []);
    item.labels.forEach((label, index) => {
      const isType = index === 0 && (typed.has(item.type) || named.has(item.type));
      if (isType || item.type === 'dynamic') this.add(label.range, 'class', []);
      else this.add(label.range, 'variable', ['declaration', 'readonly']);
    });
    this.body(item.body, [...blocks, item]);
  }

  private body(body: Body, blocks: readonly Block[]): void {
    for (const item of body.items) this.item(item, blocks);
  }

  private expression(value: Expression, isType: boolean, iterators: ReadonlySet<string>): void {
    const locals = new Set(iterators);
    const keys = new Set<Expression>();
    walkExpressions(value, (expression) => {
      switch (expression.kind) {
        case 'literal': {
          const isNumber = expression.value !== null && typeof expression.value === 'object';
          this.add(expression.range, isNumber ? 'number' : 'keyword', []);
          break;
        }
        case 'call':
          this.add(expression.nameRange, isType ? 'type' : 'function', ['defaultLibrary']);
          break;
        case 'object':
          for (const { key } of expression.items) if (key.kind === 'variable') keys.add(key);
          break;
        case 'forTuple':
        case 'forObject':
          this.loop(expression.variables, locals);
          break;
        case 'template':
          for (const variables of loopsIn(expression.parts)) this.loop(variables, locals);
          break;
        case 'getAttribute':
          if (!isType) this.member(expression);
          break;
        case 'variable':
          if (keys.has(expression)) this.add(expression.range, 'property', []);
          else if (isType) this.add(expression.range, 'type', ['defaultLibrary']);
          else if (locals.has(expression.name)) this.add(expression.range, 'parameter', []);
          else this.root(expression.name, expression.range);
          break;
        default:
      }
      return true;
    });
  }

  private loop(variables: readonly Name[], locals: Set<string>): void {
    for (const { name, range } of variables) {
      locals.add(name);
      this.add(range, 'parameter', ['declaration']);
    }
  }

  /** The name right after `var` and its like is a name of the module, one further on a part of a value. */
  private member({ object, name, nameRange }: Extract<Expression, { kind: 'getAttribute' }>): void {
    if (name === '') return;
    const isName = !this.plain && object.kind === 'variable' && this.namespaces.has(object.name);
    this.add(nameRange, isName ? 'variable' : 'property', isName ? ['readonly'] : []);
  }

  private root(name: string, range: Range): void {
    if (this.plain) this.add(range, 'variable', []);
    else if (this.namespaces.has(name)) this.add(range, 'namespace', ['defaultLibrary']);
    else if (contexts.has(name)) this.add(range, 'variable', ['defaultLibrary']);
    else this.add(range, name.includes('_') ? 'class' : 'variable', []);
  }

  private add(range: Range, type: SemanticToken['type'], modifiers: SemanticToken['modifiers']): void {
    if (range.end > range.start) this.found.push({ range, type, modifiers });
  }
}

const namespaces = new Set([
  'var',
  'local',
  'module',
  'data',
  'ephemeral',
  'resource',
  'action',
  'path',
  'terraform',
]);
const testNamespaces: ReadonlySet<string> = new Set([...namespaces, 'run', 'output', 'check']);
const stackNamespaces: ReadonlySet<string> = new Set([
  'var',
  'local',
  'component',
  'stack',
  'provider',
  'deployment',
  'deployment_group',
  'deployment_auto_approve',
  'identity_token',
  'store',
  'upstream_input',
  'terraform',
]);
const contexts = new Set(['each', 'count', 'self', 'context']);

/** The variables of each `for` directive. */
function loopsIn(parts: readonly TemplatePart[]): (readonly Name[])[] {
  return parts.flatMap((part) => {
    if (part.kind === 'for') return [part.variables, ...loopsIn(part.body)];
    return part.kind === 'if' ? loopsIn([...part.then, ...part.else]) : [];
  });
}

/** What the blocks around call the current elements of `dynamic`. */
function iteratorsOf(blocks: readonly Block[]): ReadonlySet<string> {
  const names = blocks.flatMap((block) => (block.type === 'dynamic' ? [iteratorOf(block)] : []));
  return new Set(names.filter((name) => name !== undefined));
}
