import type { Attribute, Block } from '../../hcl/syntax';
import { factsOf } from '../../terraform/facts';
import type { Declaration, Module } from '../../terraform/model';
import { isLocalSource, moduleSource } from '../../terraform/moduleCalls';
import { sourceOf } from '../../terraform/providerSource';
import { isStackCall, keyRange } from '../../terraform/stacks/stackCalls';
import { toTraversal } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import { attributeOf, literalString } from '../../terraform/values';
import { contains } from '../../text/range';
import type { Range } from '../../text/range';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import { didYouMean, nearest } from '../suggestion';
import { checkInputs } from './checkInputs';
import { neededProviders } from './neededProviders';

/** Checks a component or an embedded stack: where it comes from, what it is given, and what it waits for. */
export function checkComponent(snapshot: Snapshot, module: Module, call: Declaration): Diagnostic[] {
  if (call.node.kind !== 'block') return [];
  return [
    ...source(snapshot, module, call, call.node),
    ...version(call, call.node),
    ...checkInputs(snapshot, module, call),
    ...(call.kind === 'component'
      ? [...providers(snapshot, module, call, call.node), ...passedAsInputs(call, call.node)]
      : []),
    ...dependencies(call.node),
  ];
}

function source(snapshot: Snapshot, module: Module, call: Declaration, block: Block): Diagnostic[] {
  const written = moduleSource(call);
  const range = attributeOf(block.body, 'source')?.value.range;
  if (written === undefined || written === '' || range === undefined) return [];
  const called = snapshot.index.called(call, module);
  const facts = { source: written };
  if (called === undefined && isLocalSource(written)) {
    const what = call.kind === 'component' ? 'Terraform files' : 'component files';
    const message = `There is nothing at "${written}": the folder does not exist or holds no ${what}.`;
    return [diagnosticOf('module-not-found', range, message, { facts })];
  }
  if (called === undefined) {
    const message = `"${written}" is not on this machine, so that its variables and outputs are not known. Run terraform stacks init.`;
    return [diagnosticOf('module-not-installed', range, message, { facts })];
  }
  return call.kind === 'component' ? [...inlineProviders(called, range), ...constants(called, range)] : [];
}

/** A component's module gets all its provider configurations from the stack. */
function inlineProviders(called: Module, range: Range): Diagnostic[] {
  const own = called.declarations.find(({ kind }) => kind === 'provider');
  if (own === undefined) return [];
  const message = `The module configures the provider "${own.name}" itself, which a component's module must not. Remove that block there, and pass the configuration in providers.`;
  return [diagnosticOf('provider-in-component', range, message, { facts: { name: own.name } })];
}

/** Stacks evaluate nothing while they are read. */
function constants(called: Module, range: Range): Diagnostic[] {
  const own = called.declarations.find(
    ({ kind, node }) =>
      kind === 'variable' && node.kind === 'block' && attributeOf(node.body, 'const') !== undefined,
  );
  if (own === undefined) return [];
  const message = `The variable "${own.name}" of the module has the argument "const", which a component's module must not. Remove it there.`;
  return [diagnosticOf('const-in-component', range, message, { facts: { name: own.name } })];
}

/** Embedded stacks take provider configurations as values; a module takes them in `providers` alone. */
function passedAsInputs({ file }: Declaration, block: Block): Diagnostic[] {
  const inputs = attributeOf(block.body, 'inputs');
  if (inputs === undefined) return [];
  return (factsOf(file).uses.get(block) ?? [])
    .filter(({ target, range }) => target.startsWith('provider.') && contains(inputs.range, range))
    .map(({ range }) => {
      const message = 'A module takes no provider configuration as an input. Pass it in providers.';
      return diagnosticOf('invalid-reference', range, message);
    });
}

/** `[HOST/]NAMESPACE/NAME/PROVIDER`, with a folder behind `//`. */
const registryModule = /^(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?\/)?[\w-]+\/[\w-]+\/[a-z0-9]+(?:\/\/.*)?$/i;

function version(call: Declaration, block: Block): Diagnostic[] {
  const written = moduleSource(call);
  const given = attributeOf(block.body, 'version');
  if (written === undefined) return [];
  if (given !== undefined && (isLocalSource(written) || /^[a-z0-9]+::|:\/\//i.test(written))) {
    const message = `Only sources in a registry have versions. Remove this line.`;
    const facts = { name: 'version', other: 'source' };
    return [diagnosticOf('conflicting-arguments', given.nameRange, message, { facts })];
  }
  const isRegistry = call.kind === 'component' && registryModule.test(written) && !isRepository(written);
  if (!isRegistry || given !== undefined) return [];
  const message = `${call.address} needs the argument "version": a module of a registry has many versions.`;
  return [diagnosticOf('missing-argument', block.typeRange, message, { facts: { name: 'version' } })];
}

/** `github.com/owner/name` looks like a registry address, and is none. */
function isRepository(written: string): boolean {
  return /^(github\.com|gitlab\.com|bitbucket\.org)\//.test(written);
}

function providers(snapshot: Snapshot, module: Module, call: Declaration, block: Block): Diagnostic[] {
  const called = snapshot.index.called(call, module);
  const passed = attributeOf(block.body, 'providers');
  if (called === undefined || called.unread.length > 0 || !block.closed) return [];
  if (passed !== undefined && passed.value.kind !== 'object') return [];
  const given = new Map(passedProviders(passed).map((each) => [each.name, each]));
  const found: Diagnostic[] = [];
  for (const { name, source: wanted } of neededProviders(snapshot, called)) {
    const own = given.get(name);
    if (own === undefined) {
      const message = `${call.address} must pass the provider configuration "${name}" that its module uses: providers = { ${name} = provider.${name.split('.')[0] ?? ''}.NAME }.`;
      const range = passed?.nameRange ?? block.typeRange;
      found.push(diagnosticOf('missing-provider-configuration', range, message, { facts: { name } }));
      continue;
    }
    const local = own.provider === undefined ? undefined : sourceOf(own.provider, module);
    if (local === undefined || local === wanted) continue;
    const message = `The module needs a configuration of ${wanted} here, and this is one of ${local}.`;
    found.push(diagnosticOf('wrong-provider-configuration', own.valueRange, message, { facts: { name } }));
  }
  return [...found, ...uselessProviders(snapshot, called, [...given.values()])];
}

/** Terraform ignores what the module does not ask for, unless the state still needs it. */
function uselessProviders(snapshot: Snapshot, called: Module, given: readonly Passed[]): Diagnostic[] {
  const known = new Set([
    ...called.requirements.map(({ name }) => name),
    ...neededProviders(snapshot, called).map(({ name }) => name),
  ]);
  return given
    .filter(({ name }) => !known.has(name) && !known.has(name.split('.')[0] ?? name))
    .map(({ name, range }) => {
      const suggestion = nearest(name, [...known]);
      const message = `The module of the component uses no provider "${name}".${didYouMean(suggestion)}`;
      const more = { severity: 'hint', tag: 'unnecessary', suggestion, facts: { name } } as const;
      return diagnosticOf('unknown-provider-configuration', range, message, more);
    });
}

interface Passed {
  /** The module's name for it: `aws`, `aws.west`. */
  readonly name: string;
  readonly range: Range;
  readonly valueRange: Range;
  /** The stack's name of the provider, where the value is a plain reference. */
  readonly provider: string | undefined;
}

function passedProviders(passed: Attribute | undefined): readonly Passed[] {
  if (passed?.value.kind !== 'object') return [];
  return passed.value.items.flatMap(({ key, value }): Passed[] => {
    const traversal = toTraversal(key);
    const [alias] = traversal?.steps ?? [];
    const plain = literalString(key);
    const name =
      traversal === undefined
        ? plain
        : [traversal.root.name, ...(alias?.kind === 'name' ? [alias.name] : [])].join('.');
    if (name === undefined) return [];
    const target = toTraversal(value);
    const [type] = target?.root.name === 'provider' ? target.steps : [];
    return [
      {
        name,
        range: keyRange(key),
        valueRange: value.range,
        provider: type?.kind === 'name' ? type.name : undefined,
      },
    ];
  });
}

function dependencies(block: Block): Diagnostic[] {
  const list = attributeOf(block.body, 'depends_on')?.value;
  if (list?.kind !== 'tuple') return [];
  return list.items.flatMap((item) => {
    const traversal = toTraversal(item);
    const root = traversal?.root.name;
    if (item.kind === 'missing' || item.kind === 'error') return [];
    if (traversal !== undefined && (root === 'component' || root === 'stack')) return tooDeep(traversal);
    const message = 'depends_on takes components and embedded stacks: [component.NAME].';
    return [diagnosticOf('invalid-dependency', item.range, message)];
  });
}

/** Terraform waits for all of it anyway, and says so. */
function tooDeep({ steps, root, range }: Traversal): Diagnostic[] {
  const [name, ...more] = steps;
  if (name?.kind !== 'name' || more.length === 0) return [];
  const suggestion = `${root.name}.${name.name}`;
  const message = `A dependency is a whole component or stack, so that this means ${suggestion}. Write that.`;
  return [diagnosticOf('invalid-dependency', range, message, { severity: 'warning', suggestion })];
}

/** Whether a declaration is checked here. */
export function isComponent({ kind }: Declaration): boolean {
  return isStackCall(kind) && kind !== 'deployment';
}
