import { CollectionParser } from './collections';
import { Kind, PRECEDENCE } from './kinds';

const LOWEST = 1;
const HIGHEST = 6;

/** Operators, terms and what follows a term: attributes, indices, splats. */
export abstract class ExpressionParser extends CollectionParser {
  /** Always writes exactly one node or leaf: a missing one where there is no expression. */
  protected parseExpression(): void {
    if (!this.enter()) return;
    // The false case of a conditional may be a conditional: a chain of them is a loop, not a recursion.
    const chain: number[] = [];
    for (;;) {
      const mark = this.mark();
      const start = this.start;
      this.parseBinary(LOWEST);
      if (!this.at(Kind.question) || this.lineEnded()) break;
      chain.push(mark, start);
      this.take();
      this.parseExpression();
      if (!this.at(Kind.colon) || this.lineEnded()) {
        this.missing('conditional-colon');
        break;
      }
      this.take();
    }
    for (let last = chain.length - 2; last >= 0; last -= 2) {
      this.node(Kind.conditional, chain[last] ?? 0, chain[last + 1] ?? 0);
    }
    this.leave();
  }

  private parseBinary(level: number): void {
    if (level > HIGHEST) {
      this.parseUnary();
      return;
    }
    const mark = this.mark();
    const start = this.start;
    this.parseUnary();
    this.parseOperators(level, mark, start);
  }

  /** Left-associative operators of at least `level`, after their first operand. */
  private parseOperators(level: number, mark: number, start: number): void {
    for (;;) {
      const precedence = PRECEDENCE[this.kind] ?? 0;
      if (precedence < level || precedence === 0 || this.lineEnded()) return;
      this.take();
      this.parseBinary(precedence + 1);
      this.node(Kind.binary, mark, start);
    }
  }

  private parseUnary(): void {
    if (!this.at(Kind.minus) && !this.at(Kind.bang)) {
      this.parsePostfix();
      return;
    }
    const chain: number[] = [];
    while ((this.at(Kind.minus) || this.at(Kind.bang)) && !this.lineEnded()) {
      chain.push(this.mark(), this.start);
      this.take();
    }
    this.parsePostfix();
    for (let last = chain.length - 2; last >= 0; last -= 2) {
      this.node(Kind.unary, chain[last] ?? 0, chain[last + 1] ?? 0);
    }
  }

  /** A term with everything that follows it. */
  private parsePostfix(): void {
    const mark = this.mark();
    const start = this.start;
    if (!this.parseTerm()) return;
    let inSplat = false;
    for (;;) {
      if (this.lineEnded()) return;
      if (this.at(Kind.dot)) inSplat = this.parseAfterDot(mark, start, inSplat);
      else if (this.at(Kind.openBracket)) {
        this.parseIndex(mark, start);
        inSplat = false;
      } else return;
    }
  }

  /** Returns whether what follows is still inside of a `.*`. */
  private parseAfterDot(mark: number, start: number, inSplat: boolean): boolean {
    this.take();
    if (this.lineEnded() || this.atItemStart()) {
      this.missing('attribute-name-expected', Kind.missingName);
      this.node(Kind.getAttribute, mark, start);
      return inSplat;
    }
    switch (this.kind) {
      case Kind.identifier:
        this.take();
        this.node(Kind.getAttribute, mark, start);
        return inSplat;
      case Kind.number:
        if (this.text.slice(this.start, this.end).includes('.')) this.error('legacy-index');
        this.take();
        this.node(Kind.legacyIndex, mark, start);
        return inSplat;
      case Kind.star:
        if (inSplat) this.error('nested-splat');
        this.take();
        this.node(Kind.splat, mark, start);
        return true;
      default:
        this.missing('attribute-name-expected', Kind.missingName);
        this.node(Kind.getAttribute, mark, start);
        return inSplat;
    }
  }

  private parseIndex(mark: number, start: number): void {
    const opener = this.start;
    const { linewise } = this;
    this.linewise = false;
    this.take();
    let kind: number = Kind.index;
    if (this.at(Kind.star)) {
      kind = Kind.fullSplat;
      this.take();
    } else if (this.at(Kind.closeBracket)) this.missing();
    else this.parseExpression();
    this.close(Kind.closeBracket, 'closing-bracket-expected', 'unclosed-bracket', opener);
    this.linewise = linewise;
    this.node(kind, mark, start);
  }

  /** Returns false when a missing expression was written instead. */
  private parseTerm(): boolean {
    if (this.lineEnded() || (!this.linewise && this.atItemStart()) || this.atTopLevelBlock()) {
      this.missing();
      return false;
    }
    switch (this.kind) {
      case Kind.identifier:
        this.parseName();
        return true;
      case Kind.openQuote:
        this.parseQuoted();
        return true;
      case Kind.number:
        this.take();
        return true;
      case Kind.openParenthesis:
        this.parseParentheses();
        return true;
      case Kind.openBracket:
        this.parseBrackets();
        return true;
      case Kind.openBrace:
        this.parseBraces();
        return true;
      case Kind.openHeredoc:
        this.parseHeredoc();
        return true;
      default:
        this.missing();
        return false;
    }
  }

  /** A call, a keyword literal or a variable. */
  private parseName(): void {
    const mark = this.mark();
    const { start, end } = this;
    this.take(isKeyword(this.text, start, end) ? Kind.literal : Kind.variable);
    if (this.lineEnded() || (!this.at(Kind.openParenthesis) && !this.at(Kind.doubleColon))) return;
    this.tree.relabel(mark, Kind.identifier);
    while (this.at(Kind.doubleColon) && !this.lineEnded()) {
      this.take();
      if (!this.at(Kind.identifier) || this.lineEnded() || this.atItemStart()) {
        this.missing('function-name-expected', Kind.missingName);
        this.node(Kind.call, mark, start);
        return;
      }
      this.take();
    }
    if (this.at(Kind.openParenthesis) && !this.lineEnded()) this.parseArguments();
    else this.errorHere('namespaced-call');
    this.node(Kind.call, mark, start);
  }

  private parseParentheses(): void {
    const mark = this.mark();
    const opener = this.start;
    const { linewise } = this;
    this.linewise = false;
    this.take();
    this.parseExpression();
    this.close(Kind.closeParenthesis, 'closing-parenthesis-expected', 'unclosed-parenthesis', opener);
    this.linewise = linewise;
    this.node(Kind.parenthesis, mark, opener);
  }
}

function isKeyword(text: string, start: number, end: number): boolean {
  switch (end - start) {
    case 4:
      return text.startsWith('true', start) || text.startsWith('null', start);
    case 5:
      return text.startsWith('false', start);
    default:
      return false;
  }
}
