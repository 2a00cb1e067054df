import { spaceBetween } from './formatSpaces';
import type { FormatToken } from './formatTokens';
import { NEWLINE, bracketChange, isLineComment } from './formatTokens';
import { Kind } from './kinds';

/** A line in up to three cells; together they are its tokens in order. */
interface Line {
  readonly lead: readonly FormatToken[];
  /** From the `=` on, if the line opens no bracket in it. */
  readonly assign: readonly FormatToken[];
  /** A trailing line comment, or any comment that the file ends with. */
  readonly comment: readonly FormatToken[];
}

/** Sets the spaces before every token: indentation, then spacing, then alignment of `=` and of comments. */
export function layOut(tokens: readonly FormatToken[]): void {
  const lines = splitLines(tokens);
  indent(lines);
  for (const line of lines) space(line);
  align(lines);
}

/** A line ends with a line break or a line comment. Line breaks inside of a token (a heredoc's text) end none. */
function splitLines(tokens: readonly FormatToken[]): Line[] {
  const lines: Line[] = [];
  let start = 0;
  tokens.forEach((token, order) => {
    if (token.kind !== NEWLINE && !isLineComment(token)) return;
    lines.push(splitCells(tokens.slice(start, order + 1)));
    start = order + 1;
  });
  const end = tokens.at(-1)?.kind === Kind.endOfFile ? tokens.length - 1 : tokens.length;
  if (start < end) lines.push(splitCells(tokens.slice(start, end)));
  return lines;
}

function splitCells(tokens: readonly FormatToken[]): Line {
  const hasComment = tokens.length > 1 && tokens.at(-1)?.kind === Kind.comment;
  const content = hasComment ? tokens.slice(0, -1) : tokens;
  const comment = hasComment ? tokens.slice(-1) : [];
  const equals = content.findIndex(({ kind }) => kind === Kind.equals);
  if (equals > 0 && netBrackets(content.slice(equals)) === 0) {
    return { lead: content.slice(0, equals), assign: content.slice(equals), comment };
  }
  return { lead: content, assign: [], comment };
}

function indent(lines: readonly Line[]): void {
  /** How many brackets each open line has left open. */
  const open: number[] = [];
  for (const { lead, assign } of lines) {
    const [first] = lead;
    if (first === undefined) continue;
    if (first.kind === NEWLINE) {
      first.spaces = 0;
      continue;
    }
    const heredoc = lead.findIndex(({ kind }) => kind === Kind.openHeredoc);
    const net = netBrackets(heredoc < 0 ? lead : lead.slice(0, heredoc)) + netBrackets(assign);
    if (net < 0) closeLines(open, -net);
    first.spaces = 2 * open.length;
    if (net > 0) open.push(net);
  }
}

function closeLines(open: number[], closers: number): void {
  let left = closers;
  while (left > 0) {
    const top = open.pop();
    if (top === undefined) return;
    if (top > left) open.push(top - left);
    left -= top;
  }
}

function space({ lead, assign, comment }: Line): void {
  spaceCell(lead, assign[0]);
  spaceCell(assign, undefined);
  spaceCell(comment, undefined);
}

/** The first token of a cell has its place from indentation or alignment. */
function spaceCell(cell: readonly FormatToken[], next: FormatToken | undefined): void {
  cell.forEach((left, order) => {
    const right = cell[order + 1] ?? next;
    if (right !== undefined) right.spaces = spaceBetween(cell[order - 1], left, right) ? 1 : 0;
  });
}

function align(lines: readonly Line[]): void {
  alignChains(
    lines,
    ({ assign }) => assign[0],
    ({ lead }) => width(lead),
  );
  alignChains(
    lines,
    ({ comment }) => comment[0],
    ({ lead, assign }) => width(lead) + width(assign),
  );
}

/** Puts the cells of consecutive lines that have one at the same column, one space after the widest line. */
function alignChains(
  lines: readonly Line[],
  cellOf: (line: Line) => FormatToken | undefined,
  widthOf: (line: Line) => number,
): void {
  let chain: { readonly cell: FormatToken; readonly width: number }[] = [];
  const finish = (): void => {
    const widest = chain.reduce((most, link) => Math.max(most, link.width), 0);
    for (const link of chain) link.cell.spaces = widest - link.width + 1;
    chain = [];
  };
  for (const line of lines) {
    const cell = cellOf(line);
    if (cell === undefined) finish();
    else chain.push({ cell, width: widthOf(line) });
  }
  finish();
}

function netBrackets(tokens: readonly FormatToken[]): number {
  let net = 0;
  for (const { kind } of tokens) net += bracketChange(kind);
  return net;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** In grapheme clusters, as Terraform counts columns. */
function width(tokens: readonly FormatToken[]): number {
  let sum = 0;
  for (const { text, spaces } of tokens) sum += spaces + graphemes(text);
  return sum;
}

function graphemes(text: string): number {
  // ASCII without line breaks, which is nearly everything: one character, one cluster.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return Array.from(GRAPHEMES.segment(text)).length;
}
