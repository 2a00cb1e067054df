import type { Expression, GetAttribute, Index, Splat } from '../hcl/syntax';
import { getAttribute, indexValue } from './evaluateIndex';
import { membersOf } from './evaluateFor';
import type { EvaluationContext } from './evaluationContext';
import { isCollection, isTuple, typesEqual } from './types';
import type { CtyType } from './type';
import type { KnownValue, Value } from './value';
import { listValue, tupleValue, unknownValue, withMarks, withoutMarks } from './value';

type Step = GetAttribute | Index | Splat;

/** The value of something with `.name`, `[key]`, `.*` or `[*]` after it. However long the chain, this is a loop. */
export function evaluateTraversal(expression: Step, context: EvaluationContext): Value {
  const steps: Step[] = [];
  let base: Expression = expression;
  while (isStep(base)) {
    steps.push(base);
    base = base.object;
  }
  return applySteps(context.evaluate(base), steps.reverse(), context);
}

function isStep(expression: Expression): expression is Step {
  return expression.kind === 'getAttribute' || expression.kind === 'index' || expression.kind === 'splat';
}

function applySteps(start: Value, steps: readonly Step[], context: EvaluationContext): Value {
  let value = start;
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (step === undefined) break;
    if (step.kind === 'splat') {
      const end = endOfSplat(steps, at);
      value = applySplat(value, step, steps.slice(at + 1, end), context);
      at = end - 1;
    } else if (step.kind === 'getAttribute') {
      // Right after a dot nothing is written yet: no attribute is asked for.
      value =
        step.name === '' ? unknownValue('dynamic') : getAttribute(value, step.name, step.nameRange, context);
    } else {
      value = indexValue(value, context.evaluate(step.key), step.key.range, context);
    }
  }
  return value;
}

/** `[*]` reaches to the end of the chain, `.*` over names and numbers after dots only. */
function endOfSplat(steps: readonly Step[], splat: number): number {
  const step = steps[splat];
  if (step?.kind === 'splat' && step.full) return steps.length;
  let end = splat + 1;
  for (; end < steps.length; end++) {
    const next = steps[end];
    if (next?.kind !== 'getAttribute' && !(next?.kind === 'index' && next.legacy)) break;
  }
  return end;
}

function applySplat(value: Value, splat: Splat, rest: readonly Step[], context: EvaluationContext): Value {
  const single = !isSequence(value.type);
  if (value.kind === 'null') {
    if (single) return withMarks(tupleValue([]), value.marks);
    return context.fail(
      splat.object.range,
      'null-collection',
      'This list is null, so there are no elements to take. Use coalesce, or a condition, to give it a value.',
    );
  }
  if (value.type === 'dynamic') return withMarks(unknownValue('dynamic'), value.marks);
  if (value.kind === 'unknown' && !single) {
    const type = splatType(value.type, rest, context);
    return withMarks(unknownValue(type, type !== 'dynamic'), value.marks);
  }
  const source = value.kind === 'known' && !single ? value : withMarks(tupleValue([value]), value.marks);
  const inner = context.apart();
  const results = membersOf(withoutMarks(source)).map(([, member]) => applySteps(member, rest, inner));
  context.addAll(inner.errors);
  // A single value that may turn out to be null gives no element then.
  if (single && value.kind === 'unknown' && !value.notNull) {
    return withMarks(unknownValue('dynamic'), source.marks);
  }
  if (inner.errors.length > 0) {
    return withMarks(unknownValue(splatType(source.type, rest, context.apart())), source.marks);
  }
  return withMarks(collectResults(source, splat, results, rest, context), source.marks);
}

function isSequence(type: CtyType): boolean {
  return isTuple(type) || (isCollection(type) && type[0] !== 'map');
}

function collectResults(
  source: KnownValue,
  splat: Splat,
  results: readonly Value[],
  rest: readonly Step[],
  context: EvaluationContext,
): Value {
  if (isTuple(source.type)) return tupleValue(results);
  if (results.length === 0) {
    const type = splatType(source.type, rest, context);
    return listValue(isCollection(type) ? type[1] : 'dynamic', []);
  }
  const element = results.find((result) => result.type !== 'dynamic')?.type ?? 'dynamic';
  if (results.every((result) => result.type === 'dynamic' || typesEqual(result.type, element))) {
    const values = results.map((result) =>
      result.type === element || result.kind === 'known' ? result : { ...result, type: element },
    );
    return listValue(element, values);
  }
  return context.fail(
    splat.range,
    'inconsistent-elements',
    'The elements that are taken here have different types, so they make no list. Use a for expression, which makes a tuple.',
  );
}

/** The type of what a splat takes from a value of the type. */
function splatType(type: CtyType, rest: readonly Step[], context: EvaluationContext): CtyType {
  const each = (member: CtyType): CtyType => applySteps(unknownValue(member), rest, context).type;
  if (isTuple(type)) return ['tuple', type[1].map(each)];
  return isCollection(type) ? ['list', each(type[1])] : 'dynamic';
}
