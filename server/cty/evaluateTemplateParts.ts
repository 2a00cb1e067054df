import type { Template, TemplatePart } from '../hcl/syntax';
import type { Range } from '../text/range';
import { ConversionError, convert } from './convert';
import { describeValue } from './describe';
import type { Part } from './evaluateConditional';
import { evaluateConditional } from './evaluateConditional';
import type { EvaluationContext } from './evaluationContext';
import { evaluateFor } from './evaluateFor';
import type { Value } from './value';
import { noMarks, stringValue, unknownValue, withMarks, withoutMarks } from './value';

/** A template's value: a string, or whatever its only interpolation gives. */
export function evaluateTemplateExpression(template: Template, context: EvaluationContext): Value {
  const [first, ...rest] = template.parts;
  if (first?.kind === 'interpolation' && rest.length === 0) return context.evaluate(first.expression);
  return evaluateParts(template.parts, context);
}

/** The parts put together. Where one is not known yet, neither is the string. */
export function evaluateParts(parts: readonly TemplatePart[], context: EvaluationContext): Value {
  const texts: string[] = [];
  let known = true;
  let marks = noMarks;
  for (const part of parts) {
    if (part.kind === 'text') {
      texts.push(part.value);
      continue;
    }
    const value = evaluatePart(part, context);
    marks |= value.marks;
    const text = partText(value, part, context);
    if (text === undefined) known = false;
    else texts.push(text);
  }
  return withMarks(known ? stringValue(texts.join('')) : unknownValue('string', true), marks);
}

type ValuePart = Exclude<TemplatePart, { readonly kind: 'text' }>;

function evaluatePart(part: ValuePart, context: EvaluationContext): Value {
  switch (part.kind) {
    case 'interpolation':
      return context.evaluate(part.expression);
    case 'if':
      return evaluateConditional(
        { range: part.condition.range, evaluate: (inner) => inner.evaluate(part.condition) },
        partsAsPart(part.then, part.range),
        partsAsPart(part.else, part.range),
        context,
      );
    case 'for':
      return joinResults(part, context);
  }
}

function partsAsPart(parts: readonly TemplatePart[], around: Range): Part {
  const [first] = parts;
  const last = parts.at(-1);
  const range = first && last ? { start: first.range.start, end: last.range.end } : around;
  return { range, evaluate: (context) => evaluateParts(parts, context) };
}

function joinResults(part: Extract<TemplatePart, { kind: 'for' }>, context: EvaluationContext): Value {
  const results = evaluateFor(
    {
      variables: part.variables,
      collection: {
        range: part.collection.range,
        evaluate: (inner) => inner.evaluate(part.collection),
      },
      value: partsAsPart(part.body, part.range),
      condition: undefined,
      grouping: false,
    },
    context,
  );
  if (results.kind !== 'known' || !Array.isArray(results.content)) {
    return withMarks(unknownValue('string'), results.marks);
  }
  let marks = results.marks;
  const texts: string[] = [];
  for (const value of results.content as readonly Value[]) {
    if (value.kind !== 'known') return withMarks(unknownValue('string'), results.marks);
    marks |= value.marks;
    if (typeof value.content === 'string') texts.push(value.content);
  }
  return withMarks(stringValue(texts.join('')), marks);
}

/** Undefined where it is not known, or no text, which is noted as an error. */
function partText(value: Value, part: ValuePart, context: EvaluationContext): string | undefined {
  const range = part.kind === 'interpolation' ? part.expression.range : part.range;
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'null') {
    context.fail(
      range,
      'null-in-template',
      'This value is null, and a string cannot contain null. Use coalesce, or a condition, to give it a value.',
    );
    return undefined;
  }
  try {
    const text = convert(withoutMarks(value), 'string');
    return text.kind === 'known' && typeof text.content === 'string' ? text.content : undefined;
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    context.fail(
      range,
      'invalid-in-template',
      `This is ${describeValue(value)}, which does not become a string by itself. Use jsonencode, or join for a list of strings.`,
    );
    return undefined;
  }
}
