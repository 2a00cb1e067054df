import path from 'node:path';
import { nodePathAt } from '../../hcl/walk';
import type { Module } from '../../terraform/model';
import { impliedProvider, sourceOf } from '../../terraform/providerSource';
import { findSchema } from '../providerSchemas';
import type { FileEdit } from './codeAction';
import { declareLocal, declareOutput, declareVariable, placeholder } from './declare';
import { expectedType } from './expectedType';
import { appendToBlock, appendTopLevel } from './insertion';
import { fact, sourceAt, useAround, write } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';
import { skeleton } from './skeleton';
import { toType } from '../../terraform/typeExpression';
import { attributeOf } from '../../terraform/values';
import { declaringModule } from '../tests/declaringModule';
import type { DeclaringModule } from '../tests/declaringModule';

/** Fixes for names that nothing has: they declare it, or read what is there. */
export const referenceFixes: Readonly<Record<string, Fix>> = {
  'undeclared-variable': declareMissingVariable,
  'undeclared-local': declareMissingLocal,
  'undeclared-output': declareMissingOutput,
  'undeclared-module': declareMissingModule,
  'undeclared-resource': declareMissingResource,
  'import-without-target': declareMissingResource,
  'unknown-name': quoteName,
  'misplaced-reference': addRepetition,
  'missing-instance-key': addInstanceKey,
  'unexpected-instance-key': removeInstanceKey,
};

function homeOf({ module, file, diagnostic }: Case): DeclaringModule {
  return declaringModule(module, file.path, diagnostic.range.start);
}

function declareMissingVariable(given: Case): Mending[] {
  const name = fact(given, 'name');
  if (name === undefined) return [];
  const type = expectedType(given.snapshot, given.module, given.nodes) ?? 'dynamic';
  const { module, nearby } = homeOf(given);
  const edit = declareVariable(given.snapshot, module, name, { type, nearby });
  return [{ title: `Declare the variable "${name}"`, edits: [edit] }];
}

function declareMissingLocal(given: Case): Mending[] {
  const name = fact(given, 'name');
  if (name === undefined) return [];
  const type = expectedType(given.snapshot, given.module, given.nodes);
  const { module, nearby } = homeOf(given);
  const edit = declareLocal(given.snapshot, module, name, placeholder(type), nearby);
  return [{ title: `Declare the local value "${name}"`, edits: [edit] }];
}

function declareMissingOutput(given: Case): Mending[] {
  const [name, address] = [fact(given, 'name'), fact(given, 'call')];
  if (name !== undefined && address === undefined && given.module.dialect === 'test') {
    const { module, nearby } = homeOf(given);
    const own = declareOutput(given.snapshot, module, name, { nearby });
    return [{ title: `Declare the output "${name}"`, edits: [own] }];
  }
  const call = address === undefined ? undefined : given.module.find(address);
  const called = call === undefined ? undefined : given.snapshot.index.called(call, given.module);
  if (called === undefined || name === undefined || call === undefined) return [];
  const edit = declareOutput(given.snapshot, called, name);
  return [{ title: `Declare the output "${name}" in ${call.address}`, edits: [edit] }];
}

/** A call of the folder that has the name, where there is one, with the arguments that it needs. */
function declareMissingModule(given: Case): Mending[] {
  const name = fact(given, 'name');
  if (name === undefined) return [];
  const { snapshot } = given;
  const { module, nearby } = homeOf(given);
  const places = [`./modules/${name}`, `./${name}`, `../${name}`, `../modules/${name}`];
  const isThere = (place: string) =>
    snapshot.index.module(path.resolve(module.directory, place)).files.length > 0;
  const source = places.find(isThere) ?? `./modules/${name}`;
  const called = snapshot.index.module(path.resolve(module.directory, source));
  const required = called.declarations.flatMap((declaration) => {
    if (declaration.kind !== 'variable' || declaration.node.kind !== 'block') return [];
    const { items } = declaration.node.body;
    const has = (argument: string) =>
      items.some((item) => item.kind === 'attribute' && item.name === argument);
    return has('default')
      ? []
      : [`  ${declaration.name} = ${placeholder(toType(attributeOf(declaration.node.body, 'type')?.value))}`];
  });
  const lines = [`  source = "${source}"`, ...(required.length === 0 ? [] : ['', ...required])];
  const text = `module "${name}" {\n${lines.join('\n')}\n}`;
  const edit = appendTopLevel(snapshot, module, 'module', text, nearby);
  return [{ title: `Declare the module call "${name}"`, edits: [edit] }];
}

/** A resource or data source with the arguments that it must have; or the one of that name that is of the other kind. */
function declareMissingResource(given: Case): Mending[] {
  const [type, name] = [fact(given, 'type'), fact(given, 'name')];
  const kind = fact(given, 'kind') ?? 'resource';
  if (type === undefined || name === undefined || !Object.hasOwn(nouns, kind)) return [];
  const { snapshot, file } = given;
  const place = moduleNamed(given);
  if (place === undefined) return [];
  const mendings = place.isOwn ? otherKind(given, type, name) : [];
  if (!isKnownType(given, place.module, kind, type)) return mendings;
  const text = skeleton(snapshot, place.module, { type: kind, labels: [type, name] });
  const edit = place.isOwn
    ? behindTopLevel(given, text, file.path)
    : appendTopLevel(snapshot, place.module, kind, text, place.main);
  return [...mendings, { title: `Declare the ${nouns[kind] ?? kind} "${type}" "${name}"`, edits: [edit] }];
}

/** The module that an address leads to: `module.m.aws_vpc.main` stands in the module that `m` calls. */
function moduleNamed(given: Case): { module: Module; main: string; isOwn: boolean } | undefined {
  const calls = [...sourceAt(given, given.diagnostic.range).matchAll(/\bmodule\.([\p{ID_Continue}-]+)/gu)];
  const home = homeOf(given).module;
  let module = home;
  for (const [, name = ''] of calls) {
    const call = module.find(`module.${name}`);
    const called = call === undefined ? undefined : given.snapshot.index.called(call, module);
    if (called === undefined) return undefined;
    module = called;
  }
  const main = module.files.find((file) => path.basename(file.path) === 'main.tf') ?? module.files[0];
  return main === undefined
    ? undefined
    : { module, main: main.path, isOwn: calls.length === 0 && home === given.module };
}

function otherKind(given: Case, type: string, name: string): Mending[] {
  const own = fact(given, 'kind') ?? 'resource';
  const address = own === 'data' ? `${type}.${name}` : `data.${type}.${name}`;
  if (given.diagnostic.suggestion !== undefined || given.module.find(address) === undefined) return [];
  return [{ title: `Change to "${address}"`, edits: [write(given, given.diagnostic.range, address)] }];
}

/** Of a provider that is known all types are. */
function isKnownType({ snapshot }: Case, module: Module, kind: string, type: string): boolean {
  if (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral') return true;
  const source = sourceOf(impliedProvider(type), module);
  if (snapshot.schemas.provider(source) === undefined) return true;
  return findSchema(snapshot, module, kind, type) !== undefined;
}

const nouns: Readonly<Record<string, string>> = {
  resource: 'resource',
  data: 'data source',
  ephemeral: 'ephemeral resource',
  action: 'action',
};

/** Behind the block in which it is wanted, so that it is seen. */
function behindTopLevel({ file, diagnostic }: Case, text: string, target: string): FileEdit {
  const { items } = file.syntax.body;
  const around = items.find(
    ({ range }) => range.start <= diagnostic.range.start && diagnostic.range.start < range.end,
  );
  const end = around?.range.end ?? file.syntax.text.trimEnd().length;
  return { path: target, range: { start: end, end }, newText: `\n\n${text}` };
}

/** A bare word that was meant as a text. */
function quoteName(given: Case): Mending[] {
  const { range } = given.diagnostic;
  const name = sourceAt(given, range);
  if (given.file.syntax.text.charAt(range.start - 1) === '.') return [];
  if (!/^[\p{ID_Continue}-]+$/u.test(name)) return [];
  const end = nodePathAt(given.file.syntax, range.end).at(-1)?.range.end;
  // What is read from would be a text no longer.
  if (end !== range.end) return [];
  return [
    { title: `Write it as the text "${name}"`, edits: [write(given, range, `"${name}"`)], preferred: false },
  ];
}

/** What gives `each` and `count` their meaning. */
function addRepetition(given: Case): Mending[] {
  const name = fact(given, 'name');
  const [block] = given.nodes.filter((node) => node.kind === 'block');
  if (block === undefined || !repeatable.has(block.type) || (name !== 'each' && name !== 'count')) return [];
  const isRepeated = attributeOf(block.body, 'count') ?? attributeOf(block.body, 'for_each');
  if (isRepeated !== undefined) return [];
  const line = name === 'each' ? 'for_each = toset([])' : 'count = 1';
  const argument = name === 'each' ? 'for_each' : 'count';
  // It is what a reader has to know first.
  const at = block.body.range.start;
  const isOneLine = !sourceAt(given, block.body.range).includes('\n');
  const place = given.file;
  const edit = isOneLine
    ? appendToBlock(place, block, [line])
    : write(given, { start: at, end: at }, `\n  ${line}`);
  return [{ title: `Add ${argument}`, edits: [edit], preferred: false }];
}

const repeatable = new Set(['resource', 'data', 'ephemeral', 'module', 'action']);

function addInstanceKey(given: Case): Mending[] {
  const key = fact(given, 'key');
  if (key === undefined) return [];
  const { end } = given.diagnostic.range;
  const title = `Read the instance ${sourceAt(given, given.diagnostic.range)}${key}`;
  return [{ title, edits: [write(given, { start: end, end }, key)], preferred: false }];
}

function removeInstanceKey(given: Case): Mending[] {
  const use = useAround(given);
  const { text } = given.file.syntax;
  const step = use?.traversal.steps.find(
    ({ kind, range }) => kind !== 'name' && range.end >= given.diagnostic.range.start,
  );
  if (step === undefined) return [];
  if (step.kind === 'splat') return [{ title: 'Remove the splat', edits: [write(given, step.range, '')] }];
  const before = /\[\s*$|\.$/.exec(text.slice(0, step.range.start));
  const after = /^\s*\]/.exec(text.slice(step.range.end))?.[0].length ?? 0;
  if (before === null) return [];
  const range = { start: before.index, end: step.range.end + after };
  return [{ title: `Remove ${sourceAt(given, range)}`, edits: [write(given, range, '')] }];
}
