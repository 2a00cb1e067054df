import { spaceBetween } from './formatSpaces';
import type { FormatToken } from './formatTokens';
import { LINE_COMMENT, NEWLINE, bracketChange } from './formatTokens';
import { Kind } from './kinds';

/** A line in up to three cells, as the indices at which they begin; together they are its tokens in order. */
interface Line {
  readonly start: number;
  /** From the `=` on, if the line opens no bracket in it; where there is none it begins and ends where the lead ends. */
  readonly assign: number;
  /** A trailing line comment, or any comment that the file ends with. */
  readonly comment: number;
  readonly end: number;
}

/** Sets the spaces before every token: indentation, then spacing, then alignment of `=` and of comments. */
export function layOut(source: string, tokens: readonly FormatToken[]): void {
  const lines = splitLines(tokens);
  indent(tokens, lines);
  for (const line of lines) {
    space(tokens, line.start, line.assign, line.comment);
    space(tokens, line.assign, line.comment, line.comment);
  }
  const widths = new Widths(source, tokens);
  alignAssigns(tokens, lines, widths);
  alignComments(tokens, lines, widths);
}

/** A line ends with a line break or a line comment. Line breaks inside of a token (a heredoc's text) end none. */
function splitLines(tokens: readonly FormatToken[]): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let end = 0;
  for (const { kind } of tokens) {
    if (kind === Kind.endOfFile) break;
    end++;
    if (kind !== NEWLINE && kind !== LINE_COMMENT) continue;
    lines.push(splitCells(tokens, start, end));
    start = end;
  }
  if (start < end) lines.push(splitCells(tokens, start, end));
  return lines;
}

function splitCells(tokens: readonly FormatToken[], start: number, end: number): Line {
  const last = tokens[end - 1]?.kind;
  const hasComment = end - start > 1 && (last === LINE_COMMENT || last === Kind.comment);
  const comment = hasComment ? end - 1 : end;
  for (let index = start + 1; index < comment; index++) {
    if (tokens[index]?.kind !== Kind.equals) continue;
    const assign = netBrackets(tokens, index, comment) === 0 ? index : comment;
    return { start, assign, comment, end };
  }
  return { start, assign: comment, comment, end };
}

function indent(tokens: readonly FormatToken[], lines: readonly Line[]): void {
  /** How many brackets each open line has left open. */
  const open: number[] = [];
  for (const { start, assign, comment } of lines) {
    const first = tokens[start];
    if (first === undefined || start === assign) continue;
    if (first.kind === NEWLINE) {
      first.spaces = 0;
      continue;
    }
    const net =
      netBrackets(tokens, start, heredocFrom(tokens, start, assign)) + netBrackets(tokens, assign, comment);
    if (net < 0) closeLines(open, -net);
    first.spaces = 2 * open.length;
    if (net > 0) open.push(net);
  }
}

function heredocFrom(tokens: readonly FormatToken[], start: number, end: number): number {
  for (let index = start; index < end; index++) if (tokens[index]?.kind === Kind.openHeredoc) return index;
  return end;
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

/** Spaces inside of a cell, and before what follows it up to `limit`: the first token's are indentation or alignment. */
function space(tokens: readonly FormatToken[], start: number, end: number, limit: number): void {
  let before: FormatToken | undefined;
  let left = tokens[start];
  const last = Math.min(end, limit - 1);
  for (let index = start + 1; index <= last; index++) {
    const right = tokens[index];
    if (left === undefined || right === undefined) return;
    right.spaces = spaceBetween(before, left, right) ? 1 : 0;
    before = left;
    left = right;
  }
}

/** Consecutive lines with an `=` have it at the same column, one space after the widest line. */
function alignAssigns(tokens: readonly FormatToken[], lines: readonly Line[], widths: Widths): void {
  const chain = new Chain();
  for (const { start, assign, comment } of lines) {
    const cell = tokens[assign];
    if (assign === comment || cell === undefined) chain.finish();
    else chain.add(cell, widths.between(start, assign));
  }
  chain.finish();
}

/** The same for the comments behind lines. */
function alignComments(tokens: readonly FormatToken[], lines: readonly Line[], widths: Widths): void {
  const chain = new Chain();
  for (const { start, comment, end } of lines) {
    const cell = tokens[comment];
    if (comment === end || cell === undefined) chain.finish();
    else chain.add(cell, widths.between(start, comment));
  }
  chain.finish();
}

/** Cells that get the same column. */
class Chain {
  private cells: FormatToken[] = [];
  private widths: number[] = [];

  add(cell: FormatToken, width: number): void {
    this.cells.push(cell);
    this.widths.push(width);
  }

  finish(): void {
    if (this.cells.length === 0) return;
    const widest = this.widths.reduce((most, width) => Math.max(most, width), 0);
    this.cells.forEach((cell, order) => {
      cell.spaces = widest - (this.widths[order] ?? 0) + 1;
    });
    this.cells = [];
    this.widths = [];
  }
}

function netBrackets(tokens: readonly FormatToken[], from: number, to: number): number {
  let net = 0;
  for (let index = from; index < to; index++) net += bracketChange(tokens[index]?.kind ?? 0);
  return net;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns tokens take: in grapheme clusters, as Terraform counts. */
class Widths {
  constructor(
    private readonly source: string,
    private readonly tokens: readonly FormatToken[],
  ) {}

  between(from: number, to: number): number {
    let sum = 0;
    for (let index = from; index < to; index++) {
      const token = this.tokens[index];
      if (token !== undefined) sum += token.spaces + this.width(token);
    }
    return sum;
  }

  private width({ text, start, end }: FormatToken): number {
    if (text !== undefined) return isPlain(text, 0, text.length) ? text.length : graphemes(text);
    return isPlain(this.source, start, end) ? end - start : graphemes(this.source.slice(start, end));
  }
}

/** ASCII without line breaks, which is nearly everything: one character, one cluster. */
function isPlain(text: string, from: number, to: number): boolean {
  for (let offset = from; offset < to; offset++) {
    const code = text.charCodeAt(offset);
    if (code < 32 || code > 126) return false;
  }
  return true;
}

function graphemes(text: string): number {
  return Array.from(GRAPHEMES.segment(text)).length;
}
