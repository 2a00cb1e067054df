import type { Declaration, DeclarationKind } from '../terraform/model';
import { isStackDialect } from '../terraform/stacks/stackModule';
import type { Range } from '../text/range';
import type { BlockHeader } from './bodyRules';
import { isReadable, ownDeclaration } from './completeMembers';
import type { CompletionItem } from './completionItems';
import { declarationDocs } from './documentation';
import type { Expected } from './expected';
import { declarationShape } from './expressionShapes';
import type { Reading } from './expressionShapes';
import { elementTypeOf, fitOf, isMany, wantedType } from './fit';
import type { Fit } from './fit';
import type { ValuePlace } from './place';
import { relatedItems } from './relatedReferences';
import { detailOf, membersOf, outerTypeOf } from './shapes';
import type { Shape } from './shapes';

/** Types of more declarations than these are not looked at while somebody types; they are offered all the same. */
const mostShapes = 150;
const mostCalls = 40;
/** Runs of one test mostly give the same outputs; the nearest come first. */
const mostRuns = 3;

const groups: Readonly<Record<Fit, number>> = { yes: 10, maybe: 20, no: 40 };

/** References to what is in scope: what fits first, then by name and nearness. Nothing is hidden. */
export function completeReferences(
  reading: Reading,
  word: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  expected: Expected,
  path: string,
): CompletionItem[] {
  const at: At = { reading, range: place.chain, expected, argument: argumentName(place), path };
  const own = ownDeclaration(reading.module, blocks, place.attribute);
  const readable = reading.module.declarations.filter(
    (each) => isReadable(each, reading.module) && each !== own,
  );
  return [
    ...scopeItems(at, place),
    ...rootItems(at, readable),
    ...wholeItems(at, readable, word.toLowerCase()),
    ...relatedItems(reading, readable, at),
  ];
}

/** Where references are offered, and what for. */
export interface At {
  readonly reading: Reading;
  readonly range: Range;
  readonly expected: Expected;
  /** What the value is called: the argument, or the member of an object. */
  readonly argument: string;
  /** The file that is written. */
  readonly path: string;
}

function argumentName({ attribute, steps }: ValuePlace): string {
  let name = attribute;
  for (const step of steps) if (step.kind === 'member' && step.name !== undefined) ({ name } = step);
  return name;
}

/** Variables of `for`, iterators, `each`, `count`, `self`; what fits of their parts too. */
function scopeItems({ reading, range, expected }: At, place: ValuePlace): CompletionItem[] {
  const loops = new Set(place.loops.flatMap((loop) => loop.names));
  return [...reading.scope].flatMap(([name, shape]): CompletionItem[] => {
    const detail = loops.has(name) ? 'for variable' : (meanings[name] ?? 'iterator');
    const base = { kind: 'variable' as const, range };
    const offer = (label: string, of: Shape, rank: number, says: string): CompletionItem => ({
      ...base,
      label,
      insert: label,
      detail: says,
      group: groups[fitOf(outerTypeOf(of), expected)] - rank,
    });
    if (loops.has(name)) return [offer(name, shape, 6, [detail, detailOf(shape)].filter(Boolean).join(', '))];
    const parts = name === 'self' ? [] : membersOf(shape);
    return [
      { ...base, label: name, insert: name, detail, group: 24 },
      ...parts.map((part) => offer(`${name}.${part.name}`, part.shape, 4, detailOf(part.shape) || detail)),
    ];
  });
}

const meanings: Readonly<Record<string, string>> = {
  each: 'the current element of for_each',
  count: 'the number of this instance',
  self: 'this object',
  context: 'the plan that is checked',
};

const rootDetails: Readonly<Record<string, string>> = {
  var: 'input variables',
  local: 'local values',
  module: 'outputs of called modules',
  data: 'data sources',
  ephemeral: 'ephemeral resources',
  action: 'actions',
  run: 'outputs of earlier runs',
  output: 'outputs of the module under test',
  component: 'outputs of components',
  stack: 'outputs of embedded stacks',
  deployment: 'outputs of deployments',
  identity_token: 'tokens for providers',
  store: 'values kept somewhere else',
  upstream_input: 'outputs of other stacks',
  provider: 'provider configurations',
};

/** The first names of references that mean something here. */
function rootItems({ range, reading }: At, readable: readonly Declaration[]): CompletionItem[] {
  const item = (label: string, detail: string, group: number): CompletionItem => ({
    label,
    kind: 'reference',
    range,
    insert: label,
    detail,
    group,
  });
  const roots = new Map<string, string>();
  for (const { address, kind } of readable) {
    if (kind === 'action') continue;
    const root = address.slice(0, address.indexOf('.'));
    if (root !== '' && !roots.has(root)) roots.set(root, rootDetails[root] ?? kind);
  }
  return [
    ...[...roots].map(([root, detail]) => item(root, detail, 25)),
    ...(isStackDialect(reading.module.dialect)
      ? []
      : [
          item('path', 'folders of this configuration', 27),
          item('terraform', 'about this run of Terraform', 27),
        ]),
  ];
}

const wholes: ReadonlySet<DeclarationKind> = new Set<DeclarationKind>([
  'component',
  'deployment',
  'identity_token',
  'local',
  'module',
  'output',
  'run',
  'stack',
  'variable',
]);

const hasOutputs: ReadonlySet<DeclarationKind> = new Set<DeclarationKind>([
  'component',
  'deployment',
  'identity_token',
  'module',
  'run',
  'stack',
]);

/** `var.region`, `local.tags`, `module.net.vpc_id` in one step. */
function wholeItems(at: At, readable: readonly Declaration[], word: string): CompletionItem[] {
  const candidates = readable.filter(
    ({ kind, address }) => wholes.has(kind) && (word === '' || mayMatch(address, word)),
  );
  let calls = 0;
  let runs = 0;
  return candidates.flatMap((declaration, index): CompletionItem[] => {
    if (declaration.kind === 'run') {
      runs += 1;
      return runs <= mostRuns ? outputItems(at, declaration) : [];
    }
    if (hasOutputs.has(declaration.kind)) {
      calls += 1;
      return calls <= mostCalls ? outputItems(at, declaration) : [];
    }
    const shape =
      index < mostShapes ? declarationShape({ ...at.reading, light: true }, declaration) : undefined;
    return valueItems(at, declaration, declaration.address, declaration.name, shape, 'variable');
  });
}

function mayMatch(address: string, word: string): boolean {
  const root = address.slice(0, address.indexOf('.'));
  return root.startsWith(word) || address.toLowerCase().includes(word);
}

function outputItems(at: At, call: Declaration): CompletionItem[] {
  const shape = declarationShape({ ...at.reading, light: true }, call);
  return membersOf(shape).flatMap((output) =>
    valueItems(at, call, `${call.address}.${output.name}`, output.name, output.shape, 'module'),
  );
}

/** A reference, and where a list does not fit but its elements do, one element or a set of them. */
function valueItems(
  at: At,
  declaration: Declaration,
  address: string,
  name: string,
  shape: Shape | undefined,
  kind: CompletionItem['kind'],
): CompletionItem[] {
  const type = shape === undefined ? 'dynamic' : outerTypeOf(shape);
  const item = (label: string, fit: Fit, detail: string): CompletionItem => ({
    label,
    kind,
    range: at.range,
    insert: label,
    detail,
    group: groups[fit] - nearness(at, declaration, name, fit),
    // Only what is shown is described.
    get documentation() {
      return declarationDocs(declaration, declaration.file.syntax.text);
    },
  });
  const detail = shape === undefined ? declaration.kind : detailOf(shape) || declaration.kind;
  const fit = fitOf(type, at.expected);
  const whole = item(address, fit, detail);
  const element = elementTypeOf(type);
  if (element === undefined) return [whole];
  if (at.argument === 'for_each' && at.expected.collection && element === 'string' && type[0] === 'list') {
    const group = (whole.group ?? 0) + 1;
    return [
      whole,
      { ...item(`toset(${address})`, 'yes', 'set of string'), filter: address, group: group - 2 },
    ];
  }
  const wanted = wantedType(at.expected);
  const takesOne = fit === 'no' && wanted !== 'dynamic' && !isMany(wanted) && type[0] === 'list';
  if (!takesOne || fitOf(element, at.expected) !== 'yes') return [whole];
  const first = item(`${address}[0]`, 'yes', `one of ${detail}`);
  return [whole, { ...first, filter: address, group: (first.group ?? 0) + 5 }];
}

/** The argument's own name first, then what stands in the same file. */
function nearness({ argument, path }: At, declaration: Declaration, name: string, fit: Fit): number {
  const near = declaration.file.path === path ? 1 : 0;
  if (fit === 'no') return near;
  if (name === argument) return near + 6;
  return name.endsWith(`_${argument}`) || argument.endsWith(`_${name}`) ? near + 3 : near;
}
