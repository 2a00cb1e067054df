import type { SchemaKind } from '../providers/schema';
import type { Declaration, ModuleNode, ProviderUse } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { attributeOf } from '../terraform/values';
import { toAddressExpression, withoutKeys } from './addressPattern';
import { headerOf, quote } from './overrides';
import { SandboxError } from './sandboxError';
import type { PlacedRule, RuleEffects } from './scenarioFiles';
import { markerAttribute } from './scenarioMarker';

/** A kind of object and its type: `resource aws_instance`. */
export type ObjectType = `${Exclude<SchemaKind, 'provider'>} ${string}`;

/** A rule as the simulator applies it. */
export interface SimulatedRule {
  readonly effects: RuleEffects;
  /** File and line. */
  readonly place: string;
  readonly types: readonly ObjectType[];
  /** A regular expression; undefined for every object of the types. */
  readonly address: string | undefined;
}

export interface ResolvedRules {
  readonly rules: readonly SimulatedRule[];
  /** Types whose objects must say their address in an argument of ours. */
  readonly marked: readonly ObjectType[];
  /** Lines for override blocks, by module directory and the block's header. */
  readonly overrides: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** Directories of modules that are told their own address. */
  readonly located: ReadonlySet<string>;
}

/** The variable that tells a module its own address, a dot at its end. */
export const moduleVariable = 'terratrain_module';

/**
 * Finds what the rules of a scenario are about. A request to a provider carries no address, so blocks that a rule names
 * by address get a write-only argument with it in the shadow; which one of its objects asks is then certain.
 *
 * @param existing static addresses and types of what is in the sandbox's states
 * @param uses all types that are served
 * @throws SandboxError for a rule that is about nothing
 */
export function resolveRules(
  placed: readonly PlacedRule[],
  tree: ModuleNode,
  existing: ReadonlyMap<string, ObjectType>,
  uses: readonly ProviderUse[],
): ResolvedRules {
  const overrides = new Map<string, Map<string, readonly string[]>>();
  const marked = new Set<ObjectType>();
  const holders = new Set<ModuleNode>();
  const blocks = [...eachNode(tree)].flatMap((node) =>
    node.module.declarations
      .filter((each) => isObject(each) && isTop(each))
      .map((declaration) => ({ node, declaration })),
  );
  const rules = placed.map(({ rule, place }): SimulatedRule => {
    if (rule.address === undefined) {
      const type = typeOfRule(rule.type ?? '');
      if (!isUsed(type, uses))
        throw new SandboxError(`${place}: nothing in the configuration is of the type ${rule.type ?? ''}.`);
      return { effects: rule, place, types: [type], address: undefined };
    }
    const address = toAddressExpression(rule.address);
    const fits = new RegExp(toAddressExpression(withoutKeys(rule.address)), 's');
    const found = blocks.filter(({ node, declaration }) => fits.test(staticAddress(node, declaration)));
    const types = new Set<ObjectType>();
    for (const { node, declaration } of found) {
      const type = objectType(declaration);
      types.add(type);
      marked.add(type);
      holders.add(node);
      if (declaration.node.kind !== 'block') continue;
      const line = `${markerAttribute} = ${addressExpression(declaration, node.path.length > 0)}`;
      addLines(overrides, node.module.directory, headerOf(declaration.node), [line]);
    }
    for (const [known, type] of existing) if (fits.test(known)) types.add(type);
    if (types.size === 0) {
      throw new SandboxError(
        `${place}: no resource or data source has the address ${rule.address}.${nearest(rule.address, blocks)}`,
      );
    }
    return { effects: rule, place, types: [...types], address };
  });
  return { rules, marked: [...marked], overrides, located: locateModules(tree, holders, overrides) };
}

/** All calls of the modules that hold a marked block pass on where they are, and so do their callers. */
function locateModules(
  tree: ModuleNode,
  holders: ReadonlySet<ModuleNode>,
  overrides: Map<string, Map<string, readonly string[]>>,
): ReadonlySet<string> {
  const located = new Set([...holders].filter((node) => node !== tree).map((node) => node.module.directory));
  const calls = [...eachNode(tree)].flatMap((node) => node.children.map((child) => ({ node, child })));
  for (let before = -1; before !== located.size;) {
    before = located.size;
    for (const { node, child } of calls)
      if (node !== tree && located.has(child.module.directory)) located.add(node.module.directory);
  }
  for (const { node, child } of calls) {
    if (!located.has(child.module.directory) || child.call?.node.kind !== 'block') continue;
    const value = addressExpression(child.call, node.path.length > 0, '.');
    addLines(overrides, node.module.directory, headerOf(child.call.node), [`${moduleVariable} = ${value}`]);
  }
  return located;
}

function addLines(
  overrides: Map<string, Map<string, readonly string[]>>,
  directory: string,
  header: string,
  lines: readonly string[],
): void {
  const inModule = overrides.get(directory) ?? new Map<string, readonly string[]>();
  overrides.set(directory, inModule.set(header, lines));
}

/** HCL for the full address of the instance that evaluates it. */
function addressExpression(declaration: Declaration, inModule: boolean, end = ''): string {
  const { node, address } = declaration;
  const has = (name: string): boolean => node.kind === 'block' && attributeOf(node.body, name) !== undefined;
  const key = has('count') ? '[${count.index}]' : has('for_each') ? '[${jsonencode(each.key)}]' : '';
  const module = inModule ? `\${var.${moduleVariable}}` : '';
  return `"${module}${quote(address).slice(1, -1)}${key}${end}"`;
}

function isObject({ kind }: Declaration): boolean {
  return kind === 'resource' || kind === 'data' || kind === 'ephemeral';
}

/** A check's own data source is out of reach for overrides. */
function isTop({ node, file }: Declaration): boolean {
  return file.syntax.body.items.some(({ range }) => range.start === node.range.start);
}

function objectType({ kind, type }: Declaration): ObjectType {
  return `${kind === 'data' || kind === 'ephemeral' ? kind : 'resource'} ${type}`;
}

function staticAddress(node: ModuleNode, declaration: Declaration): string {
  return [...node.path.map((name) => `module.${name}`), declaration.address].join('.');
}

function typeOfRule(text: string): ObjectType {
  const dot = text.indexOf('.');
  return dot < 0
    ? `resource ${text}`
    : `${text.startsWith('data') ? 'data' : 'ephemeral'} ${text.slice(dot + 1)}`;
}

function isUsed(type: ObjectType, uses: readonly ProviderUse[]): boolean {
  const [kind, name = ''] = type.split(' ');
  return uses.some(({ resources, data, ephemeral }) =>
    (kind === 'resource' ? resources : kind === 'data' ? data : ephemeral).includes(name),
  );
}

/** The addresses of the same type, for whoever misspelt a name. */
function nearest(
  wanted: string,
  blocks: readonly { readonly node: ModuleNode; readonly declaration: Declaration }[],
): string {
  const parts = withoutKeys(wanted).split('.');
  const type = parts.at(-2) ?? '';
  const near = blocks.filter(
    ({ declaration }) => declaration.type === type || declaration.name === parts.at(-1),
  );
  if (near.length === 0) return '';
  return ` There is ${near
    .slice(0, 5)
    .map(({ node, declaration }) => staticAddress(node, declaration))
    .join(', ')}.`;
}
