import type { Expression, ObjectExpression } from '../hcl/syntax';
import { ConversionError, convert } from './convert';
import { describeValue } from './describe';
import type { EvaluationContext } from './evaluationContext';
import type { Value } from './value';
import { noMarks, objectValue, stringValue, unknownValue, withMarks, withoutMarks } from './value';

export function evaluateObject(expression: ObjectExpression, context: EvaluationContext): Value {
  const entries: [string, Value][] = [];
  let marks = noMarks;
  // An object with a key that is not known yet has a type that is not known yet.
  let known = true;
  for (const item of expression.items) {
    const key = evaluateKey(item.key, context);
    const value = context.evaluate(item.value);
    marks |= key.marks;
    const name = keyName(key, item.key, context);
    if (name === undefined) known = false;
    else entries.push([name, value]);
  }
  return known ? withMarks(objectValue(entries), marks) : unknownValue('dynamic');
}

/** A bare name is a string; what could be taken for a reference or for a name with dots is neither. */
function evaluateKey(key: Expression, context: EvaluationContext): Value {
  if (key.kind === 'variable') return stringValue(key.name);
  if (key.kind === 'literal') {
    if (key.value === null) return stringValue('null');
    if (typeof key.value === 'boolean') return stringValue(key.value ? 'true' : 'false');
  }
  if (isReference(key)) {
    return context.fail(
      key.range,
      'ambiguous-key',
      'This key could be a reference or a name with dots in it. Put parentheses around a reference, or quotes around a name.',
    );
  }
  return context.evaluate(key);
}

/** `a.b`, `a[0]` and the like: a name with nothing but constants after it. */
function isReference(expression: Expression): boolean {
  let inner = expression;
  while (inner.kind === 'getAttribute' || inner.kind === 'index') {
    if (inner.kind === 'index' && !isConstant(inner.key)) return false;
    inner = inner.object;
  }
  return inner.kind === 'variable' && inner !== expression;
}

function isConstant(key: Expression): boolean {
  if (key.kind === 'template') return key.parts.every((part) => part.kind === 'text');
  return key.kind === 'literal' && key.value !== null && typeof key.value === 'object';
}

/** Undefined where the key is not known, or no string, which is noted as an error. */
function keyName(value: Value, key: Expression, context: EvaluationContext): string | undefined {
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'null') {
    context.fail(key.range, 'null-key', 'This key is null. Every key must be a string.');
    return undefined;
  }
  try {
    const text = convert(withoutMarks(value), 'string');
    return text.kind === 'known' && typeof text.content === 'string' ? text.content : undefined;
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    context.fail(
      key.range,
      'invalid-key',
      `This key is ${describeValue(value)}. Every key must be a string.`,
    );
    return undefined;
  }
}
