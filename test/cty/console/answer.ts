import { BigFloat } from '../../../server/cty/bigFloat';
import { evaluate } from '../../../server/cty/evaluate';
import type { Scope } from '../../../server/cty/scope';
import { typesEqual } from '../../../server/cty/types';
import type { Value } from '../../../server/cty/value';
import { deepMarks } from '../../../server/cty/marks';
import { ephemeral, sensitive } from '../../../server/cty/value';
import { parse } from '../../../server/hcl/parser';
import type { Expression } from '../../../server/hcl/syntax';
import { visitTraversals } from '../../../server/terraform/expressions';
import type { Place, RecordedCase } from './recording';

/** What our evaluator says of an expression, in the form in which terraform's word is recorded. */
export function answer(expression: string, scope: Scope): RecordedCase {
  const file = parse(`_ = ${expression}\n`);
  const [first, ...more] = file.body.items;
  const [syntaxError] = file.errors;
  if (syntaxError !== undefined) return { expression, refused: syntaxError.message };
  if (first?.kind !== 'attribute' || more.length > 0)
    return { expression, refused: 'This is no expression.' };
  if (/provider::(?!terraform::)/.test(expression))
    return { expression, refused: 'The module has no provider.' };
  const undeclared = undeclaredIn(first.value, scope);
  if (undeclared !== undefined) return { expression, refused: `${undeclared} is not declared.` };
  const { value, errors } = evaluate(first.value, scope);
  const [error] = errors;
  if (error !== undefined) return { expression, refused: error.message };
  const { type } = value;
  const places = [...sensitivePlaces(value)];
  const marked = places.length === 0 ? {} : { sensitive: places };
  if (deepMarks(value) & ephemeral) return { expression, type, hidden: 'ephemeral', ...marked };
  if (value.kind === 'unknown') return { expression, type, hidden: 'unknown', ...marked };
  return { expression, type, value: toJson(value), ...marked };
}

/** Terraform looks for what is not declared before it evaluates anything, also in branches that do not count. */
function undeclaredIn(expression: Expression, scope: Scope): string | undefined {
  let found: string | undefined;
  visitTraversals(expression, ({ root, steps }) => {
    const names = scope.variable(root.name);
    const [first] = steps;
    const members = names?.kind === 'known' && names.content instanceof Map ? names.content : new Map();
    if (first?.kind !== 'name' || !members.has(first.name)) found ??= root.name;
  });
  return found;
}

/** What of an answer differs from the recorded one; empty where nothing does. */
export function difference(wanted: RecordedCase, got: RecordedCase): string {
  if (wanted.refused !== undefined || got.refused !== undefined) {
    if (wanted.refused !== undefined && got.refused !== undefined) return '';
    return describe(wanted, got);
  }
  const same =
    wanted.value === got.value &&
    wanted.hidden === got.hidden &&
    (wanted.hidden === 'ephemeral' || JSON.stringify(wanted.sensitive) === JSON.stringify(got.sensitive)) &&
    wanted.type !== undefined &&
    got.type !== undefined &&
    typesEqual(wanted.type, got.type);
  return same ? '' : describe(wanted, got);
}

function describe(wanted: RecordedCase, got: RecordedCase): string {
  const text = ({ type, value, hidden, sensitive: places, refused }: RecordedCase): string =>
    refused === undefined
      ? [
          value ?? hidden,
          JSON.stringify(type),
          places === undefined ? '' : `sensitive ${JSON.stringify(places)}`,
        ]
          .join('  ')
          .trimEnd()
      : `refused: ${refused}`;
  return `${wanted.expression}\n    terraform: ${text(wanted)}\n    ours:      ${text(got)}`;
}

/** JSON as `jsonencode` writes it, without its escapes; infinite numbers by their names. */
function toJson(value: Value): string {
  if (value.kind === 'null') return 'null';
  if (value.kind === 'unknown') return '"(unknown)"';
  const { content } = value;
  if (typeof content === 'string') return JSON.stringify(content);
  if (typeof content === 'boolean') return String(content);
  if (content instanceof BigFloat) {
    if (!content.isInfinite()) return content.toText();
    return content.sign() < 0 ? '-Infinity' : 'Infinity';
  }
  if (content instanceof Map) {
    const members = [...(content as ReadonlyMap<string, Value>)];
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${toJson(member)}`).join(',')}}`;
  }
  return `[${(content as readonly Value[]).map(toJson).join(',')}]`;
}

/** The outermost places that are sensitive. */
function* sensitivePlaces(value: Value, place: Place = []): Generator<Place> {
  if (value.marks & sensitive) {
    yield place;
    return;
  }
  if (value.kind !== 'known' || typeof value.content !== 'object' || value.content instanceof BigFloat)
    return;
  const { content } = value;
  const members: Iterable<readonly [string | number, Value]> =
    content instanceof Map
      ? (content as ReadonlyMap<string, Value>)
      : (content as readonly Value[]).entries();
  for (const [key, member] of members) yield* sensitivePlaces(member, [...place, key]);
}
