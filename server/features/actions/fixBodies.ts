import type { Attribute, Block, ObjectExpression } from '../../hcl/syntax';
import { keyName } from '../../terraform/values';
import { headerOf } from '../bodyRules';
import type { FileEdit } from './codeAction';
import { addArguments, appendToBlock } from './insertion';
import { attributeAround, blockAround, fact, itemAround, remove, sourceAt, write } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';
import { neededIn } from './skeleton';

/** Fixes for what stands in bodies, or lacks in them. */
export const bodyFixes: Readonly<Record<string, Fix>> = {
  'unknown-argument': (given) => [...toBlock(given), ...removal(given, 'Remove this argument')],
  'unknown-block': (given) => [...toArgument(given), ...removal(given, 'Remove this block')],
  'read-only-argument': (given) => removal(given, 'Remove this argument'),
  'deprecated-argument': (given) => removal(given, 'Remove this argument', false),
  'deprecated-block': (given) => removal(given, 'Remove this block', false),
  'too-many-blocks': (given) => removal(given, 'Remove this block'),
  'duplicate-setting': (given) => removal(given, 'Remove this block', false),
  'duplicate-argument': (given) => removal(given, 'Remove this argument', false),
  'duplicate-key': removeEntry,
  'dropped-from-language': (given) => removal(given, 'Remove it', false),
  'other-product': (given) => removal(given, 'Remove it', false),
  'misplaced-block': (given) => removal(given, 'Remove this block', false),
  'unused-lock': (given) => removal(given, 'Remove it'),
  'conflicting-arguments': oneOfTwo,
  'invalid-keyword': otherKeywords,
  'missing-argument': addMissing,
  'missing-block': addMissing,
  'missing-label': addLabels,
  'extra-label': removeLabel,
};

/** Takes the item away that the diagnostic stands at. */
export function removal(given: Case, title: string, preferred = true): Mending[] {
  const item = itemAround(given);
  if (item === undefined) return [];
  const isSure = given.diagnostic.suggestion === undefined && preferred;
  return [{ title, edits: [remove(given, item.range)], ...(!isSure && { preferred: false }) }];
}

/** Writes all that a block needs and lacks, not only what this diagnostic names. */
function addMissing(given: Case): Mending[] {
  const block = blockAround(given);
  if (!block?.closed) return [];
  const blocks = given.nodes.filter((node): node is Block => node.kind === 'block');
  const needed = neededIn(given.snapshot, given.module, blocks.map(headerOf), namesIn(block));
  if (needed.names.length === 0) return [];
  const [only] = needed.names;
  const title = needed.names.length === 1 ? `Add "${only ?? ''}"` : 'Add what is missing';
  return [{ title, edits: additions(given, block, needed.arguments, needed.blocks) }];
}

function additions(
  { file }: Case,
  block: Block,
  lines: readonly string[],
  blocks: readonly string[],
): FileEdit[] {
  const place = file;
  const isEmpty = block.body.items.length === 0;
  if (blocks.length === 0) return [addArguments(place, block, lines)];
  const apart = lines.length > 0 || !isEmpty ? ['', ...blocks] : [...blocks];
  const holdsBlocks = block.body.items.some((item) => item.kind === 'block');
  if (lines.length === 0) return [appendToBlock(place, block, apart)];
  // Where the block holds no blocks yet, both stand at its end.
  if (!holdsBlocks) return [appendToBlock(place, block, [...lines, ...apart])];
  return [addArguments(place, block, lines), appendToBlock(place, block, apart)];
}

/** Names of what a body holds; a dynamic block counts as what it makes. */
export function namesIn({ body }: Block): Set<string> {
  return new Set(
    body.items.map((item) =>
      item.kind === 'attribute'
        ? item.name
        : item.type === 'dynamic'
          ? (item.labels[0]?.value ?? '')
          : item.type,
    ),
  );
}

/** `x = {…}` for what must be a block, `x = [{…}, {…}]` for several. */
function toBlock(given: Case): Mending[] {
  const attribute = attributeAround(given);
  if (attribute === undefined || fact(given, 'form') !== 'block') return [];
  const { value, name } = attribute;
  if (value.kind === 'object' && isBodyLike(value)) {
    const range = { start: attribute.nameRange.end, end: value.range.start };
    return [
      {
        title: `Write "${name}" as a block`,
        edits: [write(given, range, ' '), ...asArguments(given, value)],
      },
    ];
  }
  if (value.kind !== 'tuple' || value.items.length === 0) return [];
  const blocks = value.items.map((item) =>
    item.kind === 'object' && isBodyLike(item) ? `${name} {\n${bodyText(given, item)}\n}` : undefined,
  );
  if (blocks.includes(undefined)) return [];
  return [{ title: `Write "${name}" as blocks`, edits: [write(given, attribute.range, blocks.join('\n'))] }];
}

/** Whether all its keys are names of arguments. */
function isBodyLike({ items }: ObjectExpression): boolean {
  return items.every(({ key }) => /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(keyName(key) ?? ''));
}

/** `a : 1, "b" = 2` is no body yet. */
function asArguments(given: Case, { items, range: whole }: ObjectExpression): FileEdit[] {
  return items.flatMap(({ key, value, range }, index) => {
    const edits = [
      write(given, { start: key.range.start, end: value.range.start }, `${keyName(key) ?? ''} = `),
    ];
    const next = items[index + 1];
    const end = next?.range.start ?? whole.end;
    const between = sourceAt(given, { start: range.end, end });
    const comma = between.indexOf(',');
    if (comma >= 0) {
      const at = { start: range.end + comma, end: range.end + comma + 1 };
      const isLast = next === undefined || between.slice(comma + 1).includes('\n');
      edits.push(write(given, at, isLast ? '' : '\n'));
    }
    return edits;
  });
}

function bodyText(given: Case, { items }: ObjectExpression): string {
  return items
    .map(({ key, value }) => `${keyName(key) ?? ''} = ${sourceAt(given, value.range).trimEnd()}`)
    .join('\n');
}

/** `x {…}` for what must be an argument. */
function toArgument(given: Case): Mending[] {
  const block = blockAround(given);
  if (block === undefined || block.labels.length > 0 || fact(given, 'form') !== 'argument') return [];
  if (block.body.items.some((item) => item.kind === 'block')) return [];
  const range = { start: block.typeRange.end, end: block.typeRange.end };
  return [{ title: `Write "${block.type}" as an argument`, edits: [write(given, range, ' =')] }];
}

/** Of `count` and `for_each`, one goes. */
function oneOfTwo(given: Case): Mending[] {
  const [name, other] = [fact(given, 'name'), fact(given, 'other')];
  const block = blockAround(given);
  const items: readonly (Attribute | Block)[] = block?.body.items ?? given.file.syntax.body.items;
  return [name, other].flatMap((each) => {
    const item = items.find((one) => (one.kind === 'attribute' ? one.name : one.type) === each);
    if (item === undefined || each === undefined) return [];
    return [{ title: `Remove "${each}"`, edits: [remove(given, item.range)], preferred: false }];
  });
}

/** The words that an argument takes. */
function otherKeywords(given: Case): Mending[] {
  const value = attributeAround(given)?.value;
  const words = fact(given, 'keywords')?.split(',') ?? [];
  if (value === undefined || given.diagnostic.suggestion !== undefined) return [];
  return words.map((word) => ({
    title: `Change to ${word.trim()}`,
    edits: [write(given, value.range, word.trim())],
    preferred: words.length === 1,
  }));
}

export function removeEntry(given: Case): Mending[] {
  const { range } = given.diagnostic;
  const object = given.nodes.findLast((node): node is ObjectExpression => node.kind === 'object');
  const entry = object?.items.find((item) => item.range.start <= range.start && range.end <= item.range.end);
  if (entry === undefined) return [];
  const { text } = given.file.syntax;
  const comma = /^[ \t]*,/.exec(text.slice(entry.range.end))?.[0].length ?? 0;
  const edit = remove(given, { start: entry.range.start, end: entry.range.end + comma });
  return [{ title: 'Remove this entry', edits: [edit], preferred: false }];
}

const labelNames: Readonly<Record<string, string>> = {
  'resource type': 'type',
  'data source type': 'type',
  'provider name': 'provider',
};

/** A block that lacks its name gets one that a person then changes. */
function addLabels(given: Case): Mending[] {
  const block = blockAround(given);
  const labels = fact(given, 'labels')?.split(',') ?? [];
  if (block === undefined || labels.length === 0) return [];
  const end = block.labels.at(-1)?.range.end ?? block.typeRange.end;
  const words = labels
    .map((label) => label.trim())
    .map((label) => labelNames[label] ?? (label.endsWith('type') ? 'type' : 'name'));
  const newText = words.map((word) => ` "${word}"`).join('');
  return [
    { title: `Add ${newText.trim()}`, edits: [write(given, { start: end, end }, newText)], preferred: false },
  ];
}

function removeLabel(given: Case): Mending[] {
  const { range } = given.diagnostic;
  const before = /[ \t]*$/.exec(given.file.syntax.text.slice(0, range.start))?.[0].length ?? 0;
  return [
    {
      title: 'Remove this label',
      edits: [write(given, { start: range.start - before, end: range.end }, '')],
    },
  ];
}
