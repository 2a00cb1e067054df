import type { Attribute, Expression } from '../hcl/syntax';
import { contains } from '../text/range';
import type { Declaration, ModuleNode, Reference } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { impliedProvider } from '../terraform/providerSource';
import { toTraversal } from '../terraform/traversal';
import { attributeOf, keyName } from '../terraform/values';
import type { GraphNode, Place, Via } from './model';
import type { Places } from './places';

/** One reference from a declaration to another, both named by their full address. */
export interface Link {
  readonly to: string;
  readonly stop: Via;
  readonly explicit: boolean;
  /** The target is no node of the graph, but something that leads on: a variable, a local, an output, a provider. */
  readonly through: boolean;
}

interface Point {
  readonly scope: Scope;
  readonly declaration: Declaration;
}

/** A module node that knows its parent and finds its children by name. */
interface Scope {
  readonly node: ModuleNode;
  readonly parent: Scope | undefined;
  readonly prefix: string;
  readonly children: ReadonlyMap<string, Scope>;
}

const blockKinds: ReadonlySet<string> = new Set(['resource', 'data', 'ephemeral', 'module']);
/** Arguments of a module call that belong to the call itself, not to a variable inside. */
const callArguments = ['depends_on', 'count', 'for_each'];

/** Every declaration of a module tree by full address, with what each refers to. */
export class References {
  /** Targets that nothing declares, by full address; grows as links are asked for. */
  readonly missing = new Map<string, GraphNode>();
  private readonly points = new Map<string, Point>();
  private readonly links = new Map<string, readonly Link[]>();

  constructor(
    tree: ModuleNode,
    private readonly places: Places,
  ) {
    const scopes = scopesOf(tree);
    for (const scope of scopes) {
      for (const declaration of scope.node.module.declarations) {
        if (scope.node.module.find(declaration.address) !== declaration) continue;
        this.points.set(`${scope.prefix}${declaration.address}`, { scope, declaration });
      }
    }
  }

  /** What the declaration with that full address refers to; nothing for one that does not exist. */
  linksOf(id: string): readonly Link[] {
    const known = this.links.get(id);
    if (known !== undefined) return known;
    const point = this.points.get(id);
    const found = point === undefined ? [] : this.find(point);
    this.links.set(id, found);
    return found;
  }

  /** Asks for the links of everything, so that `missing` is complete. */
  resolveAll(): void {
    for (const id of this.points.keys()) this.linksOf(id);
  }

  private find({ scope, declaration }: Point): Link[] {
    switch (declaration.kind) {
      case 'variable':
        return this.throughArgument(scope, declaration.name);
      case 'module':
        return this.ofCall(scope, declaration);
      case 'resource':
      case 'data':
      case 'ephemeral':
        return [
          ...this.resolved(scope, references(scope, declaration).filter(isNoProvider)),
          ...this.throughProvider(scope, declaration),
        ];
      default:
        return this.resolved(scope, references(scope, declaration).filter(isNoProvider));
    }
  }

  /** A variable of a called module is what the call passes for it. */
  private throughArgument(scope: Scope, name: string): Link[] {
    const { call } = scope.node;
    if (call === undefined || scope.parent === undefined || callArguments.includes(name)) return [];
    const passed = argument(call, name);
    if (passed === undefined) return [];
    const inside = references(scope.parent, call).filter((reference) =>
      contains(passed.range, reference.range),
    );
    return this.resolved(scope.parent, inside);
  }

  /** Arguments lead on through the variables inside, unless the inside is unknown. */
  private ofCall(scope: Scope, call: Declaration): Link[] {
    const all = references(scope, call).filter(isNoProvider);
    if (!scope.children.has(call.name)) return this.resolved(scope, all);
    const own = callArguments.map((name) => argument(call, name)).filter((found) => found !== undefined);
    return this.resolved(
      scope,
      all.filter((reference) => own.some((attribute) => contains(attribute.range, reference.range))),
    );
  }

  private throughProvider(scope: Scope, declaration: Declaration): Link[] {
    const name = providerName(declaration);
    const provider = this.findProvider(scope, name);
    if (provider === undefined) return [];
    const { file, nameRange } = provider.declaration;
    return [
      {
        to: `${provider.scope.prefix}${provider.declaration.address}`,
        stop: { text: provider.declaration.address, ...this.places.of(file, nameRange) },
        explicit: false,
        through: true,
      },
    ];
  }

  /** Terraform hands provider configurations down: by the call's `providers` map, or the default ones by name. */
  private findProvider(start: Scope, wanted: string): Point | undefined {
    let name = wanted;
    for (let scope: Scope | undefined = start; scope !== undefined; scope = scope.parent) {
      const declaration = scope.node.module.find(`provider.${name}`);
      if (declaration !== undefined) return { scope, declaration };
      if (scope.node.call !== undefined) name = passedProvider(scope.node.call, name) ?? name;
    }
    return undefined;
  }

  private resolved(scope: Scope, uses: readonly Reference[]): Link[] {
    return uses.map((use) => {
      const stop: Via = { text: use.text, ...this.places.of(use.file, use.range) };
      const { module, address } = this.target(scope, use);
      const to = `${module}${address}`;
      const point = this.points.get(to);
      if (point === undefined && !this.missing.has(to)) {
        this.missing.set(to, missingNode(module, address, this.places.of(use.file, use.range)));
      }
      const through = point !== undefined && !blockKinds.has(point.declaration.kind);
      return { to, stop, explicit: use.explicit, through };
    });
  }

  /** Where a reference leads: into the called module for one of its outputs, else to what it names. */
  private target(scope: Scope, use: Reference): { readonly module: string; readonly address: string } {
    const call = use.target.startsWith('module.') ? use.target.slice('module.'.length) : undefined;
    const child = call === undefined ? undefined : scope.children.get(call);
    const output = use.attributes[0];
    if (child === undefined || output === undefined) return { module: scope.prefix, address: use.target };
    const address = `output.${output}`;
    return { module: child.prefix, address: this.points.has(`${child.prefix}${address}`) ? address : output };
  }
}

function missingNode(prefix: string, address: string, place: Place): GraphNode {
  const dot = address.lastIndexOf('.');
  return {
    id: `${prefix}${address}`,
    kind: 'missing',
    module: prefix.slice(0, -1),
    type: address.slice(0, Math.max(dot, 0)),
    name: address.slice(dot + 1),
    place,
  };
}

function scopesOf(tree: ModuleNode): Scope[] {
  const scopes = new Map<
    ModuleNode,
    { node: ModuleNode; parent: Scope | undefined; prefix: string; children: Map<string, Scope> }
  >();
  for (const node of eachNode(tree)) {
    const prefix = node.path.map((name) => `module.${name}.`).join('');
    scopes.set(node, { node, parent: undefined, prefix, children: new Map() });
  }
  for (const [node, scope] of scopes) {
    for (const child of node.children) {
      const inner = scopes.get(child);
      const name = child.path.at(-1);
      if (inner === undefined || name === undefined) continue;
      inner.parent = scope;
      scope.children.set(name, inner);
    }
  }
  return [...scopes.values()];
}

function references(scope: Scope, declaration: Declaration): readonly Reference[] {
  return scope.node.module.references(declaration);
}

function isNoProvider(reference: Reference): boolean {
  return !reference.target.startsWith('provider.');
}

function argument(declaration: Declaration, name: string): Attribute | undefined {
  return declaration.node.kind === 'block' ? attributeOf(declaration.node.body, name) : undefined;
}

/** `aws`, or `aws.west` with an alias. */
function providerName(declaration: Declaration): string {
  return configurationName(argument(declaration, 'provider')?.value) ?? impliedProvider(declaration.type);
}

function passedProvider(call: Declaration, name: string): string | undefined {
  const map = argument(call, 'providers')?.value;
  if (map?.kind !== 'object') return undefined;
  const item = map.items.find(({ key }) => (configurationName(key) ?? keyName(key)) === name);
  return configurationName(item?.value);
}

function configurationName(expression: Expression | undefined): string | undefined {
  const traversal = expression === undefined ? undefined : toTraversal(expression);
  if (traversal === undefined) return undefined;
  const alias = traversal.steps[0];
  return alias?.kind === 'name' ? `${traversal.root.name}.${alias.name}` : traversal.root.name;
}
