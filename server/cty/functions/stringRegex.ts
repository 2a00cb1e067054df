import type { CtyType } from '../type';
import type { Value } from '../value';
import { listValue, nullValue, objectValue, stringValue, tupleValue, unknownValue } from '../value';
import { parameter, textOf } from './argumentValues';
import type { FunctionTable } from './function';
import { ArgumentError } from './function';
import type { GoRegex, Match } from './goRegex';
import { compile, PatternError } from './goRegex';

/** Functions of regular expressions. */
export const regexFunctions: FunctionTable = {
  regex: {
    parameters: [parameter('pattern', 'string'), parameter('string', 'string')],
    type: ([pattern]) => (pattern?.kind === 'known' ? resultType(textOf(pattern)) : 'dynamic'),
    notNull: true,
    call: ([pattern, string], type) => {
      const regex = compile(textOf(pattern));
      const matches = regex.find(textOf(string), 1);
      if (!matches) return unknownValue(type, true);
      if (!matches[0]) throw new Error('pattern did not match any part of the given string');
      return matchValue(regex, matches[0]);
    },
  },
  regexall: {
    parameters: [parameter('pattern', 'string'), parameter('string', 'string')],
    type: ([pattern]) => ['list', pattern?.kind === 'known' ? resultType(textOf(pattern)) : 'dynamic'],
    notNull: true,
    call: ([pattern, string], type) => {
      const regex = compile(textOf(pattern));
      const matches = regex.find(textOf(string));
      if (!matches) return unknownValue(type, true);
      return listValue(
        resultType(textOf(pattern)),
        matches.map((match) => matchValue(regex, match)),
      );
    },
  },
  replace: {
    parameters: [parameter('str', 'string'), parameter('substr', 'string'), parameter('replace', 'string')],
    type: 'string',
    notNull: true,
    call: ([str, substr, replace]) => replaced(textOf(str), textOf(substr), textOf(replace)),
  },
};

function resultType(pattern: string): CtyType {
  const { groups } = compilePattern(pattern);
  const names = groups.filter((name) => name !== undefined);
  if (groups.length === 0) return 'string';
  if (names.length === 0) return ['tuple', groups.map(() => 'string' as const)];
  if (names.length < groups.length) {
    throw new ArgumentError(0, 'invalid regexp pattern: cannot mix both named and unnamed capture groups');
  }
  return ['object', Object.fromEntries(names.map((name) => [name, 'string' as const]))];
}

function compilePattern(pattern: string): GoRegex {
  try {
    return compile(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new ArgumentError(0, `invalid regexp pattern: ${error.fault} in ${error.part}`);
  }
}

function matchValue({ groups }: GoRegex, match: Match): Value {
  const [whole = '', ...texts] = match.texts;
  if (groups.length === 0) return stringValue(whole);
  const values = texts.map((text) => (text === undefined ? nullValue('string') : stringValue(text)));
  if (groups[0] === undefined) return tupleValue(values);
  // The last group of a name counts.
  const named = new Map<string, Value>();
  groups.forEach((name, index) => {
    const value = values[index];
    if (name !== undefined && value) named.set(name, value);
  });
  return objectValue(named);
}

/** Between slashes stands a regular expression; anything else is taken as it is. */
function replaced(text: string, search: string, replacement: string): Value {
  if (search.length < 2 || !search.startsWith('/') || !search.endsWith('/')) {
    return stringValue(replacedText(text, search, replacement));
  }
  const regex = compile(search.slice(1, -1));
  const matches = regex.find(text);
  if (!matches) return unknownValue('string', true);
  const template = parseTemplate(replacement);
  let result = '';
  let from = 0;
  for (const match of matches) {
    result += text.slice(from, match.start) + expand(template, regex, match);
    from = match.end;
  }
  return stringValue(result + text.slice(from));
}

function replacedText(text: string, search: string, replacement: string): string {
  if (search !== '') return text.split(search).join(replacement);
  // The empty text is found between all characters and at both ends.
  return ['', ...Array.from(text), ''].join(replacement);
}

type TemplatePart = { readonly text: string } | { readonly group: string };

/** `$1`, `$name` and `${name}` stand for groups, `$$` for a dollar sign; any other dollar sign for itself. */
function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const found of template.matchAll(/\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu)) {
    parts.push({ text: template.slice(from, found.index) });
    const group = found[1] ?? found[2];
    parts.push(group === undefined ? { text: '$' } : { group });
    from = found.index + found[0].length;
  }
  parts.push({ text: template.slice(from) });
  return parts;
}

function expand(template: readonly TemplatePart[], { groups }: GoRegex, match: Match): string {
  return template
    .map((part) => {
      if ('text' in part) return part.text;
      if (/^(?:0|[1-9][0-9]{0,8})$/.test(part.group)) return match.texts[Number(part.group)] ?? '';
      const index = groups.findIndex((name, at) => name === part.group && match.texts[at + 1] !== undefined);
      return index < 0 ? '' : (match.texts[index + 1] ?? '');
    })
    .join('');
}
