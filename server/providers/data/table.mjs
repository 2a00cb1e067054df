/** A table in Markdown, its columns padded as the formatter of the project wants them. */
export function table(head, rows) {
  const widths = head.map((name, column) => Math.max(3, ...[name, ...rows.map((row) => row[column])].map((cell) => cell.length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
