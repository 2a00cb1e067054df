import { typeToString } from '../cty/type';
import type { Expression } from '../hcl/syntax';
import type { AttributeSchema, Provenance } from '../providers/schema';
import type { Declaration } from '../terraform/model';
import { toType } from '../terraform/typeExpression';
import { isCall } from '../terraform/stacks/stackCalls';
import { attributeOf, literalString } from '../terraform/values';
import type { ArgumentRule, NestedRule } from './bodyRules';
import { callableSignature } from './callables';
import type { Callable } from './callables';
import { provenanceText } from './providerSchemas';
import { attributeType } from './shapes';

/** Markdown for a person; paragraphs are parted by empty lines. */
export type Markdown = string;

/** `required string, sensitive` */
export function argumentDetail(schema: AttributeSchema): string {
  const words = [presence(schema), attributeType(schema)].filter((word) => word !== '').join(' ');
  const marks = [
    schema.sensitive === true && 'sensitive',
    schema.writeOnly === true && 'write-only',
    schema.deprecated === true && 'deprecated',
  ].filter((mark) => mark !== false);
  return [words, ...marks].join(', ');
}

export function argumentDocs(name: string, rule: ArgumentRule, provenance: Provenance | undefined): Markdown {
  return paragraphs(
    code(`${name} = ${attributeType(rule.schema)}`),
    `_${argumentDetail(rule.schema)}_`,
    argumentText(rule, provenance),
  );
}

/** The same for a list of completions, which shows name, type and flags by itself. */
export function argumentText(rule: ArgumentRule, provenance: Provenance | undefined): Markdown {
  const source = rule.origin === 'provider' ? provenance : undefined;
  return paragraphs(
    rule.schema.description,
    rule.keywords.length > 0
      ? `One of ${rule.keywords.map((word) => `\`${word}\``).join(', ')}, or an expression.`
      : '',
    sourceLine(source),
  );
}

export function blockDocs(type: string, rule: NestedRule, provenance: Provenance | undefined): Markdown {
  const labels = rule.labels.map((label) => ` "${label}"`).join('');
  return paragraphs(
    code(`${type}${labels} { … }`),
    `_${blockDetail(rule)}_`,
    rule.description,
    sourceLine(rule.origin === 'provider' ? provenance : undefined),
  );
}

/** `required block, at most 1` */
export function blockDetail(rule: NestedRule): string {
  const limit = rule.maxItems > 0 && `at most ${rule.maxItems}`;
  const kind = rule.minItems > 0 ? 'required block' : 'block';
  return [kind, limit, rule.deprecated && 'deprecated'].filter((part) => part !== false).join(', ');
}

const callableTexts = new WeakMap<Callable, Markdown>();

/** A function: its signature, what it does, and what its parameters mean where the provider says so. */
export function callableDocs(called: Callable): Markdown {
  const kept = callableTexts.get(called);
  if (kept !== undefined) return kept;
  const { parameters, variadic, source, summary, deprecated } = called;
  const told = [...parameters, ...(variadic === undefined ? [] : [variadic])].flatMap(
    ({ name, description }) =>
      description === undefined || description === '' ? [] : [`- \`${name}\`: ${description}`],
  );
  const text = paragraphs(
    code(callableSignature(called)),
    deprecated ? '_deprecated_' : '',
    summary,
    told.join('\n'),
    source === undefined ? '' : `_Schema: ${source}_`,
  );
  callableTexts.set(called, text);
  return text;
}

/** A declaration as a person asks for it: its header, its description, and its type, default or value. */
export function declarationDocs(declaration: Declaration, text: string): Markdown {
  const { node } = declaration;
  if (node.kind === 'attribute') return code(`${declaration.address} = ${excerpt(text, node.value)}`);
  const field = (name: string): Expression | undefined => attributeOf(node.body, name)?.value;
  const description = literalString(field('description'));
  if (declaration.kind === 'variable') {
    const type = field('type');
    const fallback = field('default');
    const shown = type === undefined ? 'any' : typeToString(toType(type));
    return paragraphs(
      code(`variable "${declaration.name}" (${type === undefined ? shown : excerpt(text, type)})`),
      description,
      fallback === undefined ? 'Required: it has no default.' : `Default: \`${excerpt(text, fallback)}\``,
    );
  }
  if (declaration.kind === 'output') {
    const value = field('value');
    return paragraphs(
      code(`output "${declaration.name}"`),
      description,
      value === undefined ? '' : `Value: \`${excerpt(text, value)}\``,
    );
  }
  const source = isCall(declaration) ? literalString(field('source')) : undefined;
  const labels = node.labels.map((label) => ` "${label.value}"`).join('');
  return paragraphs(code(`${node.type}${labels}`), source === undefined ? '' : `Source: \`${source}\``);
}

export function sourceLine(provenance: Provenance | undefined): Markdown {
  return provenance === undefined ? '' : `_Schema: ${provenanceText(provenance)}_`;
}

export function code(text: string): Markdown {
  return `\`\`\`terraform\n${text}\n\`\`\``;
}

export function paragraphs(...parts: readonly (string | undefined)[]): Markdown {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** Shows at most this much of a value. */
const longestExcerpt = 240;

/** The source text of an expression on one line, cut off where it gets long. */
export function excerpt(text: string, expression: Expression): string {
  const line = text
    .slice(expression.range.start, expression.range.end)
    .replace(/\s+/g, ' ')
    .replaceAll('`', "'");
  return line.length > longestExcerpt ? `${line.slice(0, longestExcerpt)}…` : line;
}

function presence(schema: AttributeSchema): string {
  if (schema.required === true) return 'required';
  if (schema.optional === true)
    return schema.computed === true ? 'optional, computed when left out,' : 'optional';
  return schema.computed === true ? 'computed' : '';
}
