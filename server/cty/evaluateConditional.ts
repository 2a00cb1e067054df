import type { Range } from '../text/range';
import { ConversionError, convert, pathText } from './convert';
import { describeValue } from './describe';
import { sameValue } from './equality';
import type { EvaluationContext } from './evaluationContext';
import {
  attributeNames,
  attributeType,
  friendlyName,
  isCollection,
  isObject,
  isTuple,
  typesEqual,
} from './types';
import type { CtyType } from './type';
import { unify } from './unify';
import type { Value } from './value';
import { nullValue, unknownValue, withMarks, withoutMarks } from './value';

/** A part of a conditional: an expression, or the contents of a template's directive. */
export interface Part {
  readonly range: Range;
  evaluate(context: EvaluationContext): Value;
}

/** The value of `condition ? then : other`. Both sides are evaluated, because the result's type depends on both. */
export function evaluateConditional(
  condition: Part,
  then: Part,
  other: Part,
  context: EvaluationContext,
): Value {
  const [thenContext, otherContext] = [context.apart(), context.apart()];
  const values = [then.evaluate(thenContext), other.evaluate(otherContext)] as const;
  const type = resultType(...values);
  if (type === undefined) {
    const reason = describeMismatch(values[0].type, values[1].type);
    return context.fail(
      { start: then.range.start, end: other.range.end },
      'inconsistent-results',
      `Both results of a condition must have one type. ${reason}. Convert one of them, for example with tostring or tolist.`,
    );
  }
  const decision = evaluateCondition(condition, context);
  const unknown = unknownValue(type);
  if (decision === undefined) return unknown;
  const marks = decision.marks | values[0].marks | values[1].marks;
  if (decision.kind === 'unknown') {
    if (values[0].kind === 'null' && values[1].kind === 'null') return withMarks(nullValue(type), marks);
    const notNull = type !== 'dynamic' && values.every(isNotNull);
    return withMarks(unknownValue(type, notNull), marks);
  }
  const isTrue = decision.kind === 'known' && decision.content === true;
  const [part, value] = isTrue ? [then, values[0]] : [other, values[1]];
  context.addAll((isTrue ? thenContext : otherContext).errors);
  return withMarks(convertResult(value, type, part, isTrue, context), marks);
}

/** A condition that may be unknown; undefined where it is none, which is noted as an error. */
function evaluateCondition(condition: Part, context: EvaluationContext): Value | undefined {
  const value = condition.evaluate(context);
  if (value.kind === 'unknown') return value;
  if (value.kind === 'null') {
    context.fail(
      condition.range,
      'null-condition',
      'This condition is null. A condition must be true or false.',
    );
    return undefined;
  }
  try {
    return convert(value, 'bool');
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    context.fail(
      condition.range,
      'invalid-condition',
      `This condition is ${describeValue(value)}. A condition must be true or false.`,
    );
    return undefined;
  }
}

function resultType(then: Value, other: Value): CtyType | undefined {
  const untypedNull = nullValue('dynamic');
  if (sameValue(then, untypedNull)) return other.type;
  if (sameValue(other, untypedNull)) return then.type;
  if (then.type === 'dynamic' || other.type === 'dynamic') return 'dynamic';
  return unify([then.type, other.type], 'unsafe');
}

function convertResult(
  value: Value,
  type: CtyType,
  part: Part,
  isTrue: boolean,
  context: EvaluationContext,
): Value {
  try {
    return convert(withoutMarks(value), type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const place = error.path.length > 0 ? ` at ${pathText(error.path)}` : '';
    const which = isTrue ? 'first' : 'second';
    context.fail(
      part.range,
      'inconsistent-results',
      `The ${which} result does not have the type that both must have${place}: ${error.message}.`,
    );
    return unknownValue(type);
  }
}

function isNotNull(value: Value): boolean {
  return value.kind === 'known' || (value.kind === 'unknown' && value.notNull);
}

function describeMismatch(then: CtyType, other: CtyType): string {
  if (isObject(then) && isObject(other)) {
    const names = attributeNames(then);
    const only = names.find((name) => !Object.hasOwn(other[1], name));
    const missing = attributeNames(other).find((name) => !Object.hasOwn(then[1], name));
    for (const name of names) {
      if (name === only) return `Only the first has the attribute ${JSON.stringify(name)}`;
      const [mine, theirs] = [attributeType(then, name), attributeType(other, name)];
      if (mine && theirs && !typesEqual(mine, theirs)) {
        return `The attribute ${JSON.stringify(name)} differs: ${describeMismatch(mine, theirs)}`;
      }
    }
    if (missing !== undefined) return `Only the second has the attribute ${JSON.stringify(missing)}`;
  }
  if (isTuple(then) && isTuple(other)) {
    const [mine, theirs] = [then[1], other[1]];
    if (mine.length !== theirs.length) {
      return `The first has ${mine.length.toString()} elements, the second ${theirs.length.toString()}`;
    }
    for (const [at, type] of mine.entries()) {
      const match = theirs[at] ?? 'dynamic';
      if (!typesEqual(type, match))
        return `Element ${at.toString()} differs: ${describeMismatch(type, match)}`;
    }
  }
  if (isCollection(then) && isCollection(other) && then[0] === other[0]) {
    return `The elements differ: ${describeMismatch(then[1], other[1])}`;
  }
  const [first, second] = [friendlyName(then), friendlyName(other)];
  return first === second ? 'They differ somewhere inside' : `The first is ${first}, the second is ${second}`;
}
