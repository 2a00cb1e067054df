import { identifierEnd } from '../../hcl/characters';
import { format } from '../../hcl/format';
import { BigFloat } from '../bigFloat';
import { isComposite } from '../marks';
import type { Value } from '../value';

/** The name of the only attribute in a text from which an expression is taken. */
const stub = 'x';

/** A wholly known value as an expression of HCL, laid out as Terraform writes it; undefined where it is too deep. */
export function toExpression(value: Value): string | undefined {
  return toAttributes([[stub, value]])
    ?.slice(`${stub} = `.length)
    .trimEnd();
}

/** Wholly known values as the attributes of a body; undefined where one is too deep to be laid out. */
export function toAttributes(attributes: Iterable<readonly [string, Value]>): string | undefined {
  const lines: string[] = [];
  for (const [name, value] of attributes) {
    const parts: string[] = [];
    if (!write(value, parts, 0)) return undefined;
    lines.push(`${name} = ${parts.join('')}\n`);
  }
  return laidOut(lines.join(''));
}

export function isIdentifier(text: string): boolean {
  return text !== '' && identifierEnd(text, 0) === text.length;
}

/** Far below what the parser takes, which the formatter uses. */
const deepest = 200;

function write(value: Value, parts: string[], depth: number): boolean {
  if (depth > deepest) return false;
  if (value.kind !== 'known') parts.push('null');
  else if (value.content instanceof BigFloat) parts.push(numberText(value.content));
  else if (typeof value.content === 'string') parts.push(`"${escaped(value.content)}"`);
  else if (!isComposite(value.content)) parts.push(String(value.content));
  else if (value.content instanceof Map)
    return writeMembers(value.content as ReadonlyMap<string, Value>, parts, depth);
  else return writeElements([...value.content.values()], parts, depth);
  return true;
}

function writeElements(values: readonly Value[], parts: string[], depth: number): boolean {
  parts.push('[');
  for (const [at, value] of values.entries()) {
    if (at > 0) parts.push(', ');
    if (!write(value, parts, depth + 1)) return false;
  }
  parts.push(']');
  return true;
}

function writeMembers(members: ReadonlyMap<string, Value>, parts: string[], depth: number): boolean {
  parts.push(members.size === 0 ? '{' : '{\n');
  let isFirst = true;
  for (const [name, value] of members) {
    const key = isIdentifier(name) ? name : `"${escaped(name)}"`;
    parts.push(isFirst && key === 'for' ? unparseable(key) : key, ' = ');
    if (!write(value, parts, depth + 1)) return false;
    parts.push('\n');
    isFirst = false;
  }
  parts.push('}');
  return true;
}

function numberText(number: BigFloat): string {
  if (!number.isInfinite()) return number.toText();
  return unparseable(number.sign() < 0 ? '-Inf' : '+Inf');
}

/**
 * What Terraform writes though it does not parse (a first member named `for`, an infinite number), so that it could not
 * be laid out here either. Until it is, it stands between two characters that no text holds: what does not print is
 * escaped.
 */
function unparseable(text: string): string {
  return `\0${text}\0`;
}

function laidOut(text: string): string | undefined {
  const standIns = new Map<string, string>();
  let whole = text.replace(/\0([^\0]+)\0/g, (_, raw: string) => {
    const name = standIns.get(raw) ?? unusedName(text, raw.length, standIns.size);
    standIns.set(raw, name);
    return name;
  });
  const result = format(whole);
  if (!result.ok) return undefined;
  whole = result.text;
  for (const [raw, name] of standIns) whole = whole.replaceAll(name, raw);
  return whole;
}

/** A name of a certain width that the text does not hold, and that differs from those before it. */
function unusedName(text: string, width: number, before: number): string {
  const first = String.fromCharCode('a'.charCodeAt(0) + before);
  for (let number = 0; ; number++) {
    const name = first + number.toString(36).padStart(width - 1, '0');
    if (!text.includes(name)) return name;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
  '${': '$${',
  '%{': '%%{',
};

/** What does not print gets an escape, and what would start a template is doubled. */
function escaped(text: string): string {
  return text.replace(/["\\]|[$%]\{|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (part) => {
    const known = escapes[part];
    if (known !== undefined) return known;
    const code = part.codePointAt(0) ?? 0;
    return code < 0x10000
      ? `\\u${code.toString(16).padStart(4, '0')}`
      : `\\U${code.toString(16).padStart(8, '0')}`;
  });
}
