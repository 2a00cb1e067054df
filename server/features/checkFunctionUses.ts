import path from 'node:path';
import type { Call, Expression } from '../hcl/syntax';
import { walkExpressions } from '../hcl/walk';
import { shortSource, sourceOf } from '../terraform/providerSource';
import { calledFunction } from './callables';
import { editionOf } from './editionOf';
import type { Findings } from './findings';
import { isVersionAtHand } from './providerSchemas';
import { schemaDirectories } from './schemaPlaces';
import { didYouMean, nearest } from './suggestion';

/** Functions that read the file that their first argument names. */
const reading = new Set([
  'file',
  'filebase64',
  'filebase64sha256',
  'filebase64sha512',
  'filemd5',
  'filesha1',
  'filesha256',
  'filesha512',
  'templatefile',
]);

/** Checks that files are there which functions read in any case: not in a branch, a `try` or a loop. */
export function checkFiles(findings: Findings, value: Expression): void {
  walkExpressions(value, (node) => {
    if (node.kind === 'conditional' || node.kind === 'forTuple' || node.kind === 'forObject') return false;
    if (node.kind !== 'call') return true;
    const name = node.name.replace(/^core::/, '');
    if (name === 'try' || name === 'can') return false;
    if (reading.has(name)) checkFile(findings, node);
    return true;
  });
}

function checkFile(findings: Findings, { arguments: [argument] }: Call): void {
  const file = argument === undefined ? undefined : namedFile(findings, argument);
  if (file === undefined || argument === undefined) return;
  const wanted = path.basename(file).toLowerCase();
  const names = findings.snapshot.index.files.list(path.dirname(file));
  if (names.some((name) => name.toLowerCase() === wanted) || isOnDisk(findings, file)) return;
  const shown = path.relative(findings.module.directory, file).split(path.sep).join('/');
  const message = `There is no file "${shown}". Functions read files before anything is made: the file must be there already.`;
  findings.add('missing-file', argument.range, message, { facts: { path: file } });
}

/** Names of a folder may be remembered from before the file was made. */
function isOnDisk({ snapshot, module }: Findings, file: string): boolean {
  try {
    return snapshot.world(module.directory).fileExists(file);
  } catch {
    // Something else than a file has that name, which is not what this is about.
    return true;
  }
}

/** The absolute path that an expression names, where it is written out or starts with a folder that is known. */
function namedFile({ snapshot, module }: Findings, expression: Expression): string | undefined {
  if (expression.kind !== 'template') return undefined;
  const [first, second, ...more] = expression.parts;
  // Terraform runs in the root module, which this one is where nobody calls it.
  const root = () => (!snapshot.index.isCalled(module) ? module.directory : undefined);
  if (first?.kind === 'text') {
    if (second !== undefined || first.value === '' || first.value.startsWith('~')) return undefined;
    if (path.isAbsolute(first.value)) return first.value;
    const folder = root();
    return folder === undefined ? undefined : path.join(folder, first.value);
  }
  if (first?.kind !== 'interpolation' || second?.kind !== 'text' || more.length > 0) return undefined;
  const from = first.expression;
  if (from.kind !== 'getAttribute' || from.object.kind !== 'variable' || from.object.name !== 'path')
    return undefined;
  const folder = from.name === 'module' ? module.directory : from.name === 'root' ? root() : undefined;
  return folder === undefined ? undefined : path.join(folder, second.value);
}

/** Checks that a function of a provider is there, and that its provider is required. */
export function checkProviderFunction(findings: Findings, { name, nameRange }: Call): void {
  const [space, local, own] = name.split('::');
  if (space !== 'provider' || local === undefined || own === undefined || own === '') return;
  const { snapshot, module } = findings;
  const facts = { name };
  if (!module.requirements.some((requirement) => requirement.name === local)) {
    if (module.unread.length > 0 || editionOf(snapshot, module).product === 'opentofu') return;
    const message = `Functions of the provider "${local}" can only be called where required_providers names it.`;
    findings.add('unknown-function', nameRange, message, { facts: { ...facts, provider: local } });
    return;
  }
  const source = sourceOf(local, module);
  const schema = snapshot.schemas.provider(source, schemaDirectories(snapshot, module));
  if (schema === undefined || !isVersionAtHand(snapshot, module, schema.provenance)) return;
  if (calledFunction(snapshot, module, name) !== undefined) return;
  const names = schema.functions().map((each) => `provider::${local}::${each.name}`);
  // Packages of older providers say nothing about functions.
  if (names.length === 0) return;
  const suggestion = nearest(name, names);
  const message = `The provider ${shortSource(source)} has no function "${own}".${didYouMean(suggestion)}`;
  findings.add('unknown-function', nameRange, message, { suggestion, facts });
}
