import type { Expression } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { targetOf } from '../../terraform/traversal';
import type { Step } from '../../terraform/traversal';
import type { Use } from '../../terraform/uses';
import { literalString } from '../../terraform/values';
import { usesBeside } from '../names/sideFiles';
import type { Snapshot } from '../snapshot';
import type { Range } from '../../text/range';

/** The part of a traversal that has a meaning of its own: `aws_vpc.main.id` of `aws_vpc.main.id[0]`. */
interface ReadPart {
  readonly range: Range;
  readonly source: string;
  /** What would name it well: `main_id`, or `vpc_id` where the resource's own name says nothing. */
  readonly name: string;
}

/** Every use in a module, and in the tests, mocks and queries about it. */
export function usesOf(snapshot: Snapshot, module: Module): readonly Use[] {
  const own = module.files.flatMap((file) => [...factsOf(file).uses.values()].flat());
  return [...own, ...usesBeside(snapshot, module)];
}

/** The address with the instance, where its key is written out, and the first attribute behind it. */
export function readPart(use: Use, declaration: Declaration): ReadPart {
  const { traversal, file } = use;
  const { text } = file.syntax;
  const length = targetOf(traversal)?.length ?? 0;
  let end = traversal.steps[length - 1]?.range.end ?? traversal.root.range.end;
  const words = [baseName(declaration)];
  if (declaration.kind !== 'local' && declaration.kind !== 'variable') {
    let next = length;
    const step = traversal.steps[next];
    const instance = step === undefined ? undefined : instanceOf(step, text);
    if (instance !== undefined) {
      ({ end } = instance);
      if (instance.word !== '') words.push(instance.word);
      next += 1;
    }
    const attribute = traversal.steps[next];
    if (attribute?.kind === 'name' && attribute.name !== '' && (next === length || instance !== undefined)) {
      ({ end } = attribute.range);
      words.push(step?.kind === 'splat' ? plural(attribute.name) : attribute.name);
    }
  }
  const { start } = traversal.root.range;
  return { range: { start, end }, source: text.slice(start, end), name: words.join('_') };
}

/** The address alone: `local.tags` of `local.tags.Name`. */
export function addressPart({ traversal, kind }: Use): Range {
  const length = kind === 'provider' ? traversal.steps.length : (targetOf(traversal)?.length ?? 0);
  const { start, end } = traversal.root.range;
  return { start, end: traversal.steps[length - 1]?.range.end ?? end };
}

/** The expression that stands exactly there. */
export function expressionAt({ syntax }: ConfigFile, { start, end }: Range): Expression | undefined {
  return nodePathAt(syntax, end).findLast(
    (node): node is Expression =>
      node.kind !== 'body' &&
      node.kind !== 'block' &&
      node.kind !== 'attribute' &&
      node.range.start === start &&
      node.range.end === end,
  );
}

/** The name of the argument that a use stands in. */
export function argumentAround(use: Use): string | undefined {
  const nodes = nodePathAt(use.file.syntax, use.range.start);
  const attribute = nodes.findLast((node) => node.kind === 'attribute');
  return attribute?.kind === 'attribute' ? attribute.name : undefined;
}

/** The end of an index or splat step with its bracket, and a word for it; `undefined` for a key to work out. */
function instanceOf(step: Step, text: string): { end: number; word: string } | undefined {
  if (step.kind === 'name') return undefined;
  if (step.kind === 'splat') return { end: step.range.end, word: '' };
  const isNumber =
    step.key.kind === 'literal' && typeof step.key.value === 'object' && step.key.value !== null;
  const word = isNumber ? text.slice(step.range.start, step.range.end) : literalString(step.key);
  if (word === undefined) return undefined;
  const bracket = /^\s*\]/.exec(text.slice(step.range.end))?.[0].length ?? 0;
  return { end: step.range.end + bracket, word: word.replace(/[^\p{ID_Continue}]+/gu, '_') };
}

/** Names that say nothing about what has them. */
const generic = new Set(['this', 'main', 'default', 'self', 'example', 'it']);

/** What people would call it: its name, or its type where the name says nothing. */
export function baseName({ name, type }: Declaration): string {
  if (!generic.has(name) || type === '') return name;
  return type.slice(type.indexOf('_') + 1);
}

function plural(word: string): string {
  return word.endsWith('s') ? word : `${word}s`;
}
