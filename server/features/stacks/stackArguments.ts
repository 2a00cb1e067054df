import type { AttributeSchema } from '../../providers/schema';
import type { Declaration, Module } from '../../terraform/model';
import type { ModuleIndex } from '../../terraform/moduleIndex';
import { isStackCall } from '../../terraform/stacks/stackCalls';
import type { Snapshot } from '../snapshot';
import { variableSchema } from '../variableSchema';
import { neededProviders } from './neededProviders';

/** A block around a body, as in bodyRules.ts. */
interface OpenBlock {
  readonly type: string;
  readonly labels: readonly string[];
}

type Arguments = Readonly<Record<string, AttributeSchema>>;

/**
 * What the place tells about arguments in a stack or its deployments: the keys of `inputs` are the variables of what is
 * called, those of `providers` what its module needs.
 */
export function argumentsAt(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly OpenBlock[],
): Arguments | undefined {
  const [block, ...inner] = blocks;
  const call = block === undefined || inner.length > 0 ? undefined : callOf(module, block);
  const called = call === undefined ? undefined : snapshot.index.called(call, module);
  if (call === undefined || called === undefined) return undefined;
  const known = remembered.get(snapshot.index) ?? new Map<string, Arguments>();
  remembered.set(snapshot.index, known);
  const key = `${call.kind} ${called.directory}`;
  const told = known.get(key) ?? {
    inputs: inputs(called),
    ...(call.kind === 'component' && { providers: providers(snapshot, called) }),
  };
  known.set(key, told);
  return told;
}

/** An index is one moment of the workspace, so that what it gave once stays true. */
const remembered = new WeakMap<ModuleIndex, Map<string, Arguments>>();

/** The declaration behind a block, which may be half written. */
function callOf(module: Module, { type, labels }: OpenBlock): Declaration | undefined {
  const [name] = labels;
  const call = name === undefined ? undefined : module.find(`${type}.${name}`);
  return call !== undefined && isStackCall(call.kind) ? call : undefined;
}

function inputs(called: Module): AttributeSchema {
  const attributes = called.declarations
    .filter(({ kind }) => kind === 'variable')
    .map((variable): [string, AttributeSchema] => [variable.name, variableSchema(variable)]);
  return {
    nested: { nesting: 'single', attributes: Object.fromEntries(attributes) },
    optional: true,
    description:
      called.dialect === 'stack'
        ? 'Values for the variables of the stack, by name.'
        : 'Values for the variables of the module, by name.',
  };
}

function providers(snapshot: Snapshot, called: Module): AttributeSchema {
  const needed = neededProviders(snapshot, called).map(({ name, source }): [string, AttributeSchema] => [
    name,
    { type: 'dynamic', required: true, description: `A configuration of ${source}: \`provider.TYPE.NAME\`.` },
  ]);
  return {
    nested: { nesting: 'single', attributes: Object.fromEntries(needed) },
    optional: true,
    description:
      'Which provider configuration the module gets for each provider it needs: `{ aws = provider.aws.main }`.',
  };
}
