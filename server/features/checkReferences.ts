import { factsOf } from '../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { attributesAfter, targetOf } from '../terraform/traversal';
import type { Use } from '../terraform/uses';
import { attributeOf } from '../terraform/values';
import type { Diagnostic } from './diagnostic';
import { findSchema, provenanceText } from './providerSchemas';
import { versionGap } from './schemaPlaces';
import type { Snapshot } from './snapshot';
import { didYouMean, nearest } from './suggestion';

/** Checks that what expressions refer to is declared, and that it has what is read from it. */
export function checkReferences(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  // Files nobody read may declare anything.
  if (module.unread.length > 0) return [];
  const found: Diagnostic[] = [];
  for (const uses of factsOf(config).uses.values()) {
    for (const use of uses) {
      if (found.length >= mostFound) return found;
      if (use.kind !== 'value' && use.kind !== 'dependency') continue;
      const declaration = module.find(use.target);
      const diagnostic =
        declaration === undefined
          ? undeclared(module, use)
          : unknownMember(snapshot, module, use, declaration);
      if (diagnostic !== undefined) found.push(diagnostic);
    }
  }
  return found;
}

/** To look for what may have been meant takes all declarations each time; nobody reads as many. */
const mostFound = 200;

const nouns: Readonly<Record<string, string>> = {
  var: 'variable',
  local: 'local value',
  module: 'module call',
  data: 'data source',
  ephemeral: 'ephemeral resource',
  action: 'action',
};

const codes: Readonly<Record<string, string>> = {
  var: 'undeclared-variable',
  local: 'undeclared-local',
  module: 'undeclared-module',
};

function undeclared(module: Module, use: Use): Diagnostic {
  const [root = ''] = use.target.split('.');
  const noun = Object.hasOwn(nouns, root) ? nouns[root] : 'resource';
  const known = module.declarations
    .map((declaration) => declaration.address)
    .filter((address) => sameKind(address, use.target));
  const how = root === 'var' ? ` Declare it: variable "${use.target.slice(4)}" {}.` : '';
  const suggestion = nearest(use.target, known);
  const hint = didYouMean(suggestion);
  return {
    range: addressRange(use),
    severity: 'error',
    code: (Object.hasOwn(codes, root) ? codes[root] : undefined) ?? 'undeclared-resource',
    message: `No ${noun ?? 'resource'} "${use.target}" is declared in this module.${hint === '' ? how : hint}`,
    suggestion,
  };
}

function sameKind(address: string, target: string): boolean {
  const a = firstName(address);
  const b = firstName(target);
  return a === b || !(prefixes.has(a) || prefixes.has(b));
}

/** First names of addresses that are no resource types. */
const prefixes = new Set([...Object.keys(nouns), 'output', 'provider', 'check']);

function firstName(address: string): string {
  const dot = address.indexOf('.');
  return dot < 0 ? address : address.slice(0, dot);
}

function addressRange(use: Use): Diagnostic['range'] {
  const length = targetOf(use.traversal)?.length ?? 0;
  const end = use.traversal.steps[length - 1]?.range.end ?? use.range.end;
  return { start: use.range.start, end };
}

function unknownMember(
  snapshot: Snapshot,
  module: Module,
  use: Use,
  declaration: Declaration,
): Diagnostic | undefined {
  const target = targetOf(use.traversal);
  const [member] = target === undefined ? [] : attributesAfter(use.traversal, target);
  if (target === undefined || member === undefined || use.kind === 'dependency') return undefined;
  // Without an instance key the name picks an instance, which only evaluation can check.
  if (isRepeated(declaration) && use.traversal.steps[target.length]?.kind === 'name') return undefined;
  if (declaration.kind === 'module') {
    const called = snapshot.index.called(declaration, module);
    if (called === undefined || called.unread.length > 0) return undefined;
    const outputs = called.declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name);
    if (outputs.includes(member.name)) return undefined;
    const suggestion = nearest(member.name, outputs);
    const message = `The module "${declaration.name}" has no output "${member.name}".${didYouMean(suggestion)}`;
    return { range: member.range, severity: 'error', code: 'undeclared-output', message, suggestion };
  }
  const { kind, type, node } = declaration;
  if ((kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral') || node.kind !== 'block')
    return undefined;
  const found = findSchema(snapshot, module, kind, type, chosenProvider(node));
  if (found === undefined || found.schema.open === true) return undefined;
  const names = [...Object.keys(found.schema.attributes), ...Object.keys(found.schema.blocks)];
  if (names.includes(member.name)) return undefined;
  const gap = versionGap(snapshot, module, found.provenance);
  const suggestion = nearest(member.name, names);
  const message = `${type} has no attribute "${member.name}" (${provenanceText(found.provenance)}).${didYouMean(suggestion)}${gap === undefined ? '' : ` ${gap}`}`;
  const severity = gap === undefined ? 'error' : 'warning';
  return { range: member.range, severity, code: 'unknown-attribute', message, suggestion };
}

function isRepeated(declaration: Declaration): boolean {
  if (declaration.node.kind !== 'block') return false;
  const { body } = declaration.node;
  return (attributeOf(body, 'count') ?? attributeOf(body, 'for_each')) !== undefined;
}
