import { BigFloat } from './bigFloat';
import { quote } from './functions/goQuote';
import { friendlyName, isCollection } from './types';
import type { CtyType } from './type';
import type { KnownValue, Value } from './value';
import { ephemeral, sensitive } from './value';

/** The value as `terraform console` prints it, much like HCL. Nothing of what is sensitive or ephemeral is shown. */
export function formatValue(value: Value): string {
  return write(value, 0);
}

function write(value: Value, indent: number): string {
  if (value.kind === 'unknown') return '(known after apply)';
  if (value.marks & sensitive) return '(sensitive value)';
  if (value.marks & ephemeral) return '(ephemeral value)';
  if (value.kind === 'null') return writeNull(value.type);
  const { content, type } = value;
  if (typeof content === 'string') return writeString(content, indent);
  if (typeof content === 'boolean') return content ? 'true' : 'false';
  if (content instanceof BigFloat) return content.toText();
  const members = content instanceof Map ? writeNamed(value, indent) : writeSequence(value, indent);
  return isCollection(type) ? `to${type[0]}(${members})` : members;
}

function writeNull(type: CtyType): string {
  if (type === 'dynamic') return 'null';
  if (typeof type === 'string') return `to${type}(null)`;
  if (!isCollection(type)) return `null /* ${friendlyName(type)} */`;
  return `to${type[0]}(null) /* of ${friendlyName(type[1])} */`;
}

function writeString(text: string, indent: number): string {
  const lines = text.split('\n');
  if (lines.length < 2) return quote(text);
  let marker = 'EOT';
  while (lines.some((line) => line.trim() === marker)) marker += '_';
  const margin = `\n${' '.repeat(indent)}`;
  return `${indent > 0 ? '<<-' : '<<'}${marker}${[...lines, marker].map((line) => margin + line).join('')}`;
}

function writeNamed(value: KnownValue, indent: number): string {
  const members = value.content as ReadonlyMap<string, Value>;
  const lines = [...members].map(
    ([name, member]) => `${writeString(name, indent + 2)} = ${write(member, indent + 2)}`,
  );
  return enclose('{', lines, '}', indent);
}

function writeSequence(value: KnownValue, indent: number): string {
  const members = value.content as readonly Value[];
  return enclose(
    '[',
    members.map((member) => `${write(member, indent + 2)},`),
    ']',
    indent,
  );
}

function enclose(open: string, lines: readonly string[], close: string, indent: number): string {
  if (lines.length === 0) return open + close;
  const margin = ' '.repeat(indent + 2);
  return `${open}\n${lines.map((line) => `${margin}${line}\n`).join('')}${' '.repeat(indent)}${close}`;
}
