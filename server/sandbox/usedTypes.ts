import type { CtyType } from '../cty/type';
import type { Body, Expression } from '../hcl/syntax';
import type { BlockSchema } from '../providers/schema';
import type { Declaration, Module, ModuleNode } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { targetOf, toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import { toType } from '../terraform/typeExpression';
import { attributeOf } from '../terraform/values';
import { around, eachValue, elementOf, mergeTypes, operands, resolve, withElement } from './expressionTypes';
import type { Pending, Scope } from './expressionTypes';
import { impliedType } from './impliedType';

/** The schema of a declaration's body, where one is known. */
export type KnownSchema = (declaration: Declaration, module: Module) => BlockSchema | undefined;

/**
 * What kinds of values a configuration needs from places that nobody can look into: each use of an address says
 * something about its type, because of the argument, operator or function that takes the value.
 */
export class UsedTypes {
  private readonly known = new Map<string, CtyType>();

  constructor(
    tree: ModuleNode,
    private readonly schemaOf: KnownSchema,
  ) {
    // Twice, because what a local value is used for says what its definition must give.
    for (let pass = 0; pass < 2; pass++) for (const node of eachNode(tree)) this.addModule(node);
  }

  /** The type of what an address stands for in a module; objects have the members that are used. */
  of(module: Module, address: string): CtyType {
    return this.known.get(keyOf(module, address)) ?? 'dynamic';
  }

  private addModule(node: ModuleNode): void {
    const { module } = node;
    for (const file of module.files) {
      for (const item of file.syntax.body.items) {
        if (item.kind !== 'block' || ['terraform', 'variable', 'moved', 'removed'].includes(item.type))
          continue;
        const { type } = item;
        if (type === 'locals')
          this.addBody(module, item.body, noScope, (name) => this.of(module, `local.${name}`));
        else if (type === 'module')
          this.addCall(node, item.body, item.labels[0]?.value ?? '', eachIn(item.body));
        else {
          const address = [...(type === 'resource' ? [] : [type]), ...item.labels.map(({ value }) => value)];
          const declaration = module.find(address.join('.'));
          const schema = declaration === undefined ? undefined : this.schemaOf(declaration, module);
          this.addSchemaBody(module, item.body, schema, eachIn(item.body), true);
        }
      }
    }
  }

  private addCall({ module, children }: ModuleNode, body: Body, name: string, scope: Scope): void {
    const child = children.find(({ call }) => call?.name === name)?.module;
    this.addBody(module, body, scope, (argument) => {
      const variable = child?.find(`var.${argument}`)?.node;
      if (child === undefined || variable?.kind !== 'block') return metaType(argument);
      const declared = toType(attributeOf(variable.body, 'type')?.value);
      return declared === 'dynamic' ? this.of(child, `var.${argument}`) : declared;
    });
  }

  private addSchemaBody(
    module: Module,
    body: Body,
    schema: BlockSchema | undefined,
    scope: Scope,
    top: boolean,
  ): void {
    const type = schema === undefined ? undefined : impliedType(schema);
    const members: Readonly<Record<string, CtyType>> =
      type !== undefined && typeof type !== 'string' && type[0] === 'object' ? type[1] : {};
    for (const item of body.items) {
      if (item.kind === 'attribute') {
        const expected = top ? metaType(item.name) : 'dynamic';
        this.addExpression(
          module,
          item.value,
          scope,
          expected === 'dynamic' ? (members[item.name] ?? 'dynamic') : expected,
        );
      } else if (item.type === 'dynamic') {
        const name = item.labels[0]?.value ?? '';
        this.addBody(module, item.body, scope, metaType);
        for (const content of item.body.items) {
          if (content.kind !== 'block') continue;
          this.addSchemaBody(module, content.body, schema?.blocks[name]?.block, scope, false);
        }
      } else this.addSchemaBody(module, item.body, schema?.blocks[item.type]?.block, scope, false);
    }
  }

  private addBody(module: Module, body: Body, scope: Scope, expected: (name: string) => CtyType): void {
    for (const item of body.items)
      if (item.kind === 'attribute') this.addExpression(module, item.value, scope, expected(item.name));
  }

  private addExpression(module: Module, expression: Expression, scope: Scope, expected: CtyType): void {
    const pending: Pending[] = [{ node: expression, expected, scope }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const traversal = toTraversal(next.node);
      if (traversal === undefined) pending.push(...operands(next));
      else {
        this.addTraversal(module, resolve(traversal, next.scope), next.expected);
        for (const step of traversal.steps)
          if (step.kind === 'index') pending.push({ node: step.key, expected: 'dynamic', scope: next.scope });
      }
    }
  }

  private addTraversal(module: Module, traversal: Traversal, expected: CtyType): void {
    const target = targetOf(traversal);
    if (target === undefined) return;
    const steps = traversal.steps.slice(target.length);
    const declaration = module.find(target.address)?.node;
    const repeated =
      declaration?.kind === 'block' &&
      ['count', 'for_each'].some((name) => attributeOf(declaration.body, name) !== undefined);
    // All instances together say nothing about one.
    if (repeated && steps.length === 0) return;
    // The key of an instance is no part of its value.
    if (repeated && steps[0] !== undefined && steps[0].kind !== 'name') {
      if (steps[0].kind === 'splat') expected = elementOf(expected);
      steps.shift();
    }
    const key = keyOf(module, target.address);
    const type = steps.reduceRight(around, expected);
    this.known.set(key, mergeTypes(this.known.get(key) ?? 'dynamic', type));
  }
}

const noScope: Scope = new Map();

/** What `each.value` stands for in a block. */
function eachIn(body: Body): Scope {
  const forEach = attributeOf(body, 'for_each')?.value;
  return forEach === undefined ? noScope : withElement(noScope, eachValue, forEach, true);
}

function keyOf(module: Module, address: string): string {
  return `${module.directory}\n${address}`;
}

function metaType(name: string): CtyType {
  if (name === 'count') return 'number';
  return name === 'for_each' ? ['set', 'string'] : 'dynamic';
}
