import { factsOf } from '../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { attributeOf, literalString } from '../terraform/values';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import type { Snapshot } from './snapshot';

const nouns = { variable: 'variable', local: 'local value', data: 'data source' } as const;

/**
 * Names that nothing in their module reads, and configurations of providers that nothing picks. A hint, because a tool
 * around Terraform may read them.
 */
export function checkUnused(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  // What nobody could read may read anything.
  if (module.unread.length > 0 || module.files.some((file) => file.syntax.errors.length > 0)) return [];
  const read = readAddresses(module);
  return factsOf(config).declarations.flatMap((declaration): Diagnostic[] => {
    const { kind, address, name, range, node } = declaration;
    if (kind === 'provider') return unusedProvider(snapshot, module, declaration, read);
    if (!isReported(declaration) || read.has(address)) return [];
    const what = kind in nouns ? nouns[kind as keyof typeof nouns] : kind;
    const shown =
      node.kind === 'attribute' ? declaration.nameRange : { start: range.start, end: headerEnd(declaration) };
    const message = `Nothing in this module reads the ${what} "${name}".`;
    return [diagnosticOf('unused-declaration', shown, message, { facts: { kind, name } })];
  });
}

function unusedProvider(
  { index }: Snapshot,
  module: Module,
  declaration: Declaration,
  read: ReadonlySet<string>,
): Diagnostic[] {
  const { name, address, range } = declaration;
  const alias = address.slice(`provider.${name}.`.length);
  if (alias === '' || read.has(address) || isPickedInQuotes(module, `${name}.${alias}`)) return [];
  // The runs of a test may pick it.
  if (index.files.list(module.directory).some((file) => /\.(tf|tofu)test\.(hcl|json)$/.test(file))) return [];
  const message = `Nothing in this module picks the configuration "${alias}" of the provider "${name}".`;
  const shown = { start: range.start, end: headerEnd(declaration) };
  return [diagnosticOf('unused-provider', shown, message, { facts: { name, alias } })];
}

/** As Terraform 0.11 wrote it. */
function isPickedInQuotes({ declarations }: Module, text: string): boolean {
  return declarations.some(
    ({ node }) => node.kind === 'block' && literalString(attributeOf(node.body, 'provider')?.value) === text,
  );
}

const known = new WeakMap<Module, ReadonlySet<string>>();

/** Everything that some expression of the module reads. */
function readAddresses(module: Module): ReadonlySet<string> {
  const kept = known.get(module);
  if (kept !== undefined) return kept;
  const read = new Set<string>();
  for (const file of module.files) {
    for (const [node, uses] of factsOf(file).uses) {
      for (const use of uses) {
        // A variable's own validation is no use of it.
        const isOwn =
          node.kind === 'block' &&
          node.type === 'variable' &&
          use.target === `var.${node.labels[0]?.value ?? ''}`;
        if (!isOwn) read.add(use.target);
      }
    }
  }
  known.set(module, read);
  return read;
}

/** A data source inside a check is read by the check alone. */
function isReported({ kind, node, file }: Declaration): boolean {
  if (kind !== 'variable' && kind !== 'local' && kind !== 'data') return false;
  return kind !== 'data' || file.syntax.body.items.some((item) => item === node);
}

function headerEnd({ node, range }: Declaration): number {
  return node.kind === 'block' ? (node.labels.at(-1)?.range.end ?? node.typeRange.end) : range.end;
}
