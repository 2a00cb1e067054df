import { asList, asRecord, asText, isRecord } from './json';
import type { JsonRecord } from './json';

/** By address without keys (`module.serve.aws_instance.node`): the expressions of its block. */
export type WrittenAttributes = ReadonlyMap<string, JsonRecord>;

/** @param configuration The member of that name in `show -json` of a plan. */
export function writtenAttributes(configuration: unknown): WrittenAttributes {
  const written = new Map<string, JsonRecord>();
  collect(asRecord(configuration).root_module, '', written);
  return written;
}

/** Whether the configuration gives a value to the place, itself or as a part of a larger expression. */
export function isWritten(expressions: JsonRecord, path: readonly (string | number)[]): boolean {
  let current: unknown = expressions;
  for (const part of path) {
    if (current !== expressions && isExpression(current)) return true;
    if (typeof part === 'string') current = asRecord(current)[part];
    else if (Array.isArray(current)) current = (current[part] ?? current[0]) as unknown;
    if (current === undefined) return false;
  }
  return true;
}

/** `module.a["x"].aws_instance.b[0]` becomes `module.a.aws_instance.b`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}

/** An expression names its references or its value, or nothing at all; a block names its arguments. */
function isExpression(value: unknown): boolean {
  return (
    isRecord(value) && ('references' in value || 'constant_value' in value || Object.keys(value).length === 0)
  );
}

function collect(module: unknown, prefix: string, written: Map<string, JsonRecord>): void {
  const record = asRecord(module);
  for (const entry of asList(record.resources)) {
    const { address, expressions } = asRecord(entry);
    written.set(prefix + asText(address), asRecord(expressions));
  }
  for (const [name, call] of Object.entries(asRecord(record.module_calls))) {
    if (isRecord(call)) collect(call.module, `${prefix}module.${name}.`, written);
  }
}
