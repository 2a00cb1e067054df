import path from 'node:path';
import { contains } from '../../text/range';
import { isVariablesName } from '../../terraform/fileNames';
import { factsOf } from '../../terraform/facts';
import type { Declaration } from '../../terraform/model';
import { attributeOf } from '../../terraform/values';
import { typeToString } from '../../cty/type';
import { variablesBeside } from '../names/sideFiles';
import { rename } from '../rename';
import { chunkOf } from './chunks';
import type { FileEdit } from './codeAction';
import { declareVariable } from './declare';
import { removal } from './fixBodies';
import { removalOf, wholeLines } from './insertion';
import { constraintFor } from './knownType';
import { attributeAround, blockAround, fact, remove, write } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';
import { usesOf } from './reads';
import { declaringModule } from '../tests/declaringModule';

/** Fixes for declarations: those there are twice, those nobody needs, and the modules they call. */
export const declarationFixes: Readonly<Record<string, Fix>> = {
  'duplicate-declaration': (given) => [
    ...renamed(given),
    ...removal(given, 'Remove this declaration', false),
  ],
  'unused-declaration': unused,
  'unused-provider': (given) => removal(given, 'Remove it'),
  'unused-requirement': (given) => removal(given, 'Remove it'),
  'duplicate-requirement': (given) => removal(given, 'Remove this requirement', false),
  'override-without-base': (given) => removal(given, 'Remove this declaration', false),
  'invalid-name': validName,
  'reserved-name': otherName,
  'move-to-itself': (given) => removeBlock(given, 'Remove this block', true),
  'moved-still-declared': (given) => removeBlock(given, 'Remove this moved block', false),
  'removed-still-declared': (given) => [
    ...removeBlock(given, 'Remove this removed block', false),
    ...removeDeclared(given),
  ],
  'module-not-found': createModule,
  'value-without-variable': (given) => [...declareForValue(given), ...removal(given, 'Remove this value')],
  'block-in-variables-file': valueOfBlock,
};

/** A variable goes with what sets it, so that nothing is left that sets what is not there. */
function unused(given: Case): Mending[] {
  const { start } = given.diagnostic.range;
  const declaration = factsOf(given.file).declarations.findLast(
    ({ range }) => range.start <= start && start < range.end,
  );
  if (declaration === undefined) return [];
  const setters = declaration.kind === 'variable' ? settersOf(given, declaration.name) : [];
  const title = setters.length === 0 ? 'Remove it' : 'Remove it, and what sets it';
  return [{ title, edits: [removalOf(declaration), ...setters], preferred: declaration.kind !== 'variable' }];
}

function settersOf({ snapshot, module }: Case, name: string): FileEdit[] {
  const places = [
    ...snapshot.index.callsOf(module).map(({ call }) => ({
      file: call.file,
      attribute: call.node.kind === 'block' ? attributeOf(call.node.body, name) : undefined,
    })),
    ...variablesBeside(snapshot, module).map(({ file, block }) => ({
      file,
      attribute: attributeOf(block.body, name),
    })),
    ...snapshot.index.files
      .list(module.directory)
      .filter(isVariablesName)
      .map((each) => snapshot.index.file(path.join(module.directory, each)))
      .map((file) => ({
        file,
        attribute: file === undefined ? undefined : attributeOf(file.syntax.body, name),
      })),
  ];
  const edits = new Map<string, FileEdit>();
  for (const { file, attribute } of places) {
    if (file === undefined || attribute === undefined || file.path.endsWith('.json')) continue;
    const range = wholeLines(file.syntax.text, chunkOf(file.syntax, attribute.range));
    edits.set(`${file.path}:${range.start}`, { path: file.path, range, newText: '' });
  }
  return [...edits.values()];
}

/** The second of two of one name gets a free one; what reads the name goes on reading the first. */
function renamed(given: Case): Mending[] {
  const declaration = declarationAt(given);
  if (declaration === undefined) return [];
  const name = freeNameLike(given, declaration, declaration.name);
  return [
    { title: `Rename it to "${name}"`, edits: [write(given, declaration.nameRange, name)], preferred: false },
  ];
}

function declarationAt({ file, diagnostic }: Case): Declaration | undefined {
  return factsOf(file).declarations.find(({ range }) => contains(range, diagnostic.range));
}

function freeNameLike({ module }: Case, { address, name }: Declaration, wanted: string): string {
  const prefix = address.slice(0, -name.length);
  for (let count = 2; ; count += 1) {
    const free = `${wanted}_${count}`;
    if (module.find(`${prefix}${free}`) === undefined) return free;
  }
}

function validName(given: Case): Mending[] {
  const name = fact(given, 'name');
  if (name === undefined) return [];
  const words = name.replace(/[^\p{ID_Continue}-]+/gu, '_').replace(/^_+|_+$/g, '');
  const valid = /^[\p{ID_Start}_]/u.test(words) ? words : `_${words}`;
  if (valid === name || valid === '_') return [];
  const { range } = given.diagnostic;
  const isQuoted = given.file.syntax.text.charAt(range.start) === '"';
  return [
    { title: `Rename it to "${valid}"`, edits: [write(given, range, isQuoted ? `"${valid}"` : valid)] },
  ];
}

/** A variable named as an argument of every module call cannot be set by one. */
function otherName(given: Case): Mending[] {
  const declaration = declarationAt(given);
  if (declaration === undefined) return [];
  const name = `module_${declaration.name}`;
  const wanted =
    given.module.find(`var.${name}`) === undefined ? name : freeNameLike(given, declaration, name);
  const edits = () => rename(given.snapshot, given.file.path, declaration.nameRange.start, wanted);
  return [{ title: `Rename it to "${wanted}"`, edits, preferred: false }];
}

function removeBlock(given: Case, title: string, preferred: boolean): Mending[] {
  const block = given.nodes.find((node) => node.kind === 'block');
  return block === undefined ? [] : [{ title, edits: [remove(given, block.range)], preferred }];
}

function removeDeclared(given: Case): Mending[] {
  const address = fact(given, 'address');
  const declaration = address === undefined ? undefined : given.module.find(address);
  if (declaration === undefined || address === undefined) return [];
  return [{ title: `Remove ${address}`, edits: [removalOf(declaration)], preferred: false }];
}

/** Makes the module that a call wants: a variable for each argument, an output for each that is read. */
function createModule(given: Case): Mending[] {
  const block = blockAround(given);
  const source = fact(given, 'source');
  if (block?.type !== 'module' || source === undefined) return [];
  const { snapshot, module } = given;
  const folder = path.resolve(module.directory, source);
  const address = `module.${block.labels[0]?.value ?? ''}`;
  const variables = block.body.items.flatMap((item) => {
    if (item.kind !== 'attribute' || metaArguments.has(item.name)) return [];
    const type = constraintFor(snapshot, module, item.value);
    return [
      type === 'dynamic'
        ? `variable "${item.name}" {}`
        : `variable "${item.name}" {\n  type = ${typeToString(type)}\n}`,
    ];
  });
  const reads = usesOf(snapshot, module).flatMap((use) =>
    use.target === address ? use.attributes.slice(0, 1) : [],
  );
  const outputs = [...new Set(reads)].sort().map((name) => `output "${name}" {\n  value = null\n}`);
  const files: [string, string][] = [
    ['main.tf', ''],
    ['variables.tf', variables.join('\n\n')],
    ['outputs.tf', outputs.join('\n\n')],
  ];
  const edits = files
    .filter(([name, text]) => name === 'main.tf' || text !== '')
    .map(([name, text]): FileEdit => ({
      path: path.join(folder, name),
      range: { start: 0, end: 0 },
      newText: text === '' ? '' : `${text}\n`,
      creates: true,
    }));
  return [{ title: `Create the module ${source}`, edits, createsFiles: true, preferred: false }];
}

const metaArguments = new Set(['source', 'version', 'providers', 'count', 'for_each', 'depends_on']);

/** A value in a variables file says what type its variable has. */
function declareForValue(given: Case): Mending[] {
  const attribute = attributeAround(given);
  const { snapshot, file, diagnostic } = given;
  const home = declaringModule(given.module, file.path, diagnostic.range.start);
  const { module } = home;
  const nearby = module.dialect === given.module.dialect ? module.files[0]?.path : home.nearby;
  if (attribute === undefined || nearby === undefined) return [];
  const type = constraintFor(snapshot, module, attribute.value);
  const edit = declareVariable(snapshot, module, attribute.name, { type, nearby });
  return [{ title: `Declare the variable "${attribute.name}"`, edits: [edit], preferred: false }];
}

/** `x {…}` in a variables file is meant as `x = {…}`. */
function valueOfBlock(given: Case): Mending[] {
  const block = blockAround(given);
  if (block === undefined) return [];
  const removing = removal(given, 'Remove this block', false);
  if (block.type === 'variable') return [...asValue(given), ...removing];
  if (block.labels.length > 0 || block.body.items.some((item) => item.kind === 'block')) return removing;
  const at = { start: block.typeRange.end, end: block.typeRange.end };
  return [
    { title: `Write "${block.type}" as a value`, edits: [write(given, at, ' =')], preferred: false },
    ...removing,
  ];
}

/** `variable "x" { default = 1 }` in a variables file is meant as `x = 1`. */
function asValue(given: Case): Mending[] {
  const block = blockAround(given);
  const name = block?.labels[0]?.value;
  const value = block === undefined ? undefined : attributeOf(block.body, 'default')?.value;
  if (block === undefined || name === undefined || value === undefined) return [];
  const newText = `${name} = ${given.file.syntax.text.slice(value.range.start, value.range.end).trimEnd()}`;
  return [
    { title: `Write "${name}" as a value`, edits: [write(given, block.range, newText)], preferred: false },
  ];
}
