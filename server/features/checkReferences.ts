import { factsOf } from '../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { attributesAfter, targetOf } from '../terraform/traversal';
import type { Use } from '../terraform/uses';
import { isOverride } from '../terraform/fileNames';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { deprecationOf } from './deprecation';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import type { DiagnosticCode } from './diagnosticCodes';
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
      const diagnostic = checkUse(snapshot, module, use);
      if (diagnostic !== undefined) found.push(diagnostic);
    }
  }
  return found;
}

/** What is wrong with one use in a module that is read whole. */
export function checkUse(snapshot: Snapshot, module: Module, use: Use): Diagnostic | undefined {
  const declaration = module.find(use.target);
  if (declaration === undefined) return undeclared(module, use);
  const misused = scopedData(use, declaration) ?? instanceKey(module, use, declaration);
  if (misused !== undefined) return misused;
  const unknown = unknownMember(snapshot, module, use, declaration);
  // Terraform looks at what is written there only when it plans.
  return unknown !== undefined && isTrigger(use) ? { ...unknown, severity: 'warning' } : unknown;
}

function deprecatedOutput(
  called: Module,
  { name, range }: { readonly name: string; readonly range: Diagnostic['range'] },
): Diagnostic | undefined {
  const hint = deprecationOf(called.find(`output.${name}`));
  if (hint === undefined) return undefined;
  return diagnosticOf('deprecated-output', range, `The output "${name}" is deprecated: ${hint}`, {
    facts: { name },
  });
}

/** A data source inside a `check` exists for that check alone. */
function scopedData(use: Use, { kind, file, range, node }: Declaration): Diagnostic | undefined {
  if (kind !== 'data' || file.syntax.body.items.some((item) => item === node)) return undefined;
  const check = file.syntax.body.items.find((item) => contains(item.range, range));
  if (check === undefined || (use.file === file && contains(check.range, use.range))) return undefined;
  const message = `${use.target} stands inside a check block, and only that block can read it.`;
  return diagnosticOf('misplaced-reference', addressRange(use), message, { facts: { name: use.target } });
}

/** Attributes are read of one instance, where there are several, and of the object itself, where there is one. */
function instanceKey(module: Module, use: Use, declaration: Declaration): Diagnostic | undefined {
  const { kind, node } = declaration;
  const target = targetOf(use.traversal);
  if (target === undefined || use.kind === 'dependency' || node.kind !== 'block') return undefined;
  if (kind !== 'resource' && kind !== 'data' && kind !== 'module') return undefined;
  const step = use.traversal.steps[target.length];
  const count = attributeOf(node.body, 'count');
  const forEach = attributeOf(node.body, 'for_each');
  const repetition = count === undefined ? 'for_each' : 'count';
  if (step?.kind === 'name' && step.name !== '' && (count ?? forEach) !== undefined) {
    // What for_each makes of a module is an object, and a name may be one of its keys.
    if (kind === 'module' && count === undefined) return undefined;
    const key = count === undefined ? '[each.key]' : '[0]';
    const message = `${use.target} has ${repetition}, so that there are several. Write which is meant: ${use.target}${key}.${step.name}.`;
    const facts = { repetition, key };
    return diagnosticOf('missing-instance-key', addressRange(use), message, { facts });
  }
  const isLiteral =
    step?.kind === 'index' && (step.key.kind === 'literal' || literalString(step.key) !== undefined);
  if (!isLiteral || (count ?? forEach) !== undefined || kind === 'module') return undefined;
  // An override file may repeat it.
  if (module.files.some(({ path }) => isOverride(path))) return undefined;
  const message = `${use.target} has neither count nor for_each, so that there is only one. Write it without the key in brackets.`;
  const range = { start: addressRange(use).end, end: step.range.end + 1 };
  return diagnosticOf('unexpected-instance-key', range, message);
}

function isTrigger({ file, range }: Use): boolean {
  const block = file.syntax.body.items.find((item) => contains(item.range, range));
  if (block?.kind !== 'block') return false;
  return blocksOf(block.body, 'lifecycle').some((lifecycle) => {
    const triggers = attributeOf(lifecycle.body, 'replace_triggered_by');
    return triggers !== undefined && contains(triggers.range, range);
  });
}

function contains(outer: Diagnostic['range'], inner: Diagnostic['range']): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
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

const codes: Readonly<Record<string, DiagnosticCode>> = {
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
  const code = (Object.hasOwn(codes, root) ? codes[root] : undefined) ?? 'undeclared-resource';
  const message = `No ${noun ?? 'resource'} "${use.target}" is declared in this module.${hint === '' ? how : hint}`;
  return diagnosticOf(code, addressRange(use), message, { suggestion, facts: addressFacts(use.target) });
}

/** The parts of an address, for fixes that declare it. */
function addressFacts(target: string): Readonly<Record<string, string>> {
  const [first = '', second = '', third] = target.split('.');
  if (Object.hasOwn(codes, first)) return { name: second };
  return third === undefined
    ? { kind: 'resource', type: first, name: second }
    : { kind: first, type: second, name: third };
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
  // A name may be a key of for_each.
  if (isRepeated(declaration) && use.traversal.steps[target.length]?.kind === 'name') return undefined;
  if (declaration.kind === 'module') {
    const called = snapshot.index.called(declaration, module);
    if (called === undefined || called.unread.length > 0) return undefined;
    const outputs = called.declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name);
    if (outputs.includes(member.name)) return deprecatedOutput(called, member);
    const suggestion = nearest(member.name, outputs);
    const message = `The module "${declaration.name}" has no output "${member.name}".${didYouMean(suggestion)}`;
    const facts = { name: member.name, call: declaration.address };
    return diagnosticOf('undeclared-output', member.range, message, { suggestion, facts });
  }
  const { kind, type, node } = declaration;
  if ((kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral') || node.kind !== 'block')
    return undefined;
  const found = findSchema(snapshot, module, kind, type, chosenProvider(node));
  if (found === undefined || found.schema.open === true) return undefined;
  const { attributes, blocks } = found.schema;
  if (Object.hasOwn(attributes, member.name) || Object.hasOwn(blocks, member.name)) return undefined;
  const names = [...Object.keys(attributes), ...Object.keys(blocks)];
  const gap = versionGap(snapshot, module, found.provenance);
  const suggestion = nearest(member.name, names);
  const message = `${type} has no attribute "${member.name}" (${provenanceText(found.provenance)}).${didYouMean(suggestion)}${gap === undefined ? '' : ` ${gap}`}`;
  const severity = gap === undefined ? 'error' : 'warning';
  const facts = { name: member.name };
  return diagnosticOf('unknown-attribute', member.range, message, { severity, suggestion, facts });
}

function isRepeated(declaration: Declaration): boolean {
  if (declaration.node.kind !== 'block') return false;
  const { body } = declaration.node;
  return (attributeOf(body, 'count') ?? attributeOf(body, 'for_each')) !== undefined;
}
