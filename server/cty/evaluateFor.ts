import type { Name } from '../hcl/syntax';
import { ConversionError, convert } from './convert';
import { describeValue } from './describe';
import type { Part } from './evaluateConditional';
import type { EvaluationContext } from './evaluationContext';
import { isPrimitive } from './types';
import type { KnownValue, Marks, Value } from './value';
import {
  noMarks,
  numberValue,
  objectValue,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
  withoutMarks,
} from './value';

/** A `for` expression or directive. With a key it makes an object, otherwise a tuple. */
export interface For {
  readonly variables: readonly Name[];
  readonly collection: Part;
  readonly key?: Part;
  readonly value: Part;
  readonly condition: Part | undefined;
  readonly grouping: boolean;
}

export function evaluateFor(loop: For, context: EvaluationContext): Value {
  const collection = loop.collection.evaluate(context);
  if (collection.kind === 'null') {
    return context.fail(
      loop.collection.range,
      'null-collection',
      'This value is null, so there is nothing to go over. Use coalesce, or a condition, to give it a value.',
    );
  }
  if (collection.type === 'dynamic') return unknownValue('dynamic');
  if (isPrimitive(collection.type)) {
    return context.fail(
      loop.collection.range,
      'not-iterable',
      `This is ${describeValue(collection)}, and for goes over lists, sets, maps, tuples and objects only.`,
    );
  }
  const conditionMarks = checkCondition(loop, context);
  if (conditionMarks === undefined) return unknownValue('dynamic');
  if (collection.kind === 'unknown') {
    return withMarks(unknownValue('dynamic'), collection.marks | conditionMarks);
  }
  const result = loop.key
    ? new ObjectLoop(loop, loop.key, context).run(collection)
    : new TupleLoop(loop, context).run(collection);
  return withMarks(result, collection.marks);
}

/**
 * Evaluates the condition once for members of which nothing is known: what fails then fails for every member. Gives
 * the marks it takes from elsewhere, undefined where it fails.
 */
function checkCondition(loop: For, context: EvaluationContext): Marks | undefined {
  if (loop.condition === undefined) return noMarks;
  const inner = context.within(loop.variables.map(({ name }) => [name, unknownValue('dynamic')] as const));
  const result = loop.condition.evaluate(inner);
  const usable = checkBool(result, loop.condition, inner);
  context.addAll(inner.errors);
  return usable === undefined || inner.errors.length > 0 ? undefined : result.marks;
}

/** The condition's value as a bool; undefined where it is none, which is noted as an error. */
function checkBool(value: Value, condition: Part, context: EvaluationContext): Value | undefined {
  const wrong = (reason: string): undefined => {
    context.fail(condition.range, 'invalid-for-condition', reason);
    return undefined;
  };
  if (value.kind === 'null') {
    wrong('This condition is null. It must be true or false for every member.');
    return;
  }
  try {
    return convert(value, 'bool');
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    wrong(`This condition is ${describeValue(value)}. It must be true or false for every member.`);
    return;
  }
}

abstract class Loop {
  protected marks = noMarks;
  /** Every member's part in the result is known. */
  protected known = true;

  constructor(
    protected readonly loop: For,
    protected readonly context: EvaluationContext,
  ) {}

  run(collection: KnownValue): Value {
    for (const [key, value] of membersOf(collection)) {
      const names = this.loop.variables.map(({ name }) => name);
      const [first = '', second] = names;
      const inner = this.context.within(
        second === undefined
          ? [[first, value]]
          : [
              [first, key],
              [second, value],
            ],
      );
      if (this.includes(inner)) this.add(inner);
      this.context.addAll(inner.errors);
    }
    return withMarks(this.known ? this.result() : unknownValue('dynamic'), this.marks);
  }

  protected abstract add(context: EvaluationContext): void;
  protected abstract result(): Value;

  private includes(context: EvaluationContext): boolean {
    const { condition } = this.loop;
    if (condition === undefined) return true;
    const value = condition.evaluate(context);
    this.marks |= value.marks;
    const answer = checkBool(value, condition, context);
    if (answer?.kind === 'known') return answer.content === true;
    this.known = false;
    return false;
  }
}

class TupleLoop extends Loop {
  private readonly values: Value[] = [];

  protected add(context: EvaluationContext): void {
    this.values.push(this.loop.value.evaluate(context));
  }

  protected result(): Value {
    return tupleValue(this.values);
  }
}

class ObjectLoop extends Loop {
  private readonly groups = new Map<string, Value[]>();

  constructor(
    loop: For,
    private readonly key: Part,
    context: EvaluationContext,
  ) {
    super(loop, context);
  }

  protected add(context: EvaluationContext): void {
    const key = this.evaluateKey(context);
    if (key === undefined) {
      this.known = false;
      return;
    }
    const value = this.loop.value.evaluate(context);
    const group = this.groups.get(key);
    if (group === undefined) this.groups.set(key, [value]);
    else if (this.loop.grouping) group.push(value);
    else this.refuseDuplicate(key, context);
  }

  protected result(): Value {
    return objectValue(
      [...this.groups].map(([key, values]) => [
        key,
        this.loop.grouping ? tupleValue(values) : (values[0] ?? unknownValue('dynamic')),
      ]),
    );
  }

  private evaluateKey(context: EvaluationContext): string | undefined {
    const value = this.key.evaluate(context);
    this.marks |= value.marks;
    if (value.kind === 'null') {
      context.fail(this.key.range, 'null-key', 'This key is null. Every key must be a string.');
      return undefined;
    }
    if (value.kind === 'unknown') return undefined;
    try {
      const text = convert(withoutMarks(value), 'string');
      return text.kind === 'known' && typeof text.content === 'string' ? text.content : undefined;
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      context.fail(
        this.key.range,
        'invalid-key',
        `This key is ${describeValue(value)}. Every key must be a string.`,
      );
      return undefined;
    }
  }

  private refuseDuplicate(key: string, context: EvaluationContext): void {
    context.fail(
      this.key.range,
      'duplicate-key',
      `Two members give the key ${JSON.stringify(key)}. Make the keys differ, or write ... after the value to collect all values of a key.`,
    );
  }
}

/** The members with their keys: a list's indexes, a map's keys, a set's members themselves. */
export function membersOf(collection: KnownValue): (readonly [Value, Value])[] {
  const { content, type } = collection;
  if (content instanceof Map) {
    return [...(content as ReadonlyMap<string, Value>)].map(([name, value]) => [stringValue(name), value]);
  }
  if (!Array.isArray(content)) return [];
  const isSet = typeof type !== 'string' && type[0] === 'set';
  return (content as readonly Value[]).map((value, at) => [isSet ? value : numberValue(at), value]);
}
