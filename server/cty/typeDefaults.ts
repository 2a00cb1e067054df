import { unifyValues, ConversionError } from './convert';
import { isComposite } from './marks';
import { setValue } from './set';
import { isCollection, isObject, isTuple } from './types';
import type { CtyType } from './type';
import type { KnownValue, Value } from './value';
import { listValue, mapValue, objectValue, tupleValue, withMarks } from './value';

/** The defaults that a type constraint gives to optional attributes, at every depth. */
export interface TypeDefaults {
  readonly type: CtyType;
  /** For attributes of an object. */
  readonly values: ReadonlyMap<string, Value>;
  /** By attribute name or index; by the empty name for all members of a collection. */
  readonly members: ReadonlyMap<string, TypeDefaults>;
}

/**
 * The value with defaults in place of optional attributes that are missing or null, as Terraform puts them in before it
 * converts the value to the type.
 */
export function applyDefaults(value: Value, defaults: TypeDefaults | undefined): Value {
  if (defaults === undefined || value.kind !== 'known' || !isComposite(value.content)) return value;
  const { content } = value;
  const result =
    content instanceof Map
      ? applyByName(value, content as ReadonlyMap<string, Value>, defaults)
      : applyByIndex(value, content as readonly Value[], defaults);
  return withMarks(result, value.marks);
}

function applyByIndex(value: KnownValue, members: readonly Value[], defaults: TypeDefaults): Value {
  const changed = members.map((member, at) => applyDefaults(member, memberDefaults(defaults, at.toString())));
  if (!isCollection(value.type)) return tupleValue(changed);
  const [kind] = value.type;
  if (changed.length === 0) return value;
  const unified = unifiedOrNothing(changed);
  if (unified === undefined) return tupleValue(changed);
  return kind === 'set' ? setValue(unified.type, unified.values) : listValue(unified.type, unified.values);
}

function applyByName(value: KnownValue, members: ReadonlyMap<string, Value>, defaults: TypeDefaults): Value {
  const changed = new Map<string, Value>();
  for (const [name, member] of members) {
    changed.set(name, applyDefaults(member, memberDefaults(defaults, name)));
  }
  for (const [name, given] of defaults.values) {
    const member = changed.get(name);
    if (member === undefined || member.kind === 'null') {
      changed.set(name, applyDefaults(given, defaults.members.get(name)));
    } else if (member.kind === 'unknown' && given.kind === 'known' && member.type !== 'dynamic') {
      changed.set(name, { ...member, notNull: true });
    }
  }
  if (!isCollection(value.type)) return objectValue(changed);
  if (changed.size === 0) return value;
  const unified = unifiedOrNothing([...changed.values()]);
  if (unified === undefined) return objectValue(changed);
  const names = [...changed.keys()];
  return mapValue(
    unified.type,
    unified.values.map((member, at) => [names[at] ?? '', member]),
  );
}

function memberDefaults(defaults: TypeDefaults, name: string): TypeDefaults | undefined {
  const own = isObject(defaults.type) || isTuple(defaults.type);
  return own ? defaults.members.get(name) : defaults.members.get('');
}

function unifiedOrNothing(
  values: readonly Value[],
): { readonly type: CtyType; readonly values: readonly Value[] } | undefined {
  try {
    return unifyValues(values, 'unsafe');
  } catch (error) {
    if (error instanceof ConversionError) return undefined;
    throw error;
  }
}
