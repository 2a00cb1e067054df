import type { Expression, ForObject, ForTuple, Literal } from '../hcl/syntax';
import { BigFloat } from './bigFloat';
import { freeVariables } from './freeVariables';
import { evaluateCall } from './evaluateCall';
import type { Part } from './evaluateConditional';
import { evaluateConditional } from './evaluateConditional';
import { EvaluationContext } from './evaluationContext';
import { evaluateFor } from './evaluateFor';
import { evaluateObject } from './evaluateObject';
import { evaluateBinary, evaluateUnary } from './evaluateOperators';
import { evaluateTemplateExpression } from './evaluateTemplateParts';
import { evaluateTraversal } from './evaluateTraversal';
import type { Templates } from './functions/function';
import { parseTemplate } from './parseTemplate';
import { templatesFor } from './renderTemplate';
import type { EvaluationError, Scope } from './scope';
import { withNames } from './scope';
import type { Value } from './value';
import { boolValue, nullValue, numberValue, tupleValue, unknownValue } from './value';

export interface Evaluation {
  /** Unknown where an error leaves it open. */
  readonly value: Value;
  /** In the order in which they were met, each once. */
  readonly errors: readonly EvaluationError[];
}

/** The value of an expression, as Terraform 1.11 evaluates it. Never throws. */
export function evaluate(expression: Expression, scope: Scope): Evaluation {
  const context = EvaluationContext.start(scope, evaluateNode);
  checkReferences(expression, context);
  const value = context.evaluate(expression);
  return { value, errors: context.errors };
}

/**
 * The value of a template that is a text of its own, with these variables instead of the scope's: a string, or whatever
 * its only interpolation gives. Ranges of errors are offsets in the text. Never throws.
 */
export function evaluateTemplate(
  text: string,
  variables: ReadonlyMap<string, Value>,
  scope: Scope,
): Evaluation {
  const { template, errors } = parseTemplate(text);
  if (errors.length > 0) return { value: unknownValue('dynamic'), errors };
  return evaluate(template, withNames(scope, { variable: (name) => variables.get(name) }));
}

/** What refers to nothing is an error wherever it stands, even where its value would not matter. */
function checkReferences(expression: Expression, context: EvaluationContext): void {
  const { scope } = context;
  for (const { name, range, attribute } of freeVariables(expression)) {
    const reason = scope.undeclared
      ? scope.undeclared(name, attribute?.name)
      : scope.variable(name) === undefined
        ? `There is no value with the name ${name} here. Write quotes around it if a string is meant.`
        : undefined;
    if (reason !== undefined) {
      context.fail(
        { start: range.start, end: attribute?.range.end ?? range.end },
        'unknown-variable',
        reason,
      );
    }
  }
}

function evaluateNode(expression: Expression, context: EvaluationContext): Value {
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression, context);
    case 'template':
      return evaluateTemplateExpression(expression, context);
    case 'variable':
      // Names without a value have been noted before anything was evaluated.
      return context.variable(expression.name) ?? unknownValue('dynamic');
    case 'getAttribute':
    case 'index':
    case 'splat':
      return evaluateTraversal(expression, context);
    case 'call':
      return evaluateCall(expression, templates(context.scope), context);
    case 'unary':
      return evaluateUnary(expression, context);
    case 'binary':
      return evaluateBinary(expression, context);
    case 'conditional':
      return evaluateConditional(
        asPart(expression.condition),
        asPart(expression.then),
        asPart(expression.else),
        context,
      );
    case 'parenthesis':
      return context.evaluate(expression.inner);
    case 'tuple':
      return tupleValue(expression.items.map((item) => context.evaluate(item)));
    case 'object':
      return evaluateObject(expression, context);
    case 'forTuple':
    case 'forObject':
      return evaluateForExpression(expression, context);
    case 'missing':
    case 'error':
      return unknownValue('dynamic');
  }
}

function literalValue({ value, range }: Literal, context: EvaluationContext): Value {
  if (value === null) return nullValue('dynamic');
  if (typeof value === 'boolean') return boolValue(value);
  const number = BigFloat.parse(value.number);
  if (number !== undefined) return numberValue(number);
  return context.fail(
    range,
    'invalid-number',
    `${value.number} is no number. Numbers are decimal, as in 1.5 or 2e10.`,
  );
}

function evaluateForExpression(expression: ForTuple | ForObject, context: EvaluationContext): Value {
  const { variables, collection, value, condition } = expression;
  return evaluateFor(
    {
      variables,
      collection: asPart(collection),
      value: asPart(value),
      condition: condition && asPart(condition),
      grouping: expression.kind === 'forObject' && expression.grouping,
      ...(expression.kind === 'forObject' && { key: asPart(expression.key) }),
    },
    context,
  );
}

function asPart(expression: Expression): Part {
  return { range: expression.range, evaluate: (context) => context.evaluate(expression) };
}

function templates(scope: Scope): Templates {
  return templatesFor(scope, evaluate);
}
