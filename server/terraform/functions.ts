import type { CtyType } from '../cty/type';
import { typeToString } from '../cty/type';
import signatures from './data/functions.json';
import type { Edition } from './edition';
import { functionSummaries } from './functionSummaries';
import type { Availability } from './language/availability';
import { functionAvailability, furtherFunctions } from './language/furtherFunctions';
import type { Signature } from './language/furtherFunctions';
import { lazily } from './languageBlock';

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
  /** The releases that know it; all where this is absent. */
  readonly available?: Availability;
}

const recorded: ReadonlyMap<string, LanguageFunction> = new Map(
  Object.entries(signatures as unknown as Readonly<Record<string, Signature>>).map(([name, signature]) => [
    name,
    toFunction(name, signature, functionSummaries[name] ?? '', functionAvailability[name]),
  ]),
);

const further = lazily(
  (): ReadonlyMap<string, LanguageFunction> =>
    new Map(
      Object.entries(furtherFunctions()).map(([name, signature]) => [
        name,
        toFunction(name, signature, signature.summary, signature.available),
      ]),
    ),
);

function toFunction(
  name: string,
  { returns, parameters, variadic }: Signature,
  summary: string,
  available: Availability | undefined,
): LanguageFunction {
  return { name, summary, returns, parameters, variadic, ...(available && { available }) };
}

const offered = new WeakMap<Edition, readonly LanguageFunction[]>();

/** The functions that a release knows which may read the module, sorted by name. */
export function functionsIn(edition: Edition): readonly LanguageFunction[] {
  const known = offered.get(edition);
  if (known !== undefined) return known;
  const functions = [...recorded.values(), ...further().values()]
    .filter(({ available }) => edition.support(available) !== 'none')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  offered.set(edition, functions);
  return functions;
}

/** The functions that not every release knows, whatever the product. */
export function datedFunctions(): readonly LanguageFunction[] {
  return [...recorded.values(), ...further().values()].filter(({ available }) => available !== undefined);
}

/** All functions of Terraform 1.11, sorted by name. */
export function allFunctions(): readonly LanguageFunction[] {
  return [...recorded.values()];
}

/** A function of any release, by its name with or without the `core::` namespace. */
export function findFunction(name: string): LanguageFunction | undefined {
  const bare = name.replace(/^core::/, '');
  return recorded.get(bare) ?? further().get(bare);
}

/** Whether some release of Terraform or OpenTofu may know the name; provider functions always may. */
export function mayBeFunction(name: string): boolean {
  const bare = name.replace(/^core::/, '');
  return bare.includes('::') || findFunction(bare) !== undefined;
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
