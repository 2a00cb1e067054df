import { nodePathAt } from '../hcl/walk';
import { documentationUrl } from '../providers/documentationUrl';
import { dialectOf } from '../terraform/dialect';
import { isJsonConfig } from '../terraform/fileNames';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { isCall } from '../terraform/stacks/stackCalls';
import { targetOf } from '../terraform/traversal';
import { isTypeConstraint } from '../terraform/uses';
import { attributeOf } from '../terraform/values';
import type { Range } from '../text/range';
import { headerOf, rulesFor } from './bodyRules';
import type { BodyRules } from './bodyRules';
import { calledFunction } from './callables';
import { placeAt } from './cursor';
import {
  argumentDocs,
  blockDocs,
  callableDocs,
  code,
  declarationDocs,
  paragraphs,
  sourceLine,
} from './documentation';
import type { Markdown } from './documentation';
import { declarationAt, focusAt } from './focus';
import { findSchema } from './providerSchemas';
import type { FoundSchema } from './providerSchemas';
import type { Focus } from './focus';
import { declarationShape, readingOf } from './expressionShapes';
import { afterStep, membersOf, typeOf } from './shapes';
import type { Member } from './shapes';
import { hoverText } from './hoverText';
import { moduleCallDocs, writtenType } from './moduleDocs';
import { readingAt } from './placeScope';
import { requirementDocs } from './requirementDocs';
import { typeText } from './typeText';
import type { Snapshot } from './snapshot';
import { hoverLock } from './stacks/lockFile';
import { contextMember } from './stacks/stackShapes';
import { hoverTemplate } from './templates/hoverTemplate';
import { shownValue } from './values/valueText';

export interface Hover {
  readonly range: Range;
  readonly contents: Markdown;
}

/** What is known about what stands at `offset`. */
export function hover(snapshot: Snapshot, path: string, offset: number): Hover | undefined {
  const template = dialectOf(path) === 'template' ? snapshot.index.file(path) : undefined;
  if (template !== undefined) return hoverTemplate(snapshot, template, offset);
  const lock = dialectOf(path) === 'lock' ? snapshot.index.file(path) : undefined;
  if (lock !== undefined) return hoverLock(snapshot, lock, offset);
  const focus = focusAt(snapshot, path, offset);
  const contents = focus === undefined ? '' : focusDocs(snapshot, focus, offset);
  if (focus !== undefined && contents !== '') return { range: focus.range, contents };
  const config = snapshot.index.file(path);
  return config === undefined || isJsonConfig(path) ? undefined : hoverText(snapshot, config, offset);
}

function focusDocs(snapshot: Snapshot, focus: Focus, offset: number): Markdown {
  // In the language of types, names and calls mean something else.
  const block = focus.blocks.at(-1);
  const attribute = nodePathAt(focus.file.syntax, offset).findLast((node) => node.kind === 'attribute');
  if (focus.kind !== 'argument' && attribute !== undefined && isTypeConstraint(attribute, block)) return '';
  return paragraphs(contentsOf(snapshot, focus), valueLines(snapshot, focus));
}

function valueLines(snapshot: Snapshot, focus: Focus): Markdown {
  const found = shownValue(snapshot, focus);
  if (found === undefined) return '';
  const origin =
    found.origin === ''
      ? ''
      : ` (from ${found.origin === 'default' ? 'its default' : `\`${found.origin}\``})`;
  return `Value${origin}:\n\n${code(found.text)}`;
}

function contentsOf(snapshot: Snapshot, focus: Focus): Markdown | undefined {
  switch (focus.kind) {
    case 'blockType':
      return blockTypeDocs(snapshot, focus);
    case 'label':
      return labelDocs(snapshot, focus);
    case 'argument':
      return argumentContents(snapshot, focus);
    case 'function': {
      const called = calledFunction(snapshot, focus.module, focus.name);
      return called === undefined ? undefined : callableDocs(called);
    }
    case 'use':
      return useDocs(snapshot, focus);
    case 'context':
      return contextDocs(snapshot, focus);
    case 'moduleSource':
      return calledDocs(snapshot, focus);
  }
}

function rulesAround(snapshot: Snapshot, focus: Focus, depth: number): BodyRules {
  return rulesFor(snapshot, focus.module, focus.blocks.slice(0, depth).map(headerOf));
}

function blockTypeDocs(snapshot: Snapshot, focus: Focus): Markdown | undefined {
  const block = focus.blocks.at(-1);
  const rules = rulesAround(snapshot, focus, focus.blocks.length - 1);
  const rule = rules.blocks.get(block?.type ?? '');
  return block === undefined || rule === undefined
    ? undefined
    : blockDocs(block.type, rule, rules.provenance);
}

/** Blocks whose first label says what they hold. */
const kindHolders = new Set([
  'resource',
  'data',
  'ephemeral',
  'provider',
  'provisioner',
  'backend',
  'key_provider',
  'method',
]);

function labelDocs(snapshot: Snapshot, focus: Extract<Focus, { kind: 'label' }>): Markdown | undefined {
  const block = focus.blocks.at(-1);
  const label = block?.labels[focus.index]?.value;
  if (block === undefined || label === undefined) return undefined;
  if (block.type === 'dynamic') {
    const rules = rulesAround(snapshot, focus, focus.blocks.length - 1);
    const rule = rules.blocks.get(label);
    return rule === undefined ? undefined : blockDocs(label, rule, rules.provenance);
  }
  const found = declarationAt(snapshot, focus);
  const isType = kindHolders.has(block.type) && focus.index === 0;
  if (!isType) return found === undefined ? undefined : foundDocs(snapshot, found);
  if (block.type === 'provider')
    return paragraphs(
      requirementDocs(snapshot, focus.module, label),
      rulesAround(snapshot, focus, focus.blocks.length).description,
    );
  const rules = rulesAround(snapshot, focus, focus.blocks.length);
  if (rules.provenance === undefined && rules.open) return undefined;
  const { provenance } = rules;
  const kind = block.type;
  const isTyped = kind === 'resource' || kind === 'data' || kind === 'ephemeral';
  const page = isTyped && provenance !== undefined ? documentationUrl(provenance, kind, label) : undefined;
  return paragraphs(
    code(`${kind} "${label}"`),
    rules.description,
    sourceLine(provenance),
    page === undefined ? '' : `[Documentation](${page})`,
  );
}

function argumentContents(
  snapshot: Snapshot,
  focus: Extract<Focus, { kind: 'argument' }>,
): Markdown | undefined {
  const found = declarationAt(snapshot, focus);
  if (found !== undefined) return foundDocs(snapshot, found);
  if (focus.blocks.at(-1)?.type === 'required_providers')
    return requirementDocs(snapshot, focus.module, focus.attribute.name);
  const rules = rulesAround(snapshot, focus, focus.blocks.length);
  const rule = rules.arguments.get(focus.attribute.name);
  return rule === undefined ? undefined : argumentDocs(focus.attribute.name, rule, rules.provenance);
}

/** A member by its type and description, a declaration by what it says. */
function useDocs(snapshot: Snapshot, focus: Extract<Focus, { kind: 'use' }>): Markdown | undefined {
  const { use, step, module } = focus;
  const declaration = module.find(use.target);
  const length = targetOf(use.traversal)?.length ?? 0;
  if (declaration === undefined) return undefined;
  const found = declarationAt(snapshot, focus);
  const isOutput = isCall(declaration) && step === nextName(focus, length);
  if (step < length || isOutput) {
    return found === undefined ? undefined : foundDocs(snapshot, found);
  }
  const before = use.traversal.steps
    .slice(length, step)
    .reduce(afterStep, declarationShape(readingOf(snapshot, module), declaration));
  const pointed = use.traversal.steps[step];
  const holder = before.kind === 'collection' && before.of !== 'map' ? before.element : before;
  const member =
    pointed?.kind === 'name'
      ? membersOf(holder).find((candidate) => candidate.name === pointed.name)
      : undefined;
  return member === undefined
    ? undefined
    : paragraphs(memberDocs(member), sourceLine(schemaOf(snapshot, module, declaration)?.provenance));
}

function schemaOf(
  snapshot: Snapshot,
  module: Module,
  { kind, type, node }: Declaration,
): FoundSchema | undefined {
  if (node.kind !== 'block' || (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral'))
    return undefined;
  return findSchema(snapshot, module, kind, type, chosenProvider(node));
}

function nextName(focus: Extract<Focus, { kind: 'use' }>, length: number): number {
  return focus.use.traversal.steps.findIndex((each, index) => index >= length && each.kind === 'name');
}

function memberDocs(member: Member): Markdown {
  const type = typeOf(member.shape);
  const known = type === 'dynamic' ? member.detail : typeText(type);
  return paragraphs(
    code(`${member.name}: ${known === '' ? 'any' : known}`),
    member.deprecated === true ? '_deprecated_' : '',
    member.description,
  );
}

/** A declaration with all that is known about it: of a call what its module takes and gives, of others their types. */
function foundDocs(
  snapshot: Snapshot,
  { declaration, module }: { readonly declaration: Declaration; readonly module: Module },
): Markdown {
  const { kind, node } = declaration;
  const { text } = declaration.file.syntax;
  if (isCall(declaration)) return moduleCallDocs(snapshot, module, declaration);
  const docs = declarationDocs(declaration, text);
  if (kind === 'resource' || kind === 'data' || kind === 'ephemeral') {
    const found = schemaOf(snapshot, module, declaration);
    return paragraphs(docs, found?.schema.description, sourceLine(found?.provenance));
  }
  if (kind !== 'local' && kind !== 'output' && kind !== 'variable') return docs;
  const written = kind === 'variable' ? writtenType(declaration) : undefined;
  if (written?.includes('\n') === true) return paragraphs(docs, `Type:\n\n${code(written)}`);
  const isTyped =
    kind === 'variable' && node.kind === 'block' && attributeOf(node.body, 'type') !== undefined;
  const type = isTyped ? 'dynamic' : typeOf(declarationShape(readingOf(snapshot, module), declaration));
  return paragraphs(docs, type === 'dynamic' ? '' : `Type:\n\n${code(typeText(type))}`);
}

/** What the module behind a `source` takes and gives. */
function calledDocs(snapshot: Snapshot, { blocks, module }: Focus): Markdown | undefined {
  const block = blocks.at(-1);
  const call = module.declarations.find(({ node }) => node === block);
  return call === undefined ? undefined : moduleCallDocs(snapshot, module, call);
}

const contexts: Readonly<Record<string, string>> = {
  'each.key': 'The key of this instance in the collection of `for_each`.',
  'each.value': 'The value of this instance in the collection of `for_each`.',
  'count.index': 'The number of this instance, from 0.',
  'path.module': 'The folder of this module.',
  'path.root': 'The folder of the root module.',
  'path.cwd': 'The folder Terraform was started in.',
  'terraform.workspace': 'The name of the selected workspace.',
  'terraform.applying': 'Whether this is an apply.',
  self: 'The object this block belongs to.',
};

function contextDocs(snapshot: Snapshot, focus: Extract<Focus, { kind: 'context' }>): Markdown | undefined {
  const { traversal, step, module } = focus;
  const member =
    module.dialect === 'deployment' && traversal.root.name === 'context'
      ? contextMember(traversal, step)
      : undefined;
  if (member !== undefined) return memberDocs(member);
  const [first] = traversal.steps;
  const name = first?.kind === 'name' ? `${traversal.root.name}.${first.name}` : traversal.root.name;
  const known = [name, traversal.root.name].find((candidate) => Object.hasOwn(contexts, candidate));
  const local = scopeDocs(snapshot, focus);
  const isOwn = known !== undefined && step <= 0;
  if (local !== undefined) return paragraphs(local, isOwn ? contexts[known] : '');
  return known === undefined ? undefined : paragraphs(code(known), contexts[known]);
}

/** What a variable of `for`, an iterator, `each` or `self` is at its place, as far as the name pointed at. */
function scopeDocs(
  snapshot: Snapshot,
  { traversal, step, module, file, blocks }: Extract<Focus, { kind: 'context' }>,
): Markdown | undefined {
  const { text } = file.syntax;
  const place = placeAt(text, traversal.root.range.end);
  if (!('loops' in place)) return undefined;
  const { scope } = readingAt(snapshot, module, text, place, blocks.map(headerOf));
  const root = scope.get(traversal.root.name);
  if (root === undefined) return undefined;
  const steps = traversal.steps.slice(0, step + 1);
  const type = typeOf(steps.reduce(afterStep, root));
  const written = text.slice(traversal.root.range.start, (steps.at(-1) ?? traversal.root).range.end);
  const before = steps.slice(0, -1).reduce(afterStep, root);
  const last = steps.at(-1);
  const member = last?.kind === 'name' ? membersOf(before).find(({ name }) => name === last.name) : undefined;
  return paragraphs(code(`${written}: ${typeText(type)}`), member?.description);
}
