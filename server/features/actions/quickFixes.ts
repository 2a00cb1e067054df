import type { Attribute, Block } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import type { SyntaxNode } from '../../hcl/walk';
import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Module } from '../../terraform/model';
import type { Use } from '../../terraform/uses';
import { contains } from '../../text/range';
import { headerOf, rulesFor } from '../bodyRules';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import type { CodeAction } from './codeAction';
import { declareLocal, declareOutput, declareVariable, placeholder } from './declare';
import { expectedType } from './expectedType';
import { appendToBlock, wholeLines } from './insertion';

/** What a fix may look at. */
interface Case {
  readonly snapshot: Snapshot;
  readonly module: Module;
  readonly file: ConfigFile;
  readonly diagnostic: Diagnostic;
  /** The nodes around the diagnostic, outermost first. */
  readonly nodes: readonly SyntaxNode[];
}

type Fix = (given: Case) => readonly Omit<CodeAction, 'kind' | 'diagnostic'>[];

/** The ways to mend what a diagnostic says, the likeliest first. */
export function quickFixes(
  snapshot: Snapshot,
  module: Module,
  file: ConfigFile,
  diagnostic: Diagnostic,
): readonly CodeAction[] {
  const nodes = nodePathAt(file.syntax, diagnostic.range.start);
  const given: Case = { snapshot, module, file, diagnostic, nodes };
  const own = Object.hasOwn(fixes, diagnostic.code) ? fixes[diagnostic.code] : undefined;
  const found = [...changeTo(given), ...(own?.(given) ?? [])];
  return found.map((action, index) => ({
    ...action,
    kind: 'quickfix',
    diagnostic,
    ...(index === 0 && action.preferred !== false && { preferred: true }),
  }));
}

const fixes: Readonly<Record<string, Fix>> = {
  'undeclared-variable': declareMissingVariable,
  'undeclared-local': (given) => {
    const name = nameAfter(given, 'local.');
    if (name === undefined) return [];
    const type = expectedType(given.snapshot, given.module, given.nodes);
    const edit = declareLocal(given.snapshot, given.module, name, placeholder(type), given.file.path);
    return [{ title: `Declare the local value "${name}"`, edits: [edit] }];
  },
  'undeclared-output': (given) => {
    const use = useAt(given);
    const call = use === undefined ? undefined : given.module.find(use.target);
    const called = call === undefined ? undefined : given.snapshot.index.called(call, given.module);
    const [name] = use?.attributes ?? [];
    if (called === undefined || name === undefined || call === undefined) return [];
    const edit = declareOutput(given.snapshot, called, name);
    return [{ title: `Declare the output "${name}" in ${call.address}`, edits: [edit] }];
  },
  'unknown-argument': (given) => [...toBlock(given), removeItem(given, 'Remove this argument')].flat(),
  'unknown-block': (given) => [...toArgument(given), removeItem(given, 'Remove this block')].flat(),
  'read-only-argument': (given) => removeItem(given, 'Remove this argument'),
  'too-many-blocks': (given) => removeItem(given, 'Remove this block'),
  'duplicate-declaration': (given) => removeItem(given, 'Remove this declaration', false),
  'duplicate-argument': (given) => removeItem(given, 'Remove this argument', false),
  'unused-declaration': (given) => removeItem(given, 'Remove it'),
  'value-without-variable': (given) =>
    [...declareForValue(given), removeItem(given, 'Remove this value')].flat(),
  'missing-argument': addMissing,
  'missing-block': addMissing,
  'extra-label': ({ file, diagnostic }) => {
    const { text } = file.syntax;
    const before = /[ \t]*$/.exec(text.slice(0, diagnostic.range.start))?.[0].length ?? 0;
    const range = { start: diagnostic.range.start - before, end: diagnostic.range.end };
    return [{ title: 'Remove this label', edits: [{ path: file.path, range, newText: '' }] }];
  },
  'sensitive-output': (given) => {
    const block = blockAround(given);
    if (block === undefined) return [];
    const edit = appendToBlock(textOf(given.file), block, ['sensitive = true']);
    return [{ title: 'Mark the output as sensitive', edits: [edit] }];
  },
};

function changeTo({ file, diagnostic }: Case): Omit<CodeAction, 'kind'>[] {
  const { suggestion, range } = diagnostic;
  if (suggestion === undefined) return [];
  return [{ title: `Change to "${suggestion}"`, edits: [{ path: file.path, range, newText: suggestion }] }];
}

function declareMissingVariable(given: Case): ReturnType<Fix> {
  const name = nameAfter(given, 'var.');
  if (name === undefined) return [];
  const type = expectedType(given.snapshot, given.module, given.nodes) ?? 'dynamic';
  const edit = declareVariable(given.snapshot, given.module, name, { type, nearby: given.file.path });
  return [{ title: `Declare the variable "${name}"`, edits: [edit] }];
}

/** A value in a variables file says what type its variable has. */
function declareForValue({ snapshot, module, nodes }: Case): ReturnType<Fix> {
  const attribute = nodes.find((node): node is Attribute => node.kind === 'attribute');
  const [nearby] = module.files;
  if (attribute === undefined || nearby === undefined) return [];
  const type = typeOfValue(attribute);
  const edit = declareVariable(snapshot, module, attribute.name, { type, nearby: nearby.path });
  return [{ title: `Declare the variable "${attribute.name}"`, edits: [edit], preferred: false }];
}

function typeOfValue({ value }: Attribute): 'string' | 'number' | 'bool' | 'dynamic' {
  if (value.kind === 'template') return 'string';
  if (value.kind !== 'literal' || value.value === null) return 'dynamic';
  return typeof value.value === 'boolean' ? 'bool' : 'number';
}

/** Writes all that a block needs and lacks, not only what this diagnostic names. */
function addMissing(given: Case): ReturnType<Fix> {
  const block = blockAround(given);
  if (!block?.closed) return [];
  const blocks = given.nodes.filter((node): node is Block => node.kind === 'block');
  const rules = rulesFor(given.snapshot, given.module, blocks.map(headerOf));
  const present = new Set(
    block.body.items.map((item) => (item.kind === 'attribute' ? item.name : item.type)),
  );
  const missing = [...rules.arguments].filter(
    ([name, { schema }]) => schema.required === true && !present.has(name),
  );
  const width = Math.max(0, ...missing.map(([name]) => name.length));
  const lines = missing.map(([name, { schema }]) => `${name.padEnd(width)} = ${placeholder(schema.type)}`);
  for (const [type, rule] of rules.blocks) {
    if (rule.minItems === 0 || present.has(type)) continue;
    const inner = rulesFor(given.snapshot, given.module, [...blocks.map(headerOf), { type, labels: [] }]);
    const needed = [...inner.arguments].filter(([, { schema }]) => schema.required === true);
    const innerWidth = Math.max(0, ...needed.map(([name]) => name.length));
    lines.push(
      `${type} {`,
      ...needed.map(([name, { schema }]) => `  ${name.padEnd(innerWidth)} = ${placeholder(schema.type)}`),
      '}',
    );
  }
  if (lines.length === 0) return [];
  const [first] = missing;
  const title =
    missing.length === 1 && first !== undefined && lines.length === 1
      ? `Add "${first[0]}"`
      : 'Add what is missing';
  return [{ title, edits: [appendToBlock(textOf(given.file), block, lines)] }];
}

/** `x = {…}` for what must be a block. */
function toBlock({ file, diagnostic, nodes }: Case): Omit<CodeAction, 'kind'>[] {
  const attribute = nodes.find(
    (node): node is Attribute => node.kind === 'attribute' && node.nameRange.start === diagnostic.range.start,
  );
  if (attribute?.value.kind !== 'object' || !diagnostic.message.includes('as a block')) return [];
  const range = { start: attribute.nameRange.end, end: attribute.value.range.start };
  return [
    { title: `Write "${attribute.name}" as a block`, edits: [{ path: file.path, range, newText: ' ' }] },
  ];
}

/** `x {…}` for what must be an argument. */
function toArgument({ file, diagnostic, nodes }: Case): Omit<CodeAction, 'kind'>[] {
  const block = nodes.findLast((node): node is Block => node.kind === 'block');
  if (block === undefined || block.labels.length > 0 || !diagnostic.message.includes('as an argument'))
    return [];
  if (block.body.items.some((item) => item.kind === 'block')) return [];
  const range = { start: block.typeRange.end, end: block.typeRange.end };
  return [
    { title: `Write "${block.type}" as an argument`, edits: [{ path: file.path, range, newText: ' =' }] },
  ];
}

/** Removes the attribute or block whose name the diagnostic stands at. */
function removeItem(
  { file, diagnostic, nodes }: Case,
  title: string,
  preferred = true,
): Omit<CodeAction, 'kind'>[] {
  const item = nodes.findLast(
    (node): node is Attribute | Block => node.kind === 'attribute' || node.kind === 'block',
  );
  if (item === undefined) return [];
  const range = wholeLines(file.syntax.text, item.range);
  const fewer = diagnostic.suggestion === undefined && preferred;
  return [{ title, edits: [{ path: file.path, range, newText: '' }], ...(!fewer && { preferred: false }) }];
}

function useAt({ file, diagnostic: { range } }: Case): Use | undefined {
  for (const uses of factsOf(file).uses.values()) {
    const found = uses.find((use) => contains(use.range, range));
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameAfter(given: Case, prefix: string): string | undefined {
  const target = useAt(given)?.target;
  return target?.startsWith(prefix) === true ? target.slice(prefix.length) : undefined;
}

function blockAround({ nodes }: Case): Block | undefined {
  return nodes.findLast((node): node is Block => node.kind === 'block');
}

function textOf(file: ConfigFile): { path: string; text: string } {
  return { path: file.path, text: file.syntax.text };
}
