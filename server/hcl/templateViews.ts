import type { Range } from '../text/range';
import type { Built } from './built';
import { namesIn } from './built';
import { Kind } from './kinds';
import type { Expression, Template, TemplatePart } from './syntax';
import { templateTexts } from './templateText';

type TextPart = Extract<TemplatePart, { kind: 'text' }>;

/** A directive whose end has not come yet, and the parts it collects. */
interface Open {
  readonly start: number;
  readonly close: (parts: readonly TemplatePart[], end: number) => TemplatePart;
  parts: TemplatePart[];
}

/** The parts of a template with its directives nested; unclosed directives end with the template. */
export function buildParts(text: string, form: Template['form'], children: readonly Built[]): TemplatePart[] {
  const texts = templateTexts(text, form, children);
  const open: Open[] = [{ start: 0, parts: [], close: () => ({ kind: 'text', range: EMPTY, value: '' }) }];
  let end = 0;
  for (const child of children) {
    end = child.range.end;
    addPart(text, open, child, texts);
  }
  while (open.length > 1) closeTop(open, end);
  return open[0]?.parts ?? [];
}

function addPart(text: string, open: Open[], child: Built, texts: ReadonlyMap<Built, string>): void {
  const { range } = child;
  const top = open.at(-1);
  switch (child.kind) {
    case Kind.text: {
      const part: TextPart = { kind: 'text', range, value: texts.get(child) ?? '' };
      top?.parts.push(part);
      return;
    }
    case Kind.interpolation:
      top?.parts.push({ kind: 'interpolation', range, expression: expressionIn(child) });
      return;
    case Kind.ifDirective:
      open.push(openIf(range.start, expressionIn(child)));
      return;
    case Kind.elseDirective:
      openElse(open);
      return;
    case Kind.forDirective:
      open.push(openFor(text, range.start, child));
      return;
    case Kind.endifDirective:
    case Kind.endforDirective:
      if (open.length > 1) closeTop(open, range.end);
      return;
    default:
  }
}

const EMPTY: Range = { start: 0, end: 0 };

interface OpenIf extends Open {
  readonly condition: Expression;
}

function openIf(start: number, condition: Expression): OpenIf {
  const close = (parts: readonly TemplatePart[], end: number): TemplatePart => ({
    kind: 'if',
    range: { start, end },
    condition,
    then: parts,
    else: [],
  });
  return { start, condition, close, parts: [] };
}

function openElse(open: Open[]): void {
  const top = open.at(-1);
  if (top === undefined || !('condition' in top)) return;
  const { start, condition, parts: then } = top as OpenIf;
  open.pop();
  const close = (parts: readonly TemplatePart[], end: number): TemplatePart => ({
    kind: 'if',
    range: { start, end },
    condition,
    then,
    else: parts,
  });
  open.push({ start, close, parts: [] });
}

function openFor(text: string, start: number, child: Built): Open {
  const variables = namesIn(text, child.children ?? []);
  const collection = expressionIn(child);
  const close = (parts: readonly TemplatePart[], end: number): TemplatePart => ({
    kind: 'for',
    range: { start, end },
    variables,
    collection,
    body: parts,
  });
  return { start, close, parts: [] };
}

function closeTop(open: Open[], end: number): void {
  const top = open.pop();
  if (top !== undefined) open.at(-1)?.parts.push(top.close(top.parts, end));
}

function expressionIn(child: Built): Expression {
  const built = child.children?.find(({ expression }) => expression !== undefined)?.expression;
  return built ?? { kind: 'missing', range: { start: child.range.end, end: child.range.end } };
}
