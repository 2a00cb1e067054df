import { CollectionParser } from './collections';
import { Kind, PRECEDENCE } from './kinds';
import { isNumber } from './scanner';

const LOWEST = 1;
const HIGHEST = 6;

/** Operators, terms and what follows a term: attributes, indices, splats. */
export abstract class ExpressionParser extends CollectionParser {
  /** Always writes exactly one node or leaf: a missing one where there is no expression. */
  protected parseExpression(): void {
    if (!this.enter()) return;
    const mark = this.mark();
    const start = this.start;
    this.parseOperand(mark, start);
    if (PRECEDENCE[this.kind] !== 0) this.parseOperators(LOWEST, mark, start);
    if (this.at(Kind.question) && !this.lineEnded()) this.parseConditional(mark, start);
    this.leave();
  }

  /** From the `?` after a condition that began at `mark`. */
  private parseConditional(mark: number, start: number): void {
    // The false case of a conditional may be a conditional: a chain of them is a loop, not a recursion.
    const chain = [mark, start];
    for (;;) {
      this.take();
      this.parseExpression();
      if (!this.at(Kind.colon) || this.lineEnded()) {
        this.missing('conditional-colon');
        break;
      }
      this.take();
      const next = this.mark();
      const nextStart = this.start;
      this.parseBinary(LOWEST);
      if (!this.at(Kind.question) || this.lineEnded()) break;
      chain.push(next, nextStart);
    }
    for (let last = chain.length - 2; last >= 0; last -= 2) {
      this.node(Kind.conditional, chain[last] ?? 0, chain[last + 1] ?? 0);
    }
  }

  private parseBinary(level: number): void {
    const mark = this.mark();
    const start = this.start;
    this.parseOperand(mark, start);
    if (level <= HIGHEST) this.parseOperators(level, mark, start);
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

  /** A term with its signs and everything that follows it. */
  private parseOperand(mark: number, start: number): void {
    const { kind } = this;
    if (kind !== Kind.minus && kind !== Kind.bang) {
      this.parsePostfix(mark, start);
      return;
    }
    const chain: number[] = [];
    while ((this.at(Kind.minus) || this.at(Kind.bang)) && !this.lineEnded()) {
      chain.push(this.mark(), this.start);
      this.take();
    }
    this.parsePostfix(this.mark(), this.start);
    for (let last = chain.length - 2; last >= 0; last -= 2) {
      this.node(Kind.unary, chain[last] ?? 0, chain[last + 1] ?? 0);
    }
  }

  private parsePostfix(mark: number, start: number): void {
    if (!this.parseTerm(mark)) return;
    let inSplat = false;
    for (;;) {
      const { kind } = this;
      if (kind !== Kind.dot && kind !== Kind.openBracket) return;
      if (this.lineEnded()) return;
      if (kind === Kind.dot) inSplat = this.parseAfterDot(mark, start, inSplat);
      else {
        this.parseIndex(mark, start);
        inSplat = false;
      }
    }
  }

  /** Returns whether what follows is still inside of a `.*`. */
  private parseAfterDot(mark: number, start: number, inSplat: boolean): boolean {
    this.take();
    if (this.newlineBefore && (this.linewise || this.atItemStart())) {
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
        this.checkLegacyIndex(this.text.slice(this.start, this.end));
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

  private checkLegacyIndex(index: string): void {
    if (index.includes('.')) this.error('legacy-index');
    else if (!isNumber(index)) this.error('number');
  }

  private parseIndex(mark: number, start: number): void {
    const { start: opener, faults } = this;
    const { linewise } = this;
    this.linewise = false;
    this.take();
    let kind: number = Kind.index;
    // Terraform looks for the star and its bracket before it begins to ignore line breaks.
    if (this.at(Kind.star) && !(linewise && this.newlineBefore)) {
      kind = Kind.fullSplat;
      this.take();
      if (linewise && this.newlineBefore) this.errorHere('closing-bracket-expected');
    } else if (this.at(Kind.closeBracket)) this.missing();
    else this.parseExpression();
    this.close(Kind.closeBracket, 'closing-bracket-expected', 'unclosed-bracket', opener, faults);
    this.linewise = linewise;
    this.node(kind, mark, start);
  }

  /** Returns false when a missing expression was written instead. */
  private parseTerm(mark: number): boolean {
    if (this.newlineBefore && (this.linewise || this.atItemStart() || this.atTopLevelBlock())) {
      this.missing();
      return false;
    }
    switch (this.kind) {
      case Kind.identifier:
        this.parseName(mark);
        return true;
      case Kind.openQuote:
        this.parseQuoted();
        return true;
      case Kind.number:
        if (!isNumber(this.text.slice(this.start, this.end))) this.error('number');
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
  private parseName(mark: number): void {
    const { start, end } = this;
    this.take(isKeyword(this.text, start, end) ? Kind.literal : Kind.variable);
    const { kind } = this;
    if ((kind !== Kind.openParenthesis && kind !== Kind.doubleColon) || this.lineEnded()) return;
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
    const { start: opener, faults } = this;
    const { linewise } = this;
    this.linewise = false;
    this.take();
    this.parseExpression();
    this.close(Kind.closeParenthesis, 'closing-parenthesis-expected', 'unclosed-parenthesis', opener, faults);
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
