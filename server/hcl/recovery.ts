import { blankEnd, identifierEnd, lineEnd, quotedEnd } from './characters';
import type { ErrorCode } from './errors';
import { Kind } from './kinds';
import { Scanner } from './scanner';

/** Blocks that stand at the top level of some Terraform file; one at column 0 ends whatever was left open. */
const TOP_LEVEL_BLOCKS = new Set(
  (
    'terraform provider resource data ephemeral variable output locals module moved import removed check action ' +
    'run mock_provider mock_resource mock_data override_resource override_data override_module file list component ' +
    'deployment identity_token store publish_output upstream_input'
  ).split(' '),
);

/** Expressions, templates and blocks inside each other; far below what a small stack can hold. */
const MAX_DEPTH = 200;

/**
 * What the parser does where the text breaks the grammar. Valid text never meets a guess from indentation or names:
 * those need `recovering`, which is set only when the strict parse of an item left a brace open.
 */
export abstract class RecoveringScanner extends Scanner {
  /** The heuristic pass is running. */
  protected recovering = false;
  /** The current item has an open block or object. */
  protected unclosed = false;
  /** Line breaks end an expression here: false inside of parentheses, brackets and interpolations. */
  protected linewise = true;
  private depth = 0;

  protected override begin(offset: number): void {
    this.depth = 0;
    this.linewise = true;
    this.unclosed = false;
    super.begin(offset);
  }

  /** Whether the current token is cut off from the expression before it by a line break that counts. */
  protected lineEnded(): boolean {
    return this.newlineBefore && this.linewise;
  }

  /** Reports that something is missing before the current token, or what is wrong with the token itself. */
  protected errorHere(code: ErrorCode): void {
    // At a line break or the end of the file the place to complete is right after what was read.
    if (!this.at(Kind.unexpected) && (this.at(Kind.endOfFile) || this.newlineBefore)) {
      this.error(code, this.previousEnd, this.previousEnd);
    } else this.errorAtToken(code);
  }

  /** Reports that the current token has no place here. */
  protected errorAtToken(code: ErrorCode): void {
    if (!this.at(Kind.unexpected)) {
      this.error(code);
      return;
    }
    const first = this.text.charCodeAt(this.start);
    if (first === 13) this.error('lone-carriage-return');
    else this.error(first === 47 ? 'unclosed-comment' : 'unexpected-character');
  }

  /** Writes an empty expression where one is missing, after the blanks where a person would type it. */
  protected missing(code: ErrorCode = 'expression-expected', kind: number = Kind.missing): void {
    if (this.linewise || this.isCloser() || this.atBoundary()) this.errorHere(code);
    else this.errorAtToken(code);
    this.placeMissing(kind);
  }

  /** The same without an error of its own. */
  protected placeMissing(kind: number = Kind.missing): void {
    const offset = Math.min(blankEnd(this.text, this.previousEnd), this.start);
    this.leaf(kind, offset, offset);
    this.previousEnd = offset;
  }

  /** Whether one more level can be entered; then `leave` must follow. Otherwise the rest of the level is skipped. */
  protected enter(): boolean {
    if (this.depth < MAX_DEPTH) {
      this.depth++;
      return true;
    }
    this.error('nested-too-deeply');
    const mark = this.mark();
    const start = this.start;
    this.skipLevel();
    this.node(Kind.error, mark, start);
    return false;
  }

  protected leave(): void {
    this.depth--;
  }

  /** The start of a line that only an argument or a block can begin with: `name =` or `type "label" {`. */
  protected atItemStart(): boolean {
    if (!this.newlineBefore || !this.at(Kind.identifier)) return false;
    const next = blankEnd(this.text, this.end);
    this.sees(next + 1);
    if (this.text.charCodeAt(next) === 61) {
      const second = this.text.charCodeAt(next + 1);
      return second !== 61 && second !== 62;
    }
    return this.looksLikeHeader(next);
  }

  /** Where a list, call or interpolation that is not closed must stop. */
  protected atBoundary(): boolean {
    return this.at(Kind.endOfFile) || this.at(Kind.closeBrace) || this.atItemStart();
  }

  /** In the heuristic pass: a block that can only stand at the top level starts here. */
  protected atTopLevelBlock(): boolean {
    if (!this.recovering || !this.newlineBefore || !this.at(Kind.identifier) || this.column() !== 0)
      return false;
    if (!TOP_LEVEL_BLOCKS.has(this.text.slice(this.start, this.end))) return false;
    const next = blankEnd(this.text, this.end);
    this.sees(next);
    const code = this.text.charCodeAt(next);
    return code === 34 || code === 123;
  }

  /** Blanks before the current token's line, not looking further back than the item. */
  protected indentation(offset = this.start): number {
    const start = Math.max(this.text.lastIndexOf('\n', offset - 1) + 1, this.base);
    return blankEnd(this.text, start) - start;
  }

  protected column(): number {
    return this.start - Math.max(this.text.lastIndexOf('\n', this.start - 1) + 1, this.base);
  }

  /** Whether the line at the current identifier reads like `type "label" {`; `next` is what follows the identifier. */
  protected looksLikeHeader(next: number): boolean {
    const text = this.text;
    const limit = lineEnd(text, next, this.length);
    this.sees(limit);
    let offset = next;
    for (;;) {
      const code = text.charCodeAt(offset);
      if (code === 123) return true;
      let end = identifierEnd(text, offset);
      if (code === 34) {
        end = text.indexOf('"', offset + 1) + 1;
        if (end <= 0 || end > limit) return false;
      }
      if (end === offset || offset >= limit) return false;
      offset = blankEnd(text, end);
    }
  }

  /**
   * Reports a bracket that nothing closes, unless there was an error inside of it: that one is more likely the cause.
   * `faults` is their number when the bracket was opened.
   */
  protected errorAtOpener(code: ErrorCode, opener: number, faults: number): void {
    if (this.faults === faults) this.error(code, opener, opener + 1);
  }

  /**
   * Takes the closing bracket `kind`, skipping what does not belong before it. Nothing is taken when a closing
   * bracket of another kind or the next argument comes first; then `unclosed` is reported.
   */
  protected close(
    kind: number,
    expected: ErrorCode,
    unclosed: ErrorCode,
    opener: number,
    faults: number,
  ): boolean {
    if (this.kind === kind && !this.lineEnded()) {
      this.take();
      return true;
    }
    if (this.atStop()) {
      this.errorAtOpener(unclosed, opener, faults);
      return false;
    }
    this.errorHere(expected);
    const mark = this.mark();
    const start = this.start;
    while (!this.atStop()) this.skipToken();
    if (this.tree.size > mark) this.node(Kind.error, mark, start);
    if (this.kind !== kind) return false;
    this.take();
    return true;
  }

  /** Writes everything up to the end of the line as an error; braces in it are balanced. */
  protected errorRun(): void {
    const mark = this.mark();
    const start = this.start;
    let braces = 0;
    do {
      if (this.at(Kind.openBrace)) braces++;
      if (this.at(Kind.closeBrace)) braces--;
      this.takeUnexpected();
    } while (!this.at(Kind.endOfFile) && this.runsOn(braces));
    if (braces > 0) this.unclosed = true;
    this.node(Kind.error, mark, start);
  }

  /** Takes one token that has no place; a string is taken up to its end. */
  protected takeUnexpected(): void {
    if (this.at(Kind.openQuote)) this.takeString();
    else this.take(this.at(Kind.openHeredoc) ? Kind.unexpected : this.kind);
  }

  /** Skips the rest of a level that is nested too deeply, without recursion. */
  private skipLevel(): void {
    let level = 0;
    while (!this.at(Kind.endOfFile) && !(level === 0 && this.isCloser())) {
      if (level === 0 && (this.at(Kind.comma) || this.lineEnded())) return;
      if (this.atTopLevelBlock()) return;
      if (this.isOpener()) level++;
      else if (this.isCloser()) level--;
      this.takeUnexpected();
    }
  }

  private skipToken(): void {
    if (!this.isOpener()) {
      this.takeUnexpected();
      return;
    }
    let level = 0;
    do {
      if (this.isOpener()) level++;
      else if (this.isCloser()) level--;
      this.takeUnexpected();
    } while (level > 0 && !this.at(Kind.endOfFile) && !this.atItemStart());
  }

  private runsOn(braces: number): boolean {
    if (this.atTopLevelBlock()) return false;
    if (braces > 0) return true;
    // Below zero the run began with a stray brace: those that follow it are as stray.
    return !this.newlineBefore && (braces < 0 || !this.at(Kind.closeBrace));
  }

  private atStop(): boolean {
    return this.isCloser() || this.lineEnded() || this.atBoundary();
  }

  private isOpener(): boolean {
    return this.at(Kind.openParenthesis) || this.at(Kind.openBracket) || this.at(Kind.openBrace);
  }

  protected isCloser(): boolean {
    return this.at(Kind.closeParenthesis) || this.at(Kind.closeBracket) || this.at(Kind.closeBrace);
  }

  /** A quoted string as one leaf of unexpected text; it ends with its line at the latest. */
  private takeString(): void {
    const end = quotedEnd(this.text, this.start, this.length);
    this.leaf(Kind.unexpected, this.start, end);
    this.sees(end);
    this.seek(end);
  }
}
