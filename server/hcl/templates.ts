import { blankEnd, lineEnd } from './characters';
import type { ErrorCode } from './errors';
import { escapeLength } from './escapes';
import { Kind } from './kinds';
import { RecoveringScanner } from './recovery';

interface OpenDirective {
  readonly kind: 'if' | 'else' | 'for';
  readonly start: number;
  readonly end: number;
}

/** Quoted strings, heredocs, and the interpolations and directives inside of them. */
export abstract class TemplateParser extends RecoveringScanner {
  /** Last line that consists of a word alone, by that word; made when a heredoc is found to have no end. */
  private loneWords: Map<string, number> | undefined;
  private quotes = 0;

  protected abstract parseExpression(): void;

  protected override begin(offset: number): void {
    this.quotes = 0;
    super.begin(offset);
  }

  protected parseQuoted(): void {
    const mark = this.mark();
    const { start, end } = this;
    this.leaf(Kind.openQuote, start, end);
    const close = this.quotedTextEnd(end);
    if (this.text.charCodeAt(close) === 34) {
      this.closeQuoted(end, close);
      this.next();
    } else this.parseTemplate(start, end, close);
    this.node(Kind.quoted, mark, start);
  }

  /** Writes the text from `from` and the quote after it. */
  private closeQuoted(from: number, quote: number): void {
    if (quote > from) this.leaf(Kind.text, from, quote);
    this.leaf(Kind.closeQuote, quote, quote + 1);
    this.end = quote + 1;
    this.previousEnd = quote + 1;
  }

  /** The rest of a quoted string that is not just text; its first text stands between `from` and `firstEnd`. */
  private parseTemplate(start: number, from: number, firstEnd: number): void {
    const directives: OpenDirective[] = [];
    this.quotes++;
    let offset = from;
    let end = firstEnd;
    for (;;) {
      this.sees(end + 2);
      const code = this.text.charCodeAt(end);
      if (code === 34) {
        this.closeQuoted(offset, end);
        offset = end + 1;
        break;
      }
      if (end > offset) this.leaf(Kind.text, offset, end);
      if (end >= this.length || code === 10 || code === 13) {
        const broken = end < this.length;
        if (broken) this.error('newline-in-string', start, end);
        else this.error('unclosed-string', start, end);
        offset = end;
        break;
      }
      offset = this.parseSequence(end, directives);
      end = this.quotedTextEnd(offset);
    }
    this.quotes--;
    this.reportOpen(directives);
    this.seek(offset);
  }

  protected parseHeredoc(): void {
    const mark = this.mark();
    const errors = this.errors.length;
    const { start, end } = this;
    const marker = heredocMarker(this.text.slice(start, end));
    const quotes = this.quotes;
    this.quotes = 0;
    this.leaf(Kind.openHeredoc, start, end);
    const close = this.mayClose(marker, end) ? this.parseHeredocBody(marker, end) : -1;
    this.quotes = quotes;
    if (close < 0) {
      // Nothing after an open heredoc can be trusted to belong to it: start over and take the likely lines as text.
      this.tree.rewind(mark);
      this.errors.length = errors;
      this.sees(this.length);
      const limit = this.likelyHeredocEnd(end);
      this.leaf(Kind.openHeredoc, start, Math.min(end, limit));
      this.error('unclosed-heredoc', start, lineEnd(this.text, start, this.length));
      if (limit > end) this.leaf(Kind.text, end, limit);
      this.seek(limit);
    } else this.seek(close);
    this.node(Kind.heredoc, mark, start);
  }

  /** The end of the closing marker, or -1 when the text ends before it. */
  private parseHeredocBody(marker: string, from: number): number {
    const directives: OpenDirective[] = [];
    let offset = from;
    let text = from;
    let atLineStart = true;
    while (offset < this.length) {
      const newline = this.text.indexOf('\n', offset);
      if (atLineStart && newline >= 0 && isMarkerLine(this.text, offset, newline, marker)) {
        if (offset > text) this.leaf(Kind.text, text, offset);
        const end = newline > offset && this.text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
        this.leaf(Kind.closeHeredoc, offset, end);
        this.reportOpen(directives);
        return end;
      }
      const limit = newline < 0 ? this.length : newline;
      const sequence = sequenceStart(this.text, offset, limit);
      if (sequence < limit) {
        if (sequence > text) this.leaf(Kind.text, text, sequence);
        offset = this.parseSequence(sequence, directives);
        text = offset;
        atLineStart = false;
      } else {
        offset = newline < 0 ? limit : newline + 1;
        atLineStart = true;
      }
    }
    return -1;
  }

  /** All of the text as one template: nothing around it opens or ends it. */
  protected parseTemplateText(): void {
    const mark = this.tree.size;
    const directives: OpenDirective[] = [];
    for (let offset = 0; offset < this.length;) {
      // Text is no HCL: what was read ahead in it, comments perhaps, is forgotten.
      this.seek(this.length);
      const sequence = sequenceStart(this.text, offset, this.length);
      if (sequence > offset) this.leaf(Kind.text, offset, sequence);
      offset = sequence < this.length ? this.parseSequence(sequence, directives) : sequence;
    }
    this.seek(this.length);
    this.reportOpen(directives);
    this.node(Kind.heredoc, mark, 0);
  }

  /** An interpolation or directive at `offset`; returns where the template goes on. */
  private parseSequence(offset: number, directives: OpenDirective[]): number {
    const mark = this.mark();
    const directive = this.text.charCodeAt(offset) === 37;
    const open = offset + (this.text.charCodeAt(offset + 2) === 126 ? 3 : 2);
    this.leaf(directive ? Kind.openDirective : Kind.openInterpolation, offset, open);
    const linewise = this.linewise;
    // As one types, a line break inside of a quoted interpolation is more likely its missing end.
    this.linewise = this.recovering && this.quotes > 0;
    this.seek(open);
    let kind: number = Kind.interpolation;
    if (directive) kind = this.parseDirective(offset, directives);
    else if (this.at(Kind.closeBrace) || this.at(Kind.closeTemplate)) this.missing();
    else this.parseExpression();
    const end = this.closeSequence(offset);
    this.linewise = linewise;
    this.previousEnd = end;
    this.node(kind, mark, offset);
    return end;
  }

  private closeSequence(open: number): number {
    if (!this.lineEnded() && (this.at(Kind.closeBrace) || this.at(Kind.closeTemplate))) {
      this.leaf(Kind.closeTemplate, this.start, this.end);
      return this.end;
    }
    if (this.at(Kind.endOfFile)) this.error('unclosed-interpolation', open, open + 2);
    else this.errorHere('interpolation-close');
    const from = this.previousEnd;
    const limit = lineEnd(this.text, from, this.length);
    const brace = this.text.slice(from, limit).indexOf('}');
    this.sees(limit);
    if (brace < 0) return from;
    if (brace > 0) this.leaf(Kind.unexpected, from, from + brace);
    this.leaf(Kind.closeTemplate, from + brace, from + brace + 1);
    return from + brace + 1;
  }

  private parseDirective(open: number, directives: OpenDirective[]): number {
    const { start, end } = this;
    const word = this.at(Kind.identifier) ? this.text.slice(start, end) : '';
    const top = directives.at(-1)?.kind;
    switch (word) {
      case 'if':
        this.take(Kind.keyword);
        this.parseExpression();
        directives.push({ kind: 'if', start: open, end });
        return Kind.ifDirective;
      case 'for':
        this.parseForDirective();
        directives.push({ kind: 'for', start: open, end });
        return Kind.forDirective;
      case 'else':
        if (top !== 'if') this.error('directive-unexpected');
        else directives.splice(-1, 1, { kind: 'else', start: open, end });
        this.take(Kind.keyword);
        return Kind.elseDirective;
      case 'endif':
        if (top !== 'if' && top !== 'else') this.error('directive-unexpected');
        else directives.pop();
        this.take(Kind.keyword);
        return Kind.endifDirective;
      case 'endfor':
        if (top !== 'for') this.error('directive-unexpected');
        else directives.pop();
        this.take(Kind.keyword);
        return Kind.endforDirective;
      default:
        this.errorHere('directive-keyword');
        return Kind.error;
    }
  }

  private parseForDirective(): void {
    this.take(Kind.keyword);
    this.parseForHead();
  }

  /** `k, v in collection`, after the keyword `for`. */
  protected parseForHead(): void {
    this.takeForVariable();
    if (this.at(Kind.comma) && !this.lineEnded()) {
      this.take();
      this.takeForVariable();
    }
    if (this.at(Kind.identifier) && this.isWord('in') && !this.lineEnded()) {
      this.take(Kind.keyword);
      this.parseExpression();
    } else {
      this.errorHere('for-in');
      this.missing();
    }
  }

  private takeForVariable(): void {
    if (this.at(Kind.identifier) && !this.lineEnded() && !this.atItemStart()) this.take();
    else this.errorHere('for-variable');
  }

  private reportOpen(directives: readonly OpenDirective[]): void {
    const open = directives.at(-1);
    if (open !== undefined) this.error('directive-unclosed', open.start, open.end);
  }

  /** The end of literal text: at a quote, a line break, a template sequence, or the end of the file. */
  private quotedTextEnd(from: number): number {
    const text = this.text;
    let offset = from;
    for (;;) {
      const code = text.charCodeAt(offset);
      if (code >= 128 || STOPS[code] === 0) offset++;
      else if (code === 34 || code === 10 || offset >= this.length) return offset;
      else if (code === 13 && text.charCodeAt(offset + 1) === 10) return offset;
      else if (code === 92) offset += this.escape(offset);
      else if (code === 36 || code === 37) {
        const sequence = sequenceAt(text, offset, code);
        if (sequence === 0) return offset;
        offset += sequence;
      } else offset++;
    }
  }

  /** Checks the escape sequence at `offset` and returns its length. */
  protected escape(offset: number): number {
    const length = escapeLength(this.text, offset);
    if (length > 0) return length;
    const code: ErrorCode = length < 0 ? 'invalid-code-point' : 'invalid-escape';
    const end = length < 0 ? offset - length : Math.min(offset + 2, lineEnd(this.text, offset, this.length));
    this.error(code, offset, end);
    return Math.max(end - offset, 1);
  }

  /** Cheap rejection of heredocs without an end, so that many of them do not cost a pass over the file each. */
  private mayClose(marker: string, from: number): boolean {
    return this.loneWords === undefined || (this.loneWords.get(marker) ?? -1) >= from;
  }

  /** The first line that closes a block, opens one or is an argument; else the end of the file. */
  private likelyHeredocEnd(from: number): number {
    this.loneWords ??= loneWords(this.source);
    const pattern =
      /^[ \t]*(?:\}|[\w-]+[ \t]*=(?![=>])|[\w-]+(?:[ \t]+"[^"\n]*")*[ \t]*\{[ \t]*(?:#.*)?\r?$)/gm;
    pattern.lastIndex = from;
    const match = pattern.exec(this.source);
    if (match === null) return this.length;
    // The line break before that line stays outside, so that the line starts as a new one.
    const before = match.index - 1;
    const end = before > 0 && this.text.charCodeAt(before - 1) === 13 ? before - 1 : before;
    return Math.max(end, from - 1);
  }
}

/** 1 for the characters that literal text does not simply go on with. */
const STOPS = new Uint8Array(128);
for (const code of [0, 10, 13, 34, 36, 37, 92]) STOPS[code] = 1;

export function heredocMarker(opener: string): string {
  return opener.replace(/^<<-?/, '').trimEnd();
}

function isMarkerLine(text: string, start: number, newline: number, marker: string): boolean {
  const first = blankEnd(text, start);
  if (!text.startsWith(marker, first)) return false;
  return text.slice(first + marker.length, newline).trim() === '';
}

/** 0 when a template sequence starts at the `$` or `%`, else how many characters of literal text to skip. */
function sequenceAt(text: string, offset: number, code: number): number {
  const next = text.charCodeAt(offset + 1);
  if (next === 123) return 0;
  return next === code && text.charCodeAt(offset + 2) === 123 ? 3 : 1;
}

function sequenceStart(text: string, from: number, limit: number): number {
  let offset = from;
  while (offset < limit) {
    const code = text.charCodeAt(offset);
    if (code === 36 || code === 37) {
      const length = sequenceAt(text, offset, code);
      if (length === 0) return offset;
      offset += length;
    } else offset++;
  }
  return limit;
}

function loneWords(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const match of text.matchAll(/^[ \t]*([^\s"${}]{1,200})[ \t\r]*(?=\n)/gm))
    words.set(match[1] ?? '', match.index);
  return words;
}
