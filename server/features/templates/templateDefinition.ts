import { nodePathAt } from '../../hcl/walk';
import type { Expression } from '../../hcl/syntax';
import type { ConfigFile } from '../../terraform/model';
import { toTraversal } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import { keyName } from '../../terraform/values';
import { touches } from '../../text/range';
import type { Range } from '../../text/range';
import { existingFile } from '../namedFiles';
import { keyRange } from '../names/memberSources';
import { spotsOf } from '../names/members';
import type { Source, Spot } from '../names/memberSources';
import type { Snapshot } from '../snapshot';
import { callsOfTemplate, givenBy, templateCallsIn } from './templateCalls';
import type { GivenVariable, TemplateCall } from './templateCalls';
import { readTemplate, templateOf } from './templateFile';

/**
 * From a name in a template to the call that gives it, from a key at a call to where the template reads it, from the
 * name of a template to its file. `range` is what was pointed at.
 */
export function templateDefinition(
  snapshot: Snapshot,
  file: ConfigFile,
  offset: number,
): { readonly range: Range; readonly spot: Spot } | undefined {
  return templateOf(file) === undefined
    ? fromCall(snapshot, file, offset)
    : fromTemplate(snapshot, file, offset);
}

function fromTemplate(snapshot: Snapshot, file: ConfigFile, offset: number) {
  const pointed = traversalAt(file, offset);
  if (pointed === undefined) return undefined;
  const { traversal, step } = pointed;
  const range = step < 0 ? traversal.root.range : traversal.steps[step]?.range;
  if (range === undefined) return undefined;
  const given = callsOfTemplate(snapshot, file.path).map((call) => givenBy(snapshot, call));
  for (const { call, variables } of given) {
    const variable = variables.get(traversal.root.name);
    const outside = (asked: ConfigFile, name: string): Source | undefined =>
      asked === file ? sourceOf(call, variables.get(name)) : undefined;
    const spot =
      step >= 0
        ? spotsOf(snapshot, file, call.module, traversal, outside)[step]
        : variable && keySpot(call, variable);
    if (spot !== undefined) return { range, spot };
  }
  return undefined;
}

function fromCall(snapshot: Snapshot, file: ConfigFile, offset: number) {
  for (const { module, name, variables } of templateCallsIn(snapshot, file)) {
    const template = [name, variables].some(({ range }) => touches(range, offset))
      ? existingFile(snapshot, module, name)
      : undefined;
    if (template === undefined) continue;
    if (touches(name.range, offset)) {
      // What stands inside of the name, such as path.module, has a meaning of its own.
      if (!isText(name, offset)) return undefined;
      const range = { start: 0, end: 0 };
      return { range: name.range, spot: { path: template, range, extent: range } };
    }
    const item =
      variables.kind === 'object'
        ? variables.items.find(({ key }) => touches(keyRange(key), offset))
        : undefined;
    const key = item === undefined ? undefined : keyName(item.key);
    const read = readTemplate(snapshot, template)?.reads.find((each) => each.name === key);
    if (item !== undefined && read !== undefined)
      return { range: keyRange(item.key), spot: { path: template, range: read.range, extent: read.range } };
  }
  return undefined;
}

/** The traversal in a template whose name stands at `offset`, and which of its names; -1 for the first. */
export function traversalAt(
  file: ConfigFile,
  offset: number,
): { readonly traversal: Traversal; readonly step: number } | undefined {
  for (const node of nodePathAt(file.syntax, offset)) {
    if (node.kind === 'body' || node.kind === 'block' || node.kind === 'attribute') continue;
    const traversal = toTraversal(node);
    if (traversal === undefined) continue;
    if (touches(traversal.root.range, offset)) return { traversal, step: -1 };
    const step = traversal.steps.findIndex(({ kind, range }) => kind === 'name' && touches(range, offset));
    if (step >= 0) return { traversal, step };
  }
  return undefined;
}

function keySpot(call: TemplateCall, { key }: GivenVariable): Spot {
  const { path } = call.file;
  return key === undefined
    ? { path, range: call.variables.range, extent: call.call.range }
    : { path, range: keyRange(key.key), extent: key.range };
}

function sourceOf({ file, module }: TemplateCall, variable: GivenVariable | undefined): Source | undefined {
  const expression = variable?.key?.value;
  return expression === undefined ? undefined : { kind: 'value', expression, file, module };
}

function isText(name: Expression, offset: number): boolean {
  return (
    name.kind === 'template' &&
    !name.parts.some((part) => part.kind !== 'text' && touches(part.range, offset))
  );
}
