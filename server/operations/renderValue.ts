import type { AttributeChange, AttributePath } from './attributeDiff';
import { isRecord, parseJson } from './json';
import type { Json } from './json';
import { columnsOf, paint, plainText } from './style';
import type { Style } from './style';

export const UNKNOWN = '(known after apply)';
const SECRET = '(sensitive)';
const IDENTIFIER = /^[A-Za-z_][\w-]*$/;

/** `ingress[0].from_port`, `tags["cost centre"]`. */
export function formatPath(path: AttributePath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!IDENTIFIER.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** As in configuration, on one line. */
export function formatValue(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((member: Json) => formatValue(member)).join(', ')}]`;
  if (isRecord(value)) {
    const members = Object.entries(value).map(
      ([key, member]) => `${formatKey(key)} = ${formatValue(member)}`,
    );
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/**
 * The lines of one changed attribute: symbol, path padded to `column`, values. What does not fit one line is written in
 * several; nothing is cut off, because this is what a person agrees to.
 */
export function renderAttribute(
  change: AttributeChange,
  indent: string,
  column: number,
  style: Style,
): readonly string[] {
  const symbol = { create: '+', update: '~', delete: '-' }[change.action];
  const tone = ({ create: 'green', update: 'yellow', delete: 'red' } as const)[change.action];
  const start = `${indent}${paint(style, symbol, tone)} `;
  const path = formatPath(change.path);
  const note = change.forcesReplacement ? `  ${paint(style, '# forces replacement', 'red')}` : '';
  const value = oneLine(change);
  if (value !== undefined) {
    const used = indent.length + 2 + Math.max(column, columnsOf(path)) + 2 + columnsOf(value.plain);
    if (used <= style.width || !value.splittable) {
      return [`${start}${path.padEnd(column)}  ${value.paint(style)}${note}`];
    }
  }
  return [`${start}${path}${note}`, ...blockLines(change, `${indent}    `, style)];
}

interface Line {
  readonly plain: string;
  /** Has parts that may stand on lines of their own. */
  readonly splittable: boolean;
  paint(style: Style): string;
}

/** `undefined` where the value has lines of its own. */
function oneLine(change: AttributeChange): Line | undefined {
  if (change.sensitive) {
    const text = change.action === 'update' ? `${SECRET}, changes` : SECRET;
    return { plain: text, splittable: false, paint: (style) => paint(style, text, 'dim') };
  }
  const { before, after } = change;
  if ([before, after].some((value) => value !== undefined && hasLines(value))) return undefined;
  const sides = [
    ...(before === undefined ? [] : [formatValue(before)]),
    ...(change.unknown ? [UNKNOWN] : after === undefined ? [] : [formatValue(after)]),
  ];
  return {
    plain: sides.join(' -> '),
    splittable: sides.length > 1 || isContainer(before) || isContainer(after),
    paint: (style) =>
      sides
        .map((side) => (side === UNKNOWN ? paint(style, side, 'dim') : side))
        .join(paint(style, ' -> ', 'yellow')),
  };
}

function blockLines(change: AttributeChange, indent: string, style: Style): readonly string[] {
  const { before, after } = change;
  if (typeof before === 'string' && typeof after === 'string') {
    return diffLines(plainText(before).split('\n'), plainText(after).split('\n'), indent, style);
  }
  const side = (value: Json | undefined, sign: '+' | '-'): readonly string[] =>
    value === undefined ? [] : valueLines(value).map((line) => signed(sign, line, indent, style));
  const unknown = change.unknown ? [`${indent}${paint(style, '+', 'green')} ${UNKNOWN}`] : [];
  return [...side(before, '-'), ...side(after, '+'), ...unknown];
}

function signed(sign: '+' | '-' | ' ', line: string, indent: string, style: Style): string {
  if (sign === ' ') return `${indent}  ${line}`;
  return `${indent}${paint(style, sign, sign === '+' ? 'green' : 'red')} ${line}`;
}

/** A text shows its lines, a string that holds JSON and a container show their members. */
function valueLines(value: Json): readonly string[] {
  const inner = typeof value === 'string' ? parseJson(value) : undefined;
  if (isContainer(inner)) return JSON.stringify(inner, undefined, 2).split('\n');
  if (typeof value === 'string') return plainText(value).split('\n');
  if (Array.isArray(value)) {
    return ['[', ...value.flatMap((member: Json) => nested('', member)), ']'];
  }
  if (isRecord(value)) {
    const members = Object.entries(value as Readonly<Record<string, Json>>);
    return ['{', ...members.flatMap(([key, member]) => nested(`${formatKey(key)} = `, member)), '}'];
  }
  return [formatValue(value)];
}

function nested(start: string, value: Json): readonly string[] {
  const text = formatValue(value);
  if (text.length <= 60 || !isContainer(value)) return [`  ${start}${text}`];
  const [first = '', ...rest] = valueLines(value);
  return [`  ${start}${first}`, ...rest.map((line) => `  ${line}`)];
}

/** Lines that stay are left out, except one beside each change. */
function diffLines(
  before: readonly string[],
  after: readonly string[],
  indent: string,
  style: Style,
): readonly string[] {
  const rows = alignLines(before, after);
  const near = (index: number): boolean =>
    [index - 1, index, index + 1].some((other) => rows[other] !== undefined && rows[other].sign !== ' ');
  const lines: string[] = [];
  let hidden = 0;
  const flush = (): void => {
    if (hidden > 0)
      lines.push(`${indent}  ${paint(style, `# (${plural(hidden, 'unchanged line')})`, 'dim')}`);
    hidden = 0;
  };
  rows.forEach((row, index) => {
    if (near(index)) {
      flush();
      lines.push(signed(row.sign, row.text, indent, style));
    } else {
      hidden += 1;
    }
  });
  flush();
  return lines;
}

interface Row {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
}

/** Longest common subsequence; for very long texts only what is equal at both ends is matched. */
function alignLines(before: readonly string[], after: readonly string[]): readonly Row[] {
  if (before.length * after.length > 1_000_000) {
    return [
      ...before.map((text): Row => ({ sign: '-', text })),
      ...after.map((text): Row => ({ sign: '+', text })),
    ];
  }
  const lengths = before.map(() => new Array<number>(after.length + 1).fill(0));
  lengths.push(new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = lengths[i];
    for (let j = after.length - 1; row && j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      rows.push({ sign: ' ', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      rows.push({ sign: '-', text: old });
      i += 1;
    } else {
      rows.push({ sign: '+', text: fresh ?? '' });
      j += 1;
    }
  }
  return rows;
}

/** `1 unchanged line`, `2 unchanged lines`. */
export function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function formatKey(key: string): string {
  return IDENTIFIER.test(key) ? key : JSON.stringify(key);
}

function hasLines(value: Json): boolean {
  return typeof value === 'string' && (value.trimEnd().includes('\n') || isLongJson(value));
}

function isLongJson(value: string): boolean {
  return value.length > 60 && isContainer(parseJson(value));
}

function isContainer(value: unknown): boolean {
  return Array.isArray(value) || isRecord(value);
}
