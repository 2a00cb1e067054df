import { blankEnd } from './characters';
import type { ErrorCode } from './errors';
import { Kind, STARTS_EXPRESSION } from './kinds';
import { TemplateParser } from './templates';

/** What stands between brackets: tuples, objects, both kinds of for expressions, and the arguments of calls. */
export abstract class CollectionParser extends TemplateParser {
  /** From the `(` to the `)` of a call. */
  protected parseArguments(): void {
    const { start: opener, faults } = this;
    const linewise = this.enterBracket();
    while (!this.at(Kind.closeParenthesis)) {
      if (!this.atElement(Kind.closeParenthesis)) break;
      this.parseExpression();
      if (this.at(Kind.ellipsis)) {
        this.take();
        if (!this.at(Kind.closeParenthesis)) this.errorHere('expansion-last');
        break;
      }
      if (!this.separate('separator-expected')) break;
    }
    this.close(Kind.closeParenthesis, 'closing-parenthesis-expected', 'unclosed-parenthesis', opener, faults);
    this.linewise = linewise;
  }

  /** `[…]`: a tuple or a for expression. */
  protected parseBrackets(): void {
    const mark = this.mark();
    const { start: opener, faults } = this;
    const linewise = this.enterBracket();
    let kind: number = Kind.tuple;
    if (this.atFor()) {
      kind = Kind.forTuple;
      this.parseFor(kind);
      this.close(Kind.closeBracket, 'for-close', 'unclosed-for', opener, faults);
    } else {
      this.parseElements();
      this.close(Kind.closeBracket, 'closing-bracket-expected', 'unclosed-bracket', opener, faults);
    }
    this.linewise = linewise;
    this.node(kind, mark, opener);
  }

  /** `{…}`: an object or a for expression. */
  protected parseBraces(): void {
    const mark = this.mark();
    const { start: opener, faults } = this;
    const linewise = this.enterBracket();
    if (this.atFor()) {
      this.parseFor(Kind.forObject);
      if (!this.close(Kind.closeBrace, 'for-close', 'unclosed-for', opener, faults)) this.unclosed = true;
      this.linewise = linewise;
      this.node(Kind.forObject, mark, opener);
      return;
    }
    this.linewise = true;
    if (!this.parseItems(opener)) {
      this.errorAtOpener('unclosed-object', opener, faults);
      this.unclosed = true;
    }
    this.linewise = linewise;
    this.node(Kind.object, mark, opener);
  }

  private parseElements(): void {
    while (!this.at(Kind.closeBracket)) {
      if (!this.atElement(Kind.closeBracket)) return;
      this.parseExpression();
      if (!this.separate('separator-expected')) return;
    }
  }

  /** Takes the opening bracket; inside of it line breaks mean nothing. Returns whether they did outside. */
  private enterBracket(): boolean {
    const linewise = this.linewise;
    this.linewise = false;
    this.take();
    return linewise;
  }

  /** Whether a list goes on here. Reports and skips what cannot be an element; an open list gets a missing one. */
  private atElement(closer: number): boolean {
    while (!this.atBoundary() && !this.atTopLevelBlock() && !this.isCloser()) {
      if (STARTS_EXPRESSION[this.kind] === 1) return true;
      const separator = this.at(Kind.comma);
      this.errorAtToken('expression-expected');
      if (separator) return true;
      this.takeUnexpected();
    }
    if (!this.at(closer)) this.placeMissing();
    return false;
  }

  /** Takes the comma after an element, or reports that it is missing. Returns whether another element may follow. */
  private separate(code: ErrorCode): boolean {
    if (this.at(Kind.comma)) {
      this.take();
      return true;
    }
    if (this.isCloser() || this.atBoundary() || this.atTopLevelBlock()) return false;
    this.errorHere(code);
    return STARTS_EXPRESSION[this.kind] === 1;
  }

  private atFor(): boolean {
    return this.at(Kind.identifier) && this.isWord('for');
  }

  /** From the keyword `for` to before the closing bracket. */
  private parseFor(kind: number): void {
    this.take(Kind.keyword);
    this.parseForHead();
    if (this.at(Kind.colon) && !this.lineEnded()) {
      this.take();
      this.parseExpression();
      this.parseForValue(kind);
    } else {
      this.errorHere('for-colon');
      this.missing();
    }
    if (this.at(Kind.identifier) && this.isWord('if') && !this.atItemStart()) {
      this.take(Kind.keyword);
      this.parseExpression();
    }
  }

  /** `=> value` and `...`, which only the object form has. */
  private parseForValue(kind: number): void {
    if (this.at(Kind.arrow)) {
      if (kind === Kind.forTuple) this.error('arrow-in-tuple');
      this.take();
      this.parseExpression();
    } else if (kind === Kind.forObject) this.errorHere('for-arrow');
    if (this.at(Kind.ellipsis)) {
      if (kind === Kind.forTuple) this.error('grouping-in-tuple');
      this.take();
    }
  }

  /** The items of an object and its closing brace; false when the brace is missing. */
  private parseItems(opener: number): boolean {
    const indentation = this.recovering ? this.indentation(opener) : 0;
    let indented = false;
    for (;;) {
      if (this.at(Kind.endOfFile) || this.at(Kind.closeBracket) || this.at(Kind.closeParenthesis)) {
        return false;
      }
      if (this.recovering && this.newlineBefore) {
        if (this.endsObject(indentation, indented)) return false;
        indented ||= this.indentation() > indentation;
      }
      if (this.at(Kind.closeBrace)) {
        this.take();
        return true;
      }
      this.parseItem();
      if (this.newlineBefore) continue;
      if (this.at(Kind.comma)) this.take();
      else if (!this.at(Kind.closeBrace) && !this.at(Kind.endOfFile)) this.skipToItem();
    }
  }

  /** In the heuristic pass, at the start of a line: whether this line belongs to what is around the object. */
  private endsObject(indentation: number, indented: boolean): boolean {
    if (this.atTopLevelBlock()) return true;
    const own = this.indentation();
    if (this.at(Kind.closeBrace)) return own < indentation;
    if (!this.at(Kind.identifier)) return false;
    if (own < indentation || (indented && own === indentation)) return true;
    return this.atItemStart() && !this.assigns();
  }

  private assigns(): boolean {
    return this.text.charCodeAt(blankEnd(this.text, this.end)) === 61;
  }

  private parseItem(): void {
    const mark = this.mark();
    const start = this.start;
    // The break before the item is the separator, or follows the brace: it has been dealt with.
    this.newlineBefore = false;
    if (STARTS_EXPRESSION[this.kind] !== 1) {
      this.errorAtToken('object-key-expected');
      if (!this.at(Kind.comma)) this.takeUnexpected();
      else this.take(Kind.unexpected);
      this.node(Kind.error, mark, start);
      return;
    }
    this.parseExpression();
    if (this.lineEnded()) this.missing('object-value-expected');
    else if (this.at(Kind.equals) || this.at(Kind.colon)) {
      this.take();
      this.parseExpression();
    } else if (this.at(Kind.arrow)) {
      this.error('arrow-in-object');
      this.take();
      this.parseExpression();
    } else this.missing('object-value-expected');
    this.node(Kind.objectItem, mark, start);
  }

  /** After an item that is followed by neither a separator nor the brace. */
  private skipToItem(): void {
    this.errorHere('object-separator-expected');
    const mark = this.mark();
    const start = this.start;
    while (
      !this.newlineBefore &&
      !this.at(Kind.endOfFile) &&
      !this.at(Kind.comma) &&
      !this.isCloser() &&
      !this.at(Kind.identifier)
    ) {
      this.takeUnexpected();
    }
    if (this.tree.size > mark) this.node(Kind.error, mark, start);
    if (this.at(Kind.comma) && !this.newlineBefore) this.take();
  }
}
