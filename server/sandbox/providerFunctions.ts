import type { CtyType } from '../cty/type';
import type { ProviderFunction } from '../providers/schema';
import { awsFunctions } from './functions/aws';
import { googleFunctions } from './functions/google';
import { manifestFunctions } from './functions/manifests';
import { FunctionError } from './functions/providerFunction';
import type { Implementation } from './functions/providerFunction';
import { timeFunctions } from './functions/time';
import type { RequestOf, ResponseOf } from './protocol';
import { decodeValue, encodeValue, fromStateJson } from './values';
import type { Value } from './values';

/** What the sandbox computes itself, by provider (`namespace/name`) and function. */
const implementations: Readonly<Record<string, Readonly<Record<string, Implementation>>>> = {
  'hashicorp/aws': awsFunctions,
  'hashicorp/google': googleFunctions,
  'hashicorp/google-beta': googleFunctions,
  'hashicorp/kubernetes': manifestFunctions,
  'hashicorp/time': timeFunctions,
};

/**
 * The functions a provider is served with: those of its schema, and those we compute although the schema's source
 * leaves them out.
 *
 * @param source full or short address of the provider
 */
export function servedFunctions(
  source: string,
  declared: readonly ProviderFunction[],
): readonly ProviderFunction[] {
  const own = Object.entries(implementationsOf(source)).map(([name, { parameters, returns }]) => ({
    name,
    parameters: parameters.map(([parameter, type]) => ({ name: parameter, type })),
    returns,
  }));
  return [...declared, ...own.filter(({ name }) => !declared.some((each) => each.name === name))];
}

/** Answers a call; what goes wrong is an error about the argument, shown at the call in the configuration. */
export function callFunction(
  source: string,
  served: readonly ProviderFunction[],
  request: RequestOf<'CallFunction'>,
): ResponseOf<'CallFunction'> {
  const name = request.name ?? '';
  const declared = served.find((each) => each.name === name);
  const implementation = implementationsOf(source)[name];
  if (declared === undefined || implementation === undefined) {
    return {
      error: {
        text: `The sandbox does not know what ${name}() of ${source} computes: it runs no provider. Put a value in its place, for example with a variable, to plan here.`,
      },
    };
  }
  try {
    const values = (request.arguments ?? []).map((argument, index): Value => {
      const type = (declared.parameters[index] ?? declared.variadic)?.type ?? 'dynamic';
      return readArgument(argument.msgpack, argument.json, type);
    });
    return { result: { msgpack: encodeValue(implementation.call(values), declared.returns) } };
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return {
      error: {
        text: error.message,
        ...(error.argument !== undefined && { functionArgument: error.argument }),
      },
    };
  }
}

function implementationsOf(source: string): Readonly<Record<string, Implementation>> {
  return implementations[source.split('/').slice(-2).join('/')] ?? {};
}

function readArgument(msgpack: Uint8Array | undefined, json: Uint8Array | undefined, type: CtyType): Value {
  if (msgpack !== undefined) return decodeValue(msgpack, type);
  return json === undefined ? null : fromStateJson(Buffer.from(json).toString('utf8'), type);
}
