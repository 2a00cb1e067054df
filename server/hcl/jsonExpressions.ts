import { jsonError } from './jsonErrors';
import { insideOf, literalTemplate, referenceIn, templateIn } from './jsonTemplates';
import type { JsonObject, JsonString, JsonValue } from './jsonText';
import type { Expression, ObjectExpression, ObjectItem, SyntaxError } from './syntax';

/**
 * What the strings of a JSON value are: templates; plain text, where Terraform evaluates nothing; or references,
 * types and keywords, which the native syntax writes without quotes. It holds at every depth.
 */
export type JsonReading = 'template' | 'literal' | 'reference';

/** A JSON value as the expression it stands for, with ranges in the JSON text. */
export function expressionOf(value: JsonValue, reading: JsonReading, errors: SyntaxError[]): Expression {
  const { range } = value;
  switch (value.kind) {
    case 'string':
      return stringExpression(value, reading, errors);
    case 'number':
      return { kind: 'literal', range, value: { number: value.text } };
    case 'bool':
      return { kind: 'literal', range, value: value.value };
    case 'null':
      return { kind: 'literal', range, value: null };
    case 'array':
      return { kind: 'tuple', range, items: value.items.map((item) => expressionOf(item, reading, errors)) };
    case 'object':
      return objectExpression(value, reading, errors);
    case 'invalid':
      return { kind: range.start === range.end ? 'missing' : 'error', range };
  }
}

function stringExpression(string: JsonString, reading: JsonReading, errors: SyntaxError[]): Expression {
  switch (reading) {
    case 'template':
      return templateIn(string, errors);
    case 'literal':
      return literalTemplate(string);
    case 'reference':
      return referenceIn(string, errors);
  }
}

/** Names of properties are templates too, where the values are. */
function objectExpression(object: JsonObject, reading: JsonReading, errors: SyntaxError[]): ObjectExpression {
  const names = new Set<string>();
  const items = object.properties.map(({ name, value }): ObjectItem => {
    if (names.has(name.value)) errors.push(jsonError('json-duplicate-key', insideOf(name), name.value));
    names.add(name.value);
    return {
      range: { start: name.range.start, end: value.range.end },
      key: stringExpression(name, reading, errors),
      value: expressionOf(value, reading, errors),
    };
  });
  return { kind: 'object', range: object.range, items };
}
