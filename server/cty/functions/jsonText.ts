import { BigFloat } from '../bigFloat';
import { isComposite } from '../marks';
import type { Value } from '../value';

/** Deeper values than this come from a mistake, and could not be handled without running out of stack. */
export const deepestJson = 1000;

/** A string as Go writes it in JSON: like JavaScript, but with what HTML could misread escaped as well. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The wholly known value as JSON, as Terraform's `jsonencode` writes it. Throws for an infinite number. */
export function jsonText(value: Value): string {
  const parts: string[] = [];
  write(value, parts, 0);
  return parts.join('');
}

function write(value: Value, parts: string[], depth: number): void {
  if (depth > deepestJson) throw new RangeError(`the value is nested more than ${String(deepestJson)} deep`);
  if (value.kind === 'unknown') throw new Error('value is not known');
  if (value.kind === 'null') {
    parts.push('null');
  } else if (typeof value.content === 'string') {
    parts.push(jsonString(value.content));
  } else if (typeof value.content === 'boolean') {
    parts.push(String(value.content));
  } else if (value.content instanceof BigFloat) {
    if (value.content.isInfinite()) throw new RangeError('cannot serialize infinity as JSON');
    parts.push(value.content.toText());
  } else if (isComposite(value.content)) {
    writeMembers(value.content, parts, depth);
  }
}

function writeMembers(
  content: readonly Value[] | ReadonlyMap<string, Value>,
  parts: string[],
  depth: number,
): void {
  const named = content instanceof Map;
  parts.push(named ? '{' : '[');
  let separator = '';
  for (const [name, member] of content.entries()) {
    parts.push(separator);
    if (named) parts.push(jsonString(String(name)), ':');
    write(member, parts, depth + 1);
    separator = ',';
  }
  parts.push(named ? '}' : ']');
}
