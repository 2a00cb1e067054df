import { blankEnd, quotedEnd } from './characters';
import { ExpressionParser } from './expressions';
import type { FlatItem, Placed } from './flatTree';
import { Kind } from './kinds';

/** Items that needed the heuristic pass before the strict pass is given up for the rest of the file. */
const MAX_UNCLOSED = 8;

/** An item whose entries may still move. */
export interface ParsedItem extends Pick<FlatItem, 'length' | 'look' | 'errors' | 'unclosed'> {
  readonly placed: Placed;
}

/** Attributes, blocks and bodies; one top-level item at a time. */
export class ItemParser extends ExpressionParser {
  /** Names of the attributes of the open bodies: start and end of each, innermost body last. */
  private readonly names: number[] = [];
  private nameCount = 0;

  /**
   * The item that starts at `offset`. Depends on nothing before `offset` except `unclosedBefore`, the number of
   * unclosed items there: each costs a pass to the end of the file, so hopeless files skip the strict pass.
   */
  parseItemAt(offset: number, unclosedBefore: number): ParsedItem {
    if (!exhausted(unclosedBefore)) {
      this.recovering = false;
      this.parseTop(offset);
      if (!this.unclosed) return this.finish(offset, false);
    }
    const strictLook = exhausted(unclosedBefore) ? 0 : this.look;
    this.recovering = true;
    this.parseTop(offset);
    if (strictLook > this.look) this.look = strictLook;
    // The strict pass has found a fault; whatever the heuristics made of it, the item is not valid.
    if (strictLook > 0 && this.errors.length === 0) this.error('unclosed-block', offset, this.previousEnd);
    return this.finish(offset, strictLook > 0 || this.unclosed);
  }

  protected override begin(offset: number): void {
    this.nameCount = 0;
    super.begin(offset);
  }

  private parseTop(offset: number): void {
    this.begin(offset);
    if (this.at(Kind.endOfFile)) {
      this.flushComments(this.length);
      this.previousEnd = this.length;
      return;
    }
    this.parseBodyItem();
    const complete = this.at(Kind.endOfFile) || this.newlineBefore;
    // What cannot start an item of its own goes with this one, so that there is one error and not two.
    if (!complete && !this.at(Kind.identifier)) this.errorRun();
  }

  /** The items parsed so far, with their entries where they stay. */
  place(items: readonly ParsedItem[]): FlatItem[] {
    const narrow = this.tree.seal();
    return items.map(({ length, look, placed, errors, unclosed }) => {
      const { wide, first, limit } = placed;
      return { length, look, entries: wide ?? narrow, first, limit, errors, unclosed };
    });
  }

  private finish(offset: number, unclosed: boolean): ParsedItem {
    const { errors } = this;
    return {
      length: this.previousEnd - offset,
      look: this.look - offset,
      placed: this.tree.finish(),
      errors: errors.length === 0 ? NO_ERRORS : errors,
      unclosed,
    };
  }

  private parseBodyItem(oneLine = false): void {
    if (this.at(Kind.identifier)) this.parseNamed(oneLine);
    else {
      if (this.at(Kind.openQuote) && this.quotedNameAssigns()) this.error('quoted-argument-name');
      else this.errorAtToken(this.at(Kind.closeBrace) ? 'stray-brace' : 'item-expected');
      this.errorRun();
    }
  }

  private parseNamed(oneLine: boolean): void {
    const mark = this.mark();
    const { start, end } = this;
    this.take();
    if (!this.newlineBefore) {
      if (this.at(Kind.equals) || this.at(Kind.colon)) {
        this.parseValue(mark, start, end, oneLine);
        return;
      }
      if (this.at(Kind.openQuote) || this.at(Kind.openBrace) || this.at(Kind.identifier)) {
        if (oneLine) this.error('single-argument-block', start, end);
        this.parseBlock(mark, start);
        return;
      }
    } else if (this.at(Kind.openBrace)) {
      this.parseBlock(mark, start);
      return;
    }
    if (this.at(Kind.equals) && this.newlineBefore) {
      this.error('equals-on-next-line');
      this.parseValue(mark, start, end, oneLine);
      return;
    }
    if (this.at(Kind.endOfFile) || this.newlineBefore || this.at(Kind.closeBrace)) {
      this.error('item-incomplete', start, end);
    } else this.errorHere('item-expected');
    this.placeMissing();
    this.node(Kind.attribute, mark, start);
    if (!this.newlineBefore && !this.at(Kind.endOfFile) && !this.at(Kind.closeBrace)) this.errorRun();
  }

  /** From the `=` of an attribute to the end of its line. */
  private parseValue(mark: number, start: number, end: number, oneLine: boolean): void {
    if (this.at(Kind.colon)) this.error('colon-instead-of-equals');
    this.take();
    this.parseExpression();
    this.node(Kind.attribute, mark, start);
    this.names[this.nameCount++] = start;
    this.names[this.nameCount++] = end;
    if (this.newlineBefore || this.at(Kind.endOfFile)) return;
    if (this.at(Kind.closeBrace) && oneLine) return;
    this.errorHere('newline-after-argument');
    if (!this.at(Kind.identifier) && !this.at(Kind.closeBrace)) this.errorRun();
  }

  /** From after the type of a block. */
  private parseBlock(mark: number, start: number): void {
    while (!this.newlineBefore && (this.at(Kind.openQuote) || this.at(Kind.identifier))) {
      if (this.at(Kind.identifier)) this.take(Kind.label);
      else this.parseLabel();
    }
    if (this.at(Kind.openBrace)) {
      if (this.newlineBefore) this.error('brace-on-next-line');
      this.parseBraced();
    } else {
      this.errorHere('block-header');
      this.placeMissing();
    }
    this.node(Kind.block, mark, start);
    if (this.newlineBefore || this.at(Kind.endOfFile)) return;
    this.errorHere('newline-after-block');
    if (!this.at(Kind.identifier) && !this.at(Kind.closeBrace)) this.errorRun();
  }

  private parseLabel(): void {
    const { start, text } = this;
    let offset = start + 1;
    for (;;) {
      const code = text.charCodeAt(offset);
      if (code === 34 || code === 10 || offset >= this.length) break;
      if (code === 92) offset += this.escape(offset);
      else if (code === 36 || code === 37) offset += this.labelCharacters(offset, code);
      else offset++;
    }
    this.sees(offset + 1);
    if (text.charCodeAt(offset) === 34) {
      this.leaf(Kind.label, start, offset + 1);
      this.seek(offset + 1);
      return;
    }
    // A brace at the end of the line is more likely the body's than the label's.
    const rest = text.slice(start, offset).trimEnd();
    const end = start + (rest.endsWith('{') ? rest.slice(0, -1).trimEnd() : rest).length;
    this.error('unclosed-label', start, end);
    this.leaf(Kind.unclosedLabel, start, end);
    this.seek(end);
  }

  /** How many characters of a label to skip at a `$` or `%`: a doubled one before `{` is text, a single one is not. */
  private labelCharacters(offset: number, code: number): number {
    const next = this.text.charCodeAt(offset + 1);
    if (next === 123) this.error('template-in-label', offset, offset + 2);
    return next === code && this.text.charCodeAt(offset + 2) === 123 ? 3 : 1;
  }

  /** From `{` to `}` of a block. */
  private parseBraced(): void {
    const { start: opener, faults } = this;
    const indentation = this.recovering ? this.indentation(opener) : 0;
    this.take();
    const from = this.previousEnd;
    const mark = this.tree.size;
    const firstName = this.nameCount;
    if (!this.enter()) {
      this.node(Kind.body, mark, from);
      if (this.at(Kind.closeBrace)) this.take();
      return;
    }
    const closed = this.parseBodyItems(indentation);
    this.leave();
    this.reportDuplicates(firstName);
    if (closed) {
      this.flushComments(this.start);
      this.tree.node(Kind.body, mark, from, this.start);
      this.take();
      return;
    }
    this.errorAtOpener('unclosed-block', opener, faults);
    this.unclosed = true;
    this.claimBlanks(from, indentation);
    this.node(Kind.body, mark, from);
  }

  /** Returns whether the closing brace has been reached. */
  private parseBodyItems(indentation: number): boolean {
    if (!this.newlineBefore && this.at(Kind.identifier)) {
      this.parseBodyItem(true);
      if (this.at(Kind.closeBrace) && !this.lineEnded()) return true;
      if (!this.at(Kind.endOfFile)) this.errorHere('single-argument-block');
    }
    for (;;) {
      if (this.at(Kind.endOfFile) || this.atTopLevelBlock()) return false;
      if (this.at(Kind.closeBrace)) {
        return !(this.recovering && this.newlineBefore && this.indentation() < indentation);
      }
      this.parseBodyItem();
    }
  }

  /** Empty lines and indented comments up to the current token belong to a body that is left open. */
  private claimBlanks(from: number, indentation: number): void {
    const outer = this.findComment((comment) => this.indentation(comment) <= indentation);
    const limit = this.at(Kind.endOfFile) ? this.length : (outer ?? this.start);
    this.flushComments(limit);
    const line = this.text.lastIndexOf('\n', limit - 1) + 1;
    let end = this.previousEnd;
    if (limit === this.length) end = limit;
    else if (blankEnd(this.text, line) === limit) end = line;
    this.previousEnd = Math.max(end, this.previousEnd, from);
  }

  /** Whether the string at the current token is followed by `=`. */
  private quotedNameAssigns(): boolean {
    const end = quotedEnd(this.text, this.start, this.length);
    const next = blankEnd(this.text, end);
    this.sees(next);
    return this.text.charCodeAt(end - 1) === 34 && this.text.charCodeAt(next) === 61;
  }

  private reportDuplicates(first: number): void {
    const { names, nameCount } = this;
    this.nameCount = first;
    if (nameCount - first <= 2 * FEW_NAMES && !this.hasEqualNames(first, nameCount)) return;
    const seen = new Set<string>();
    for (let index = first; index < nameCount; index += 2) {
      const start = names[index] ?? 0;
      const end = names[index + 1] ?? 0;
      const name = this.text.slice(start, end);
      if (seen.has(name)) this.error('duplicate-argument', start, end);
      seen.add(name);
    }
  }

  /** Looks at the characters themselves, which for few names costs less than making strings of them. */
  private hasEqualNames(from: number, to: number): boolean {
    const { names } = this;
    for (let index = from + 2; index < to; index += 2) {
      const start = names[index] ?? 0;
      const length = (names[index + 1] ?? 0) - start;
      for (let other = from; other < index; other += 2) {
        const otherStart = names[other] ?? 0;
        if ((names[other + 1] ?? 0) - otherStart !== length) continue;
        if (sameText(this.text, start, otherStart, length)) return true;
      }
    }
    return false;
  }
}

/** Up to so many names of a body are compared each with each. */
const FEW_NAMES = 12;

function sameText(text: string, one: number, other: number, length: number): boolean {
  for (let index = 0; index < length; index++) {
    if (text.charCodeAt(one + index) !== text.charCodeAt(other + index)) return false;
  }
  return true;
}

/** Whether the strict pass is given up after so many unclosed items. */
export function exhausted(unclosed: number): boolean {
  return unclosed >= MAX_UNCLOSED;
}

const NO_ERRORS: FlatItem['errors'] = [];
