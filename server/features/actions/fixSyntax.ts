import { parse } from '../../hcl/parser';
import { applyEdits } from '../../text/edit';
import type { TextEdit } from '../../text/edit';
import { headerOf, rulesFor } from '../bodyRules';
import type { Block } from '../../hcl/syntax';
import { placeholder } from './declare';
import { indentAt } from './insertion';
import { sourceAt } from './quickFix';
import type { Case, Fix } from './quickFix';

/** A way to write something so that it may be read; it counts only where fewer errors are left then. */
interface Try {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred?: boolean;
}

type Tries = (given: Case) => readonly Try[];

/** Of several ways, the first of those that leave the fewest errors. */
function best(tries: Tries): Fix {
  return (given) => {
    const { text, errors } = given.file.syntax;
    let least = errors.length;
    let found: Try | undefined;
    for (const each of tries(given)) {
      const left = parse(applyEdits(text, each.edits)).errors.length;
      if (left >= least) continue;
      least = left;
      found = each;
    }
    if (found === undefined) return [];
    const { title, edits, preferred = true } = found;
    return [{ title, edits: edits.map((edit) => ({ path: given.file.path, ...edit })), preferred }];
  };
}

function insert(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

function replace(given: Case, newText: string): TextEdit {
  return { range: given.diagnostic.range, newText };
}

/** Where something that is never closed may have been meant to end. */
function places({ file, diagnostic }: Case): number[] {
  const { text } = file.syntax;
  const { start, end } = diagnostic.range;
  const after = lineEnd(text, start);
  const closers = /[\])},\s]*$/.exec(text.slice(start, after))?.[0].length ?? 0;
  return [after - closers, after, end, ...(start === end ? [] : [start])].map((at) => trimmed(text, at));
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : text.charAt(at - 1) === '\r' ? at - 1 : at;
}

/** The end of what stands before an offset. */
function trimmed(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length;
}

function closing(sign: string, title: string): Fix {
  return best((given) =>
    [...places(given), ...closingLines(given)].map((at) => ({ title, edits: [insert(at, sign)] })),
  );
}

/** The ends of the next lines, for what spans several of them. */
function closingLines({ file, diagnostic }: Case): number[] {
  const { text } = file.syntax;
  const found: number[] = [];
  for (let at = lineEnd(text, diagnostic.range.end); found.length < mostLines && at < text.length;) {
    at = lineEnd(text, at + 2);
    found.push(trimmed(text, at));
  }
  return found;
}

const mostLines = 12;

const closeBlock: Tries = (given) => {
  const { text } = given.file.syntax;
  const block = given.nodes.findLast((node): node is Block => node.kind === 'block' && !node.closed);
  const start = block?.range.start ?? given.diagnostic.range.start;
  const indent = indentAt(text, start);
  const title = 'Add the closing brace';
  // Before a line that is indented no further than the block, where there is one; else at the end.
  const tries: Try[] = [];
  for (let at = lineEnd(text, start); at < text.length; at = lineEnd(text, at + 1)) {
    const line = /^\r?\n([ \t]*)(\S?)/.exec(text.slice(at));
    const isOutside = line !== null && line[2] !== '' && (line[1] ?? '').length <= indent.length;
    if (!isOutside) {
      if (at + 1 >= text.length) break;
      continue;
    }
    tries.push({ title, edits: [insert(trimmed(text, at), `\n${indent}}`)] });
    if (tries.length >= mostLines) break;
  }
  const end = trimmed(text, text.length);
  return [...tries, { title, edits: [insert(end, `\n${indent}}`)] }];
};

/** Removes the line break between a header and what must stand on its line. */
const joinLines: Tries = ({ file, diagnostic }) => {
  const { text } = file.syntax;
  const start = trimmed(text, diagnostic.range.start);
  const end = diagnostic.range.start + (/^\s*/.exec(text.slice(diagnostic.range.start))?.[0].length ?? 0);
  return [{ title: 'Put it on one line', edits: [{ range: { start, end }, newText: ' ' }] }];
};

const breakLine: Tries = ({ file, diagnostic }) => {
  const { text } = file.syntax;
  const { start, end } = diagnostic.range;
  const before = /[ \t,;]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const after = /^[ \t,;]*/.exec(text.slice(start))?.[0].length ?? 0;
  const indent = indentAt(text, start);
  const title = 'Put it on a line of its own';
  return [
    { title, edits: [{ range: { start: start - before, end: start }, newText: `\n${indent}` }] },
    { title, edits: [{ range: { start: start - before, end: start + after }, newText: `\n${indent}` }] },
    { title: 'Remove it', edits: [{ range: { start: start - before, end }, newText: '' }] },
  ];
};

/** Opens a block on one line, so that each of its arguments has its own. */
const spreadBlock: Tries = (given) => {
  const block = given.nodes.findLast((node): node is Block => node.kind === 'block');
  if (block === undefined) return [];
  const { text } = given.file.syntax;
  const indent = indentAt(text, block.range.start);
  const inner = sourceAt(given, block.body.range).trim();
  const lines = inner.replace(/\s*[,;]\s*(?=[\p{ID_Start}_][\p{ID_Continue}-]*\s*=)/gu, `\n${indent}  `);
  const spread = lines.replace(
    /[ \t]+(?=[\p{ID_Start}_][\p{ID_Continue}-]*[ \t]*=(?![=>]))/gu,
    `\n${indent}  `,
  );
  return [lines, spread].map((each) => ({
    title: 'Put each argument on a line of its own',
    edits: [{ range: block.body.range, newText: `\n${indent}  ${each}\n${indent}` }],
  }));
};

const bareName: Tries = ({ file, diagnostic }) => {
  const { start } = diagnostic.range;
  const name = /^"([\p{ID_Continue}-]+)"/u.exec(file.syntax.text.slice(start));
  if (name?.[1] === undefined) return [];
  const range = { start, end: start + name[0].length };
  return [{ title: 'Remove the quotes', edits: [{ range, newText: name[1] }] }];
};

/** A comma behind the item before, or `=` for another sign. */
const comma: Tries = ({ file, diagnostic }) => {
  const { text } = file.syntax;
  const at = trimmed(text, diagnostic.range.start);
  const title = 'Add a comma';
  return [
    { title, edits: [insert(at, ',')] },
    { title, edits: [insert(trimmed(text, diagnostic.range.end), ',')] },
    { title: 'Replace it by a comma', edits: [{ range: diagnostic.range, newText: ',' }] },
  ];
};

const unexpected: Tries = (given) => {
  const { text } = given.file.syntax;
  const { start } = given.diagnostic.range;
  const at = text.charAt(start);
  const one = { start, end: start + 1 };
  if (at === "'" || at === '`') {
    const close = text.indexOf(at, start + 1);
    if (close < 0 || close > lineEnd(text, start)) return [];
    const inner = text.slice(start + 1, close).replace(/"/g, '\\"');
    return [
      {
        title: 'Write it in double quotes',
        edits: [{ range: { start, end: close + 1 }, newText: `"${inner}"` }],
      },
    ];
  }
  if (at === ';') {
    const rest = /^;[ \t]*/.exec(text.slice(start))?.[0].length ?? 1;
    const indent = indentAt(text, start);
    return [
      { title: 'Remove the semicolon', edits: [{ range: one, newText: '' }] },
      { title: 'Break the line', edits: [{ range: { start, end: start + rest }, newText: `\n${indent}` }] },
      { title: 'Replace it by a comma', edits: [{ range: one, newText: ',' }] },
    ];
  }
  if (at === '&' || at === '|')
    return [{ title: `Write ${at}${at}`, edits: [{ range: one, newText: `${at}${at}` }] }];
  const code = text.codePointAt(start) ?? 0;
  const end = start + String.fromCodePoint(code).length;
  const straight: Readonly<Record<string, string>> = {
    '“': '"',
    '”': '"',
    '„': '"',
    '‘': '"',
    '’': '"',
    '–': '-',
    '—': '-',
    ' ': ' ',
  };
  const replacement = straight[at];
  if (replacement === '"') {
    const close = text.slice(end, lineEnd(text, start)).search(/[“”‘’]/);
    const edits = [{ range: { start, end }, newText: '"' }];
    if (close >= 0) edits.push({ range: { start: end + close, end: end + close + 1 }, newText: '"' });
    return [{ title: 'Write it in straight quotes', edits }];
  }
  return [
    {
      title: `Remove "${text.slice(start, end)}"`,
      edits: [{ range: { start, end }, newText: replacement ?? '' }],
    },
  ];
};

/** What may stand there decides whether a lone name is an argument or a block. */
const completeItem: Tries = (given) => {
  const { range } = given.diagnostic;
  const name = sourceAt(given, range).trim();
  const blocks = given.nodes
    .filter((node): node is Block => node.kind === 'block')
    .filter((block) => block.range.start < range.start);
  const rules = rulesFor(given.snapshot, given.module, blocks.map(headerOf));
  const word = /^[\p{ID_Continue}-]+/u.exec(name)?.[0] ?? '';
  const argument = rules.arguments.get(word);
  const end = trimmed(given.file.syntax.text, lineEnd(given.file.syntax.text, range.start));
  if (argument !== undefined)
    return [
      {
        title: `Set "${word}"`,
        edits: [insert(end, ` = ${placeholder(argument.schema.type)}`)],
        preferred: false,
      },
    ];
  if (rules.blocks.has(word))
    return [{ title: `Add the body of "${word}"`, edits: [insert(end, ' {\n}')], preferred: false }];
  return [];
};

const heredocEnd: Tries = (given) => {
  const { text } = given.file.syntax;
  const marker = /^<<-?\s*([\p{ID_Continue}-]+)/u.exec(text.slice(given.diagnostic.range.start))?.[1];
  if (marker === undefined) return [];
  const title = `Close the heredoc with ${marker}`;
  const end = trimmed(text, text.length);
  // Before the brace that closes the block, in the usual case that the marker alone was forgotten.
  const tries: Try[] = [];
  for (const match of text.slice(given.diagnostic.range.start).matchAll(/\n[ \t]*\}[ \t]*(?=\r?\n|$)/g)) {
    const at = given.diagnostic.range.start + match.index;
    tries.push({ title, edits: [insert(at, `\n${marker}`)] });
    if (tries.length >= mostLines) break;
  }
  return [...tries, { title, edits: [insert(end, `\n${marker}\n`)] }];
};

const endDirective: Tries = (given) => {
  const { text } = given.file.syntax;
  const { start, end } = given.diagnostic.range;
  const word = /^%\{~?\s*(if|for)/.exec(text.slice(start))?.[1] ?? 'if';
  const sign = word === 'for' ? '%{ endfor }' : '%{ endif }';
  const quote = text.indexOf('"', end);
  const offsets = [end, ...(quote < 0 ? [] : [quote]), ...closingLines(given)];
  return offsets.map((at) => ({ title: `Add ${sign}`, edits: [insert(at, sign)] }));
};

/** `x.0.1` as `x[0][1]`. */
const bracketIndices: Tries = (given) => {
  const { text } = given.file.syntax;
  const { range } = given.diagnostic;
  const start = text.charAt(range.start) === '.' ? range.start : range.start - 1;
  const newText = text
    .slice(start, range.end)
    .split('.')
    .filter((part) => part !== '')
    .map((part) => `[${part}]`)
    .join('');
  return [{ title: `Write ${newText}`, edits: [{ range: { start, end: range.end }, newText }] }];
};

/** Fixes for what cannot be read, each checked by reading the text again. */
export const syntaxFixes: Readonly<Record<string, Fix>> = {
  'unexpected-character': best(unexpected),
  'lone-carriage-return': best((given) => [{ title: 'Write a line feed', edits: [replace(given, '\n')] }]),
  'unclosed-comment': best(({ file: { syntax } }) => [
    { title: 'Close the comment', edits: [insert(trimmed(syntax.text, syntax.text.length), ' */')] },
  ]),
  'item-incomplete': best(completeItem),
  'quoted-argument-name': best(bareName),
  'colon-instead-of-equals': best((given) => [
    {
      title: 'Write "="',
      edits: [replace(given, sourceAt(given, given.diagnostic.range).replace(':', ' ='))],
    },
  ]),
  'equals-on-next-line': best(joinLines),
  'brace-on-next-line': best(joinLines),
  'stray-brace': best((given) => [{ title: 'Remove this brace', edits: [replace(given, '')] }]),
  'newline-after-argument': best((given) => [...breakLine(given), ...spreadBlock(given)]),
  'newline-after-block': best(breakLine),
  'single-argument-block': best(spreadBlock),
  'block-header': best((given) => [
    {
      title: 'Add the body',
      edits: [
        insert(
          trimmed(given.file.syntax.text, lineEnd(given.file.syntax.text, given.diagnostic.range.start)),
          ' {\n}',
        ),
      ],
      preferred: false,
    },
  ]),
  'unclosed-block': best(closeBlock),
  'unclosed-label': closing('"', 'Add the closing quote'),
  'unclosed-string': closing('"', 'Add the closing quote'),
  'newline-in-string': closing('"', 'Add the closing quote'),
  'unclosed-parenthesis': closing(')', 'Add the closing parenthesis'),
  'closing-parenthesis-expected': closing(')', 'Add the closing parenthesis'),
  'unclosed-bracket': closing(']', 'Add the closing bracket'),
  'closing-bracket-expected': closing(']', 'Add the closing bracket'),
  'unclosed-object': closing('}', 'Add the closing brace'),
  'unclosed-interpolation': closing('}', 'Add the closing brace'),
  'interpolation-close': closing('}', 'Add the closing brace'),
  'unclosed-for': (given) =>
    [closing(']', 'Add the closing bracket'), closing('}', 'Add the closing brace')]
      .flatMap((fix) => fix(given))
      .slice(0, 1),
  'for-close': (given) =>
    [closing(']', 'Add the closing bracket'), closing('}', 'Add the closing brace')]
      .flatMap((fix) => fix(given))
      .slice(0, 1),
  'separator-expected': best(comma),
  'object-separator-expected': best(comma),
  'arrow-in-object': best((given) => [
    {
      title: 'Write "="',
      edits: [replace(given, sourceAt(given, given.diagnostic.range).replace('=>', '='))],
    },
  ]),
  'conditional-colon': best((given) =>
    places(given).map((at) => ({ title: 'Add ": null"', edits: [insert(at, ' : null')], preferred: false })),
  ),
  'nested-splat': best((given) => [
    {
      title: 'Write "[*]"',
      edits: [replace(given, sourceAt(given, given.diagnostic.range).replace('.*', '[*]'))],
    },
  ]),
  'legacy-index': best(bracketIndices),
  'namespaced-call': best((given) => [
    { title: 'Call it', edits: [insert(given.diagnostic.range.end, '()')], preferred: false },
  ]),
  'grouping-in-tuple': best((given) => [{ title: 'Remove "..."', edits: [replace(given, '')] }]),
  'invalid-escape': best((given) => [
    { title: 'Write a backslash', edits: [insert(given.diagnostic.range.start, '\\')] },
  ]),
  'unclosed-heredoc': best(heredocEnd),
  'directive-unclosed': best(endDirective),
  'directive-unexpected': best((given) => [{ title: 'Remove this directive', edits: [replace(given, '')] }]),
  'expression-expected': best((given) => [
    { title: 'Write null', edits: [insert(given.diagnostic.range.start, ' null')], preferred: false },
  ]),
};
