import { adviceFor } from './advice';
import type { Diagnostic } from './events';
import { blanksFor, columnsOf, paint, wrap } from './style';
import type { Style } from './style';

/** A diagnostic as terraform draws it, with the place as `file:line:column` (terminals make it a link) and our advice. */
export function renderDiagnostic(diagnostic: Diagnostic, style: Style): string {
  const tone = diagnostic.severity === 'error' ? 'red' : 'yellow';
  const title = diagnostic.severity === 'error' ? 'Error: ' : 'Warning: ';
  const width = Math.max(20, style.width - 2);
  const advice = adviceFor(diagnostic);
  const body: string[] = [
    paint(style, title, tone, 'bold') + paint(style, diagnostic.summary, 'bold'),
    ...section(placeLines(diagnostic, style)),
    ...section(valueLines(diagnostic, style)),
    ...section(detailLines(diagnostic, width)),
    ...section(advice === undefined ? [] : wrap(`What to do: ${advice}`, width)),
  ];
  const bar = paint(style, '│', tone);
  return [
    paint(style, '╷', tone),
    ...body.map((line) => (line === '' ? bar : `${bar} ${line}`)),
    paint(style, '╵', tone),
    '',
  ].join('\n');
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function detailLines({ detail }: Diagnostic, width: number): readonly string[] {
  const text = detail
    .trim()
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n');
  return text === '' ? [] : wrap(text, width);
}

function placeLines({ range, address, snippet }: Diagnostic, style: Style): readonly string[] {
  if (range === undefined) return address === undefined ? [] : [`  with ${address}`];
  const place = paint(style, `${range.file}:${range.start.line}:${range.start.column}`, 'cyan');
  const context = snippet?.context ? `, in ${snippet.context}` : '';
  const lines = [`  ${place}${context}:`];
  if (snippet !== undefined && snippet.code !== '') lines.push(...sourceLines(snippet, style));
  return address === undefined ? lines : [`  with ${address}`, ...lines];
}

function sourceLines(snippet: NonNullable<Diagnostic['snippet']>, style: Style): readonly string[] {
  const lines = snippet.code.split('\n');
  const digits = String(snippet.startLine + lines.length - 1).length;
  const rendered: string[] = [];
  let start = 0;
  lines.forEach((line, index) => {
    const bytes = Buffer.byteLength(line);
    const number = String(snippet.startLine + index).padStart(digits);
    rendered.push(`  ${paint(style, `${number} │`, 'dim')} ${line}`);
    const from = Math.max(0, snippet.highlightStart - start);
    const to = Math.min(bytes, snippet.highlightEnd - start);
    if (to > from) {
      const indent = blanksFor(textOfBytes(line, 0, from));
      const marks = '^'.repeat(Math.max(1, columnsOf(textOfBytes(line, from, to))));
      rendered.push(
        `  ${paint(style, `${' '.repeat(digits)} │`, 'dim')} ${indent}${paint(style, marks, 'bold')}`,
      );
    }
    start += bytes + 1;
  });
  return rendered;
}

function valueLines({ snippet }: Diagnostic, style: Style): readonly string[] {
  return (snippet?.values ?? []).map(
    ({ traversal, statement }) => `    ${paint(style, traversal, 'bold')} ${statement}`,
  );
}

function textOfBytes(text: string, from: number, to: number): string {
  return Buffer.from(text).subarray(from, to).toString();
}
