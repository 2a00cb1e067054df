import { dialectOf } from '../terraform/dialect';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { isCall } from '../terraform/stacks/stackCalls';
import { targetOf } from '../terraform/traversal';
import type { Range } from '../text/range';
import { headerOf, rulesFor } from './bodyRules';
import type { BodyRules } from './bodyRules';
import { calledFunction } from './callables';
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
import { afterStep, detailOf, membersOf } from './shapes';
import type { Member } from './shapes';
import type { Snapshot } from './snapshot';
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
  const focus = focusAt(snapshot, path, offset);
  const contents =
    focus === undefined ? undefined : paragraphs(contentsOf(snapshot, focus), valueLines(snapshot, focus));
  return focus === undefined || contents === undefined || contents === ''
    ? undefined
    : { range: focus.range, contents };
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
      return contextDocs(focus);
    case 'moduleSource':
      return undefined;
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
  const isType =
    ['resource', 'data', 'ephemeral', 'provider', 'provisioner'].includes(block.type) && focus.index === 0;
  if (!isType) {
    return found === undefined ? undefined : declarationDocs(found.declaration, focus.file.syntax.text);
  }
  const rules = rulesAround(snapshot, focus, focus.blocks.length);
  if (rules.provenance === undefined && rules.open) return undefined;
  return paragraphs(code(`${block.type} "${label}"`), rules.description, sourceLine(rules.provenance));
}

function argumentContents(
  snapshot: Snapshot,
  focus: Extract<Focus, { kind: 'argument' }>,
): Markdown | undefined {
  const found = declarationAt(snapshot, focus);
  if (found !== undefined) return declarationDocs(found.declaration, found.declaration.file.syntax.text);
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
    return found === undefined
      ? undefined
      : declarationDocs(found.declaration, found.declaration.file.syntax.text);
  }
  const before = use.traversal.steps
    .slice(length, step)
    .reduce(afterStep, declarationShape(readingOf(snapshot, module), declaration));
  const pointed = use.traversal.steps[step];
  const holder = before.kind === 'collection' ? before.element : before;
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
  const detail = member.detail === '' ? detailOf(member.shape) : member.detail;
  return paragraphs(code(`${member.name}: ${detail === '' ? 'any' : detail}`), member.description);
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

function contextDocs({
  traversal,
  step,
  module,
}: Extract<Focus, { kind: 'context' }>): Markdown | undefined {
  const member =
    module.dialect === 'deployment' && traversal.root.name === 'context'
      ? contextMember(traversal, step)
      : undefined;
  if (member !== undefined) return memberDocs(member);
  const [first] = traversal.steps;
  const name = first?.kind === 'name' ? `${traversal.root.name}.${first.name}` : traversal.root.name;
  const known = [name, traversal.root.name].find((candidate) => Object.hasOwn(contexts, candidate));
  return known === undefined ? undefined : paragraphs(code(known), contexts[known]);
}
