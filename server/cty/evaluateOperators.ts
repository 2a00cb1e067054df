import type { Binary, BinaryOperator, Expression, Unary } from '../hcl/syntax';
import { BigFloat } from './bigFloat';
import { ConversionError, convert } from './convert';
import { describeValue } from './describe';
import { valuesEqual } from './equality';
import type { EvaluationContext } from './evaluationContext';
import { deepMarks, withoutDeepMarks } from './marks';
import type { CtyType } from './type';
import type { Value } from './value';
import { boolValue, noMarks, numberValue, unknownValue, withMarks, withoutMarks } from './value';

/** A chain such as `a + b + c` leans to the left as far as it is long, so it is walked in a loop. */
export function evaluateBinary(expression: Binary, context: EvaluationContext): Value {
  const chain: Binary[] = [];
  let first: Expression = expression;
  while (first.kind === 'binary') {
    chain.push(first);
    first = first.left;
  }
  let side = context.apart();
  let value = side.evaluate(first);
  for (const binary of chain.reverse()) {
    const next = context.apart();
    value = combine(binary, value, side, next);
    side = next;
  }
  context.addAll(side.errors);
  return value;
}

export function evaluateUnary(expression: Unary, context: EvaluationContext): Value {
  const { operator, operand } = expression;
  const type: CtyType = operator === '!' ? 'bool' : 'number';
  const inner = context.apart();
  const value = convertOperand(inner.evaluate(operand), type, operand, operator, inner);
  if (value.kind === 'null') refuseNull(operand, operator, inner);
  context.addAll(inner.errors);
  if (inner.errors.length > 0 || value.kind !== 'known') return unknownOf(type, value.marks);
  const { content } = value;
  const result = content instanceof BigFloat ? numberValue(content.negate()) : boolValue(content !== true);
  return withMarks(result, value.marks);
}

/** Combines the left value, whose errors are in `left`, with the right side; all errors go to `context`. */
function combine(
  binary: Binary,
  leftValue: Value,
  left: EvaluationContext,
  context: EvaluationContext,
): Value {
  const { operator } = binary;
  const types = operandTypes[operator];
  const right = context.apart();
  const rightValue = right.evaluate(binary.right);
  const failed = left.errors.length + right.errors.length > 0;
  if (types.operand === 'bool' && context.scope.shortCircuit) {
    return shortCircuit(binary, { leftValue, left, rightValue, right }, context);
  }
  context.addAll(left.errors);
  context.addAll(right.errors);
  const [a, b] = convertBoth(binary, leftValue, rightValue, context);
  return failed || context.errors.length > 0
    ? unknownOf(types.result, noMarks)
    : compute(binary, a, b, context);
}

interface Sides {
  readonly leftValue: Value;
  readonly left: EvaluationContext;
  readonly rightValue: Value;
  readonly right: EvaluationContext;
}

/** One side that decides the result alone makes the errors of the other unimportant. */
function shortCircuit(binary: Binary, sides: Sides, context: EvaluationContext): Value {
  const [a, b] = convertBoth(binary, sides.leftValue, sides.rightValue, context);
  if (context.errors.length > 0) {
    context.addAll(sides.left.errors);
    context.addAll(sides.right.errors);
    return unknownOf('bool', noMarks);
  }
  const deciding = binary.operator === '||';
  const marks = a.marks | b.marks;
  for (const [value, side] of [
    [a, sides.left],
    [b, sides.right],
  ] as const) {
    if (value.kind !== 'known' || value.content !== deciding) continue;
    context.addAll(side.errors);
    return withMarks(boolValue(deciding), marks);
  }
  if (a.kind === 'unknown' && sides.left.errors.length === 0) return unknownOf('bool', marks);
  context.addAll(sides.left.errors);
  if (a.kind !== 'unknown' || b.kind === 'unknown') context.addAll(sides.right.errors);
  return context.errors.length > 0 ? unknownOf('bool', marks) : compute(binary, a, b, context);
}

const operandTypes: Readonly<Record<BinaryOperator, { operand: CtyType; result: CtyType }>> = {
  '||': { operand: 'bool', result: 'bool' },
  '&&': { operand: 'bool', result: 'bool' },
  '==': { operand: 'dynamic', result: 'bool' },
  '!=': { operand: 'dynamic', result: 'bool' },
  '<': { operand: 'number', result: 'bool' },
  '>': { operand: 'number', result: 'bool' },
  '<=': { operand: 'number', result: 'bool' },
  '>=': { operand: 'number', result: 'bool' },
  '+': { operand: 'number', result: 'number' },
  '-': { operand: 'number', result: 'number' },
  '*': { operand: 'number', result: 'number' },
  '/': { operand: 'number', result: 'number' },
  '%': { operand: 'number', result: 'number' },
};

function convertBoth(
  { operator, left, right }: Binary,
  a: Value,
  b: Value,
  context: EvaluationContext,
): [Value, Value] {
  const type = operandTypes[operator].operand;
  return [
    convertOperand(a, type, left, operator, context),
    convertOperand(b, type, right, operator, context),
  ];
}

function convertOperand(
  value: Value,
  type: CtyType,
  operand: Expression,
  operator: string,
  context: EvaluationContext,
): Value {
  try {
    return convert(value, type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return context.fail(
      operand.range,
      'invalid-operand',
      `${capitalize(describeValue(value))} is no operand for ${operator}: ${error.message}.`,
    );
  }
}

function compute(binary: Binary, a: Value, b: Value, context: EvaluationContext): Value {
  const { operator } = binary;
  if (operator === '==' || operator === '!=') {
    const marks = deepMarks(a) | deepMarks(b);
    const equal = valuesEqual(withoutDeepMarks(a), withoutDeepMarks(b));
    const wanted = operator === '==';
    const result = equal.kind === 'known' ? boolValue((equal.content === true) === wanted) : equal;
    return withMarks(result, marks);
  }
  const marks = a.marks | b.marks;
  const type = operandTypes[operator].result;
  if (a.kind === 'null') refuseNull(binary.left, operator, context);
  if (b.kind === 'null') refuseNull(binary.right, operator, context);
  if (a.kind !== 'known' || b.kind !== 'known') return unknownOf(type, marks);
  return withMarks(computeKnown(binary, withoutMarks(a).content, withoutMarks(b).content, context), marks);
}

function computeKnown(binary: Binary, a: unknown, b: unknown, context: EvaluationContext): Value {
  const { operator } = binary;
  if (operator === '&&') return boolValue(a === true && b === true);
  if (operator === '||') return boolValue(a === true || b === true);
  if (!(a instanceof BigFloat) || !(b instanceof BigFloat)) return unknownValue('dynamic');
  const order = a.compare(b);
  switch (operator) {
    case '<':
      return boolValue(order < 0);
    case '>':
      return boolValue(order > 0);
    case '<=':
      return boolValue(order <= 0);
    case '>=':
      return boolValue(order >= 0);
    default:
  }
  try {
    return numberValue(calculate(operator, a, b));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sum = `${a.toText()} ${operator} ${b.toText()}`;
    context.fail(binary.range, 'operation-failed', `${sum} has no result: ${reason}.`);
    return unknownOf('number', noMarks);
  }
}

function calculate(operator: BinaryOperator, a: BigFloat, b: BigFloat): BigFloat {
  switch (operator) {
    case '+':
      return a.add(b);
    case '-':
      return a.subtract(b);
    case '*':
      return a.multiply(b);
    case '/':
      return a.divide(b);
    default:
      return a.remainder(b);
  }
}

function refuseNull(operand: Expression, operator: string, context: EvaluationContext): void {
  context.fail(
    operand.range,
    'null-operand',
    `This value is null, and ${operator} has no result for null. Use coalesce, or a condition, to give it a value.`,
  );
}

function unknownOf(type: CtyType, marks: number): Value {
  return withMarks(unknownValue(type, true), marks);
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
