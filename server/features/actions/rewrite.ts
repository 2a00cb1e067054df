import type { Expression, Template } from '../../hcl/syntax';
import type { Change } from './codeAction';
import { selectedExpression } from './context';
import type { Selected, SelectedExpression } from './context';
import { indentAt } from './insertion';

/** Other ways to write the same value. */
export function rewrites(selected: Selected): readonly Change[] {
  const found = selectedExpression(selected);
  if (found === undefined) return [];
  const template = found.steps.findLast((step): step is Template => step.kind === 'template');
  const rewritten = [
    template === undefined ? undefined : unwrapped(selected, template),
    template === undefined || template !== found.attribute.value ? undefined : otherForm(selected, template),
    flippedConditional(selected, found),
  ];
  return rewritten.filter((action) => action !== undefined);
}

/** `"${x}"` gives `x` whatever its type, so that the quotes say nothing. */
function unwrapped({ file }: Selected, template: Template): Change | undefined {
  const [part, ...more] = template.parts;
  if (template.form !== 'quoted' || part?.kind !== 'interpolation' || more.length > 0) return undefined;
  const newText = file.syntax.text.slice(part.expression.range.start, part.expression.range.end);
  return {
    title: 'Remove the redundant interpolation',
    kind: 'refactor.rewrite',
    edits: [{ path: file.path, range: template.range, newText }],
  };
}

function otherForm(selected: Selected, template: Template): Change | undefined {
  const newText = template.form === 'quoted' ? toHeredoc(selected, template) : toQuoted(selected, template);
  if (newText === undefined) return undefined;
  return {
    title: template.form === 'quoted' ? 'Convert to a heredoc' : 'Convert to a quoted string',
    kind: 'refactor.rewrite',
    edits: [{ path: selected.file.path, range: template.range, newText }],
  };
}

/** Only a text that ends with a line break can be a heredoc, and only one without directives is taken apart here. */
function toHeredoc({ file }: Selected, template: Template): string | undefined {
  const { text } = file.syntax;
  let body = '';
  for (const part of template.parts) {
    if (part.kind === 'text') body += escapeTemplate(part.value);
    else if (part.kind === 'interpolation') body += text.slice(part.range.start, part.range.end);
    else return undefined;
  }
  if (!body.endsWith('\n') || /[^\P{Cc}\n\t]/u.test(body)) return undefined;
  const indent = indentAt(text, template.range.start);
  const lines = body.slice(0, -1).split('\n');
  const marker = ['EOT', 'EOF', 'END', 'TEXT'].find((each) => !lines.some((line) => line.trim() === each));
  if (marker === undefined) return undefined;
  const indented = lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n');
  return `<<-${marker}\n${indented}\n${indent}${marker}`;
}

function toQuoted({ file }: Selected, template: Template): string | undefined {
  const { text } = file.syntax;
  // Indentation is taken off by Terraform when it reads the heredoc, in a way that depends on all its lines.
  const source = text.slice(template.range.start, template.range.end);
  const lines = source.split(/\r?\n/);
  const close = lines.findLastIndex((line) => line.trim() !== '');
  const held = lines.slice(1, close);
  const margin =
    template.form === 'indented-heredoc'
      ? Math.min(
          ...held.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0),
        )
      : 0;
  if (template.parts.some((part) => part.kind !== 'text' && part.kind !== 'interpolation')) return undefined;
  if (
    template.parts.some(
      (part) => part.kind === 'interpolation' && text.slice(part.range.start, part.range.end).includes('\n'),
    )
  )
    return undefined;
  let body = '';
  for (const line of held) body += `${escapeAround(line.slice(Number.isFinite(margin) ? margin : 0))}\\n`;
  const lineBreak = /\r?\n$/.exec(source)?.[0] ?? '';
  return `"${body}"${lineBreak}`;
}

/** Escapes a line of a heredoc for a quoted string; what stands in `${…}` stays as it is. */
function escapeAround(line: string): string {
  let result = '';
  for (let at = 0; at < line.length;) {
    if ((line.startsWith('${', at) || line.startsWith('%{', at)) && line[at - 1] !== line[at]) {
      const end = line.indexOf('}', at);
      const stop = end < 0 ? line.length : end + 1;
      result += line.slice(at, stop);
      at = stop;
      continue;
    }
    const character = line.charAt(at);
    result +=
      character === '"' || character === '\\' ? `\\${character}` : character === '\t' ? '\\t' : character;
    at += 1;
  }
  return result;
}

function escapeTemplate(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

/** `a ? b : c` is `!a ? c : b`. */
function flippedConditional(
  { file }: Selected,
  { steps, expression }: SelectedExpression,
): Change | undefined {
  const conditional = steps.findLast((step) => step.kind === 'conditional');
  if (conditional?.kind !== 'conditional') return undefined;
  const isNear = expression === conditional || expression === conditional.condition;
  if (!isNear) return undefined;
  const source = ({ range }: Expression) => file.syntax.text.slice(range.start, range.end);
  const newText = `${negated(conditional.condition, source)} ? ${source(conditional.else)} : ${source(conditional.then)}`;
  return {
    title: 'Swap the two results of the condition',
    kind: 'refactor.rewrite',
    edits: [{ path: file.path, range: conditional.range, newText }],
  };
}

const opposites: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

function negated(condition: Expression, source: (expression: Expression) => string): string {
  if (condition.kind === 'unary' && condition.operator === '!') return source(condition.operand);
  if (condition.kind === 'binary' && Object.hasOwn(opposites, condition.operator))
    return `${source(condition.left)} ${opposites[condition.operator] ?? ''} ${source(condition.right)}`;
  return condition.kind === 'binary' || condition.kind === 'conditional'
    ? `!(${source(condition)})`
    : `!${source(condition)}`;
}
