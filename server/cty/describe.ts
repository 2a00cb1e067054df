import { BigFloat } from './bigFloat';
import { friendlyName } from './types';
import type { Value } from './value';
import { noMarks } from './value';

const longest = 40;

/** A value in the words of a message: `"abc"`, `null`, `a list of string`; nothing of what is sensitive. */
export function describeValue(value: Value): string {
  if (value.kind === 'null') return 'null';
  if (value.kind === 'known' && value.marks === noMarks) {
    const { content } = value;
    if (content instanceof BigFloat) return shorten(content.toText());
    if (typeof content === 'boolean') return content ? 'true' : 'false';
    if (typeof content === 'string') return JSON.stringify(shorten(content));
  }
  const name = value.type === 'dynamic' ? 'value' : friendlyName(value.type);
  const article = /^[aeiou]/.test(name) ? 'an' : 'a';
  return value.marks === noMarks ? `${article} ${name}` : `a sensitive ${name}`;
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  // Half of a character that takes two units is not shown.
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
