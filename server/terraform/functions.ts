import type { CtyType } from '../cty/type';
import { typeToString } from '../cty/type';
import signatures from './data/functions.json';
import { functionSummaries } from './functionSummaries';

export interface FunctionParameter {
  readonly name: string;
  readonly type: CtyType;
}

/** A function of the language with its signature. */
export interface LanguageFunction {
  readonly name: string;
  readonly summary: string;
  readonly returns: CtyType;
  readonly parameters: readonly FunctionParameter[];
  /** Any number of further arguments of this type. */
  readonly variadic: FunctionParameter | undefined;
}

interface Signature {
  readonly returns: CtyType;
  readonly parameters: readonly FunctionParameter[];
  readonly variadic?: FunctionParameter;
}

/** Functions that only OpenTofu has, or that came after the recorded signatures: known by name, never an error. */
const knownByName = new Set(['base64gunzip', 'cidrcontains', 'convert', 'urldecode']);

const functions: ReadonlyMap<string, LanguageFunction> = new Map(
  Object.entries(signatures as unknown as Readonly<Record<string, Signature>>).map(([name, signature]) => [
    name,
    {
      name,
      summary: functionSummaries[name] ?? '',
      returns: signature.returns,
      parameters: signature.parameters,
      variadic: signature.variadic,
    },
  ]),
);

/** All functions with a known signature, sorted by name. */
export function allFunctions(): readonly LanguageFunction[] {
  return [...functions.values()];
}

/** A function by its name, with or without the `core::` namespace. */
export function findFunction(name: string): LanguageFunction | undefined {
  return functions.get(name.replace(/^core::/, ''));
}

/** Whether some release of Terraform or OpenTofu may know the name; provider functions always may. */
export function mayBeFunction(name: string): boolean {
  const bare = name.replace(/^core::/, '');
  return bare.includes('::') || functions.has(bare) || knownByName.has(bare);
}

/** `join(separator string, lists... list(string)) string` */
export function signatureOf(called: LanguageFunction): string {
  return `${called.name}(${parameterLabels(called).join(', ')}) ${typeToString(called.returns)}`;
}

/** How each parameter is written in the signature, in order. */
export function parameterLabels(called: LanguageFunction): readonly string[] {
  const fixed = called.parameters.map((parameter) => `${parameter.name} ${typeToString(parameter.type)}`);
  const { variadic } = called;
  return variadic === undefined ? fixed : [...fixed, `${variadic.name}... ${typeToString(variadic.type)}`];
}
