import { parse } from '../hcl/parser';
import { relocate } from '../hcl/relocate';
import type { SyntaxError, Template, TemplatePart } from '../hcl/syntax';
import type { Range } from '../text/range';

/** A template read from a text of its own, as `templatefile` reads a file. Ranges are offsets in that text. */
export interface ParsedTemplate {
  readonly template: Template;
  readonly errors: readonly SyntaxError[];
}

/** Templates have no syntax of files around them, so the text is read as the heredoc that it could be. */
export function parseTemplate(text: string): ParsedTemplate {
  let marker = 'T';
  while (text.includes(marker)) marker += 'T';
  const head = `x = <<${marker}\n`;
  const file = parse(`${head}${text}\n${marker}\n`);
  const [item] = file.body.items;
  const value = item?.kind === 'attribute' ? item.value : undefined;
  const parts = value?.kind === 'template' ? value.parts : [];
  const mapping = ({ start, end }: Range): Range => ({
    start: start - head.length,
    end: end - head.length,
  });
  const range = { start: head.length, end: head.length + text.length };
  const template: Template = {
    kind: 'template',
    form: 'heredoc',
    range,
    parts: withoutLastBreak(parts),
  };
  const moved = relocate(template, mapping);
  return {
    template: moved.kind === 'template' ? moved : { ...template, parts: [] },
    errors: errorsOfText(file.errors, mapping, text.length),
  };
}

/** The errors in the text itself: the heredoc around it is nothing that a person wrote. */
function errorsOfText(
  errors: readonly SyntaxError[],
  mapping: (range: Range) => Range,
  length: number,
): SyntaxError[] {
  const clamp = (offset: number): number => Math.min(Math.max(offset, 0), length);
  const own = errors
    .filter(({ code }) => code !== 'unclosed-heredoc')
    .map((error) => {
      const { start, end } = mapping(error.range);
      return { ...error, range: { start: clamp(start), end: clamp(end) } };
    });
  if (own.length > 0 || errors.length === 0) return own;
  const range = { start: length, end: length };
  return [
    {
      code: 'unclosed-sequence',
      range,
      message: 'A "${" or "%{" in this template is never closed. Add "}".',
    },
  ];
}

/** The line break before the end marker is no part of the text. */
function withoutLastBreak(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const last = parts.at(-1);
  if (last?.kind !== 'text') return parts;
  const value = last.value.endsWith('\n') ? last.value.slice(0, -1) : last.value;
  const range = { start: last.range.start, end: last.range.end - 1 };
  const rest = parts.slice(0, -1);
  // A single interpolation keeps the type of its value only where nothing at all follows.
  return range.end <= range.start ? rest : [...rest, { ...last, value, range }];
}
