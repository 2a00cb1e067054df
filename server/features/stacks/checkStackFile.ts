import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { checkBodies } from '../checkBodies';
import { checkCalls } from '../checkCalls';
import { checkCycles } from '../checkCycles';
import { checkValues } from '../checkValues';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import type { DiagnosticCode } from '../diagnosticCodes';
import type { Snapshot } from '../snapshot';
import { checkDeployments } from './checkDeployments';
import { checkStack } from './checkStack';

/** Everything that is wrong with the meaning of a file of a stack or of its deployments. */
export function checkStackFile(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const own = module.dialect === 'deployment' ? checkDeployments : checkStack;
  const found = [
    ...checkBodies(snapshot, module, config),
    ...checkCalls(config),
    // Rules of deployments may name deployments that they decide about.
    ...(module.dialect === 'stack' ? checkCycles(snapshot, module, config) : []),
    ...own(snapshot, module, config),
  ];
  const again = ({ range }: Diagnostic) =>
    found.some((other) => other.range.start < range.end && range.start < other.range.end);
  const values = checkValues(snapshot, module, config).filter(
    (each) => !onlyForModules.has(each.code) && !again(each),
  );
  return [...found, ...values, ...unused(module, config)];
}

/** Outputs of stacks may be secret without saying so. */
const onlyForModules: ReadonlySet<DiagnosticCode> = new Set(['sensitive-output']);

const nouns: Readonly<Partial<Record<Declaration['kind'], string>>> = {
  variable: 'variable',
  local: 'local value',
  provider_configuration: 'provider configuration',
  identity_token: 'identity token',
  store: 'store',
  upstream_input: 'upstream input',
  deployment_auto_approve: 'rule',
};

/** Names that nothing in the stack or in its deployments reads. */
function unused(module: Module, config: ConfigFile): Diagnostic[] {
  // What nobody could read may read anything.
  if (module.unread.length > 0 || module.files.some(({ syntax }) => syntax.errors.length > 0)) return [];
  const read = readAddresses(module);
  return factsOf(config).declarations.flatMap((declaration): Diagnostic[] => {
    const { kind, address, type, name, node, nameRange } = declaration;
    const noun = nouns[kind];
    if (noun === undefined || read.has(address)) return [];
    const range =
      node.kind === 'block' ? { start: node.range.start, end: headerEnd(declaration) } : nameRange;
    const message = `Nothing here reads the ${noun} "${kind === 'provider_configuration' ? `${type}.${name}` : name}".`;
    if (kind === 'provider_configuration') {
      return [diagnosticOf('unused-provider', range, message, { facts: { name: type, alias: name } })];
    }
    return [diagnosticOf('unused-declaration', range, message, { facts: { kind, name } })];
  });
}

const known = new WeakMap<Module, ReadonlySet<string>>();

function readAddresses(module: Module): ReadonlySet<string> {
  const kept = known.get(module);
  if (kept !== undefined) return kept;
  const read = new Set<string>();
  for (const file of module.files) {
    for (const [node, uses] of factsOf(file).uses) {
      // A variable's own validation is no use of it.
      const own =
        node.kind === 'block' && node.type === 'variable' ? `var.${node.labels[0]?.value ?? ''}` : '';
      for (const { target } of uses) if (target !== own) read.add(target);
    }
  }
  known.set(module, read);
  return read;
}

function headerEnd({ node, range }: Declaration): number {
  return node.kind === 'block' ? (node.labels.at(-1)?.range.end ?? node.typeRange.end) : range.end;
}
