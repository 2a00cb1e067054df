import { typeToString } from '../cty/type';
import type { CtyType } from '../cty/type';
import type { ProviderFunction } from '../providers/schema';
import { findFunction } from '../terraform/functions';
import type { LanguageFunction } from '../terraform/functions';
import type { Module } from '../terraform/model';
import { sourceOf } from '../terraform/providerSource';
import { provenanceText } from './providerSchemas';
import { schemaDirectories } from './schemaPlaces';
import type { Snapshot } from './snapshot';

/** A function that can be called at a place: one of the language, or one that a provider defines. */
export interface Callable {
  /** As it is called: `join`, `provider::aws::arn_parse`. */
  readonly name: string;
  readonly summary: string;
  readonly returns: CtyType;
  readonly parameters: readonly CallableParameter[];
  /** Any number of further arguments of this type. */
  readonly variadic: CallableParameter | undefined;
  readonly deprecated: boolean;
  /** Where a provider's function comes from: `hashicorp/aws 6.66.0 bundled`. */
  readonly source?: string;
}

interface CallableParameter {
  readonly name: string;
  readonly type: CtyType;
  readonly description?: string;
}

const kept = new WeakMap<LanguageFunction, Callable>();

/** The function of that name; `provider::` names lead to the providers that the module requires. */
export function calledFunction(snapshot: Snapshot, module: Module, name: string): Callable | undefined {
  const [space, local, own] = name.split('::');
  if (space !== 'provider') {
    const found = findFunction(name);
    return found === undefined ? undefined : languageCallable(found);
  }
  if (local === undefined || own === undefined) return undefined;
  return functionsOf(snapshot, module, local).find((each) => each.name === name);
}

export function languageCallable(called: LanguageFunction): Callable {
  const before = kept.get(called);
  if (before !== undefined) return before;
  const { name, summary, returns, parameters, variadic } = called;
  const callable: Callable = { name, summary, returns, parameters, variadic, deprecated: false };
  kept.set(called, callable);
  return callable;
}

/** The functions of all providers that a module requires by name: only those may be called. */
export function providerFunctions(snapshot: Snapshot, module: Module): readonly Callable[] {
  const names = new Set(module.requirements.map((requirement) => requirement.name));
  // Terraform has a provider of its own, which needs no requirement's version but does need its entry.
  return [...names].flatMap((name) => functionsOf(snapshot, module, name));
}

function functionsOf(snapshot: Snapshot, module: Module, local: string): readonly Callable[] {
  const source = sourceOf(local, module);
  const provider = snapshot.schemas.provider(source, schemaDirectories(snapshot, module));
  if (provider === undefined) return [];
  const from = provenanceText(provider.provenance);
  return provider.functions().map((each) => providerCallable(each, local, from));
}

function providerCallable(each: ProviderFunction, local: string, source: string): Callable {
  const { summary, description, parameters, returns, variadic, deprecated } = each;
  return {
    name: `provider::${local}::${each.name}`,
    summary: [summary, description].find((text) => text !== undefined && text !== '') ?? '',
    returns,
    parameters,
    variadic,
    deprecated: deprecated === true,
    source,
  };
}

/** `join(separator string, lists... list(string)) string` */
export function callableSignature(called: Callable): string {
  return `${called.name}(${callableParameters(called).join(', ')}) ${typeToString(called.returns)}`;
}

/** How each parameter is written in the signature, in order. */
export function callableParameters({ parameters, variadic }: Callable): readonly string[] {
  const fixed = parameters.map((parameter) => `${parameter.name} ${typeToString(parameter.type)}`);
  return variadic === undefined ? fixed : [...fixed, `${variadic.name}... ${typeToString(variadic.type)}`];
}

/** The parameter that argument number `index` is for. */
export function parameterAt(
  { parameters, variadic }: Callable,
  index: number,
): CallableParameter | undefined {
  return parameters[index] ?? variadic;
}
