import { findFunction } from '../terraform/functions';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { targetOf } from '../terraform/traversal';
import type { Range } from '../text/range';
import { headerOf, rulesFor } from './bodyRules';
import type { BodyRules } from './bodyRules';
import {
  argumentDocs,
  blockDocs,
  code,
  declarationDocs,
  functionDocs,
  paragraphs,
  sourceLine,
} from './documentation';
import type { Markdown } from './documentation';
import { declarationAt, focusAt } from './focus';
import { findSchema } from './providerSchemas';
import type { FoundSchema } from './providerSchemas';
import type { Focus } from './focus';
import { afterStep, detailOf, membersOf, shapeOf } from './shapes';
import type { Member } from './shapes';
import type { Snapshot } from './snapshot';
import { shownValue } from './values/valueText';

export interface Hover {
  readonly range: Range;
  readonly contents: Markdown;
}

/** What is known about what stands at `offset`. */
export function hover(snapshot: Snapshot, path: string, offset: number): Hover | undefined {
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
      const called = findFunction(focus.name);
      return called === undefined ? undefined : functionDocs(called);
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
  const isOutput = declaration.kind === 'module' && step === nextName(focus, length);
  if (step < length || isOutput) {
    return found === undefined
      ? undefined
      : declarationDocs(found.declaration, found.declaration.file.syntax.text);
  }
  const before = use.traversal.steps
    .slice(length, step)
    .reduce(afterStep, shapeOf(snapshot, module, declaration));
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

function contextDocs({ traversal }: Extract<Focus, { kind: 'context' }>): Markdown | undefined {
  const [first] = traversal.steps;
  const name = first?.kind === 'name' ? `${traversal.root.name}.${first.name}` : traversal.root.name;
  const known = [name, traversal.root.name].find((candidate) => Object.hasOwn(contexts, candidate));
  return known === undefined ? undefined : paragraphs(code(known), contexts[known]);
}
