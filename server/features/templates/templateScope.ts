import type { Value } from '../../cty/value';
import type { Expression, Name } from '../../hcl/syntax';
import { wholeTemplate } from '../../hcl/templateFile';
import { nodePathAt } from '../../hcl/walk';
import type { ConfigFile } from '../../terraform/model';
import { touches } from '../../text/range';
import { headerOf } from '../bodyRules';
import { expressionShape, readingOf, withLoop } from '../expressionShapes';
import type { Reading } from '../expressionShapes';
import { blockScope } from '../placeScope';
import { membersOf, merged } from '../shapes';
import type { Shape } from '../shapes';
import { moduleOf } from '../snapshot';
import type { Snapshot } from '../snapshot';
import { callsOfTemplate, givenBy } from './templateCalls';
import type { GivenVariables, TemplateCall } from './templateCalls';

/** A variable that calls give to a template. */
export interface TemplateVariable {
  readonly name: string;
  /** What all calls together say that it is. */
  readonly shape: Shape;
  readonly given: readonly { readonly call: TemplateCall; value(): Value | undefined }[];
}

/** So many calls say well enough what a variable is. */
const mostShapes = 10;

const kept = new WeakMap<Snapshot, Map<string, readonly TemplateVariable[]>>();

/** The variables that the known calls give to a template, by name. */
export function templateVariables(snapshot: Snapshot, template: string): readonly TemplateVariable[] {
  const known = kept.get(snapshot) ?? new Map<string, readonly TemplateVariable[]>();
  kept.set(snapshot, known);
  const before = known.get(template);
  if (before !== undefined) return before;
  const calls = callsOfTemplate(snapshot, template).map((call) => givenBy(snapshot, call));
  const shapes = calls.map((given, index) =>
    index < mostShapes ? shapesOf(snapshot, given) : new Map<string, Shape>(),
  );
  const names = [...new Set(calls.flatMap(({ variables }) => [...variables.keys()]))].sort();
  const found = names.map((name): TemplateVariable => ({
    name,
    shape: merged(shapes.flatMap((each) => each.get(name) ?? [])),
    given: calls.flatMap(({ call, variables }) => {
      const variable = variables.get(name);
      return variable === undefined ? [] : [{ call, value: () => variable.value() }];
    }),
  }));
  known.set(template, found);
  return found;
}

/** How expressions of a template are read: with its variables, and no names of a module. */
export function templateReading(snapshot: Snapshot, template: string): Reading {
  const scope = new Map(templateVariables(snapshot, template).map(({ name, shape }) => [name, shape]));
  return readingOf(snapshot, moduleOf(snapshot, template), scope);
}

/** The same at a place, with the variables of the directives and `for` expressions around it. */
export function readingInTemplate(snapshot: Snapshot, file: ConfigFile, offset: number): Reading {
  return loopsAround(file, offset).reduce(
    (reading, { variables, collection }) => {
      const names = variables.map(({ name }) => name);
      return { ...reading, scope: withLoop(reading.scope, names, expressionShape(reading, collection)) };
    },
    templateReading(snapshot, file.path),
  );
}

interface LoopAround {
  readonly variables: readonly Name[];
  readonly collection: Expression;
}

/** Outermost first. In its collection a loop's names do not exist. */
function loopsAround(file: ConfigFile, offset: number): readonly LoopAround[] {
  const loops: LoopAround[] = [];
  let parts = wholeTemplate(file.syntax)?.parts ?? [];
  for (;;) {
    const part = parts.find(({ range }) => touches(range, offset));
    if (part?.kind === 'for') {
      if (!touches(part.collection.range, offset)) loops.push(part);
      parts = part.body;
    } else if (part?.kind === 'if') parts = [...part.then, ...part.else];
    else break;
  }
  for (const node of nodePathAt(file.syntax, offset)) {
    const isLoop = node.kind === 'forTuple' || node.kind === 'forObject';
    if (isLoop && !touches(node.collection.range, offset)) loops.push(node);
  }
  return loops;
}

function shapesOf(snapshot: Snapshot, { call, variables }: GivenVariables): ReadonlyMap<string, Shape> {
  const { module, block, variables: written } = call;
  const reading = readingOf(snapshot, module, blockScope(snapshot, module, [headerOf(block)]));
  const members = membersOf(expressionShape(reading, written));
  const shapes = new Map(members.map(({ name, shape }) => [name, shape]));
  for (const name of variables.keys()) if (!shapes.has(name)) shapes.set(name, { kind: 'unknown' });
  return shapes;
}
