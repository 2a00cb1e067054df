/** A text of YAML that cannot be read. */
export class YamlError extends Error {
  constructor(fault: string, { line, column }: Place) {
    super(`on line ${String(line + 1)}, column ${String(column + 1)}: ${fault}`);
    this.name = 'YamlError';
  }
}

/** From 0; the column in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A place in a text of YAML whose lines end with `\n`, or with the separators of lines and paragraphs of Unicode. */
export class YamlCursor {
  at = 0;
  line = 0;
  column = 0;

  constructor(readonly text: string) {}

  place(): Place {
    return { line: this.line, column: this.column };
  }

  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  isBreak(ahead = 0): boolean {
    return /[\n\u2028\u2029]/.test(this.peek(ahead));
  }

  isBlank(ahead = 0): boolean {
    const character = this.peek(ahead);
    return character === ' ' || character === '\t';
  }

  /** White space, or the end of the text. */
  isGap(ahead = 0): boolean {
    return this.at + ahead >= this.text.length || this.isBlank(ahead) || this.isBreak(ahead);
  }

  /** A line of three dashes or points, which ends or starts a document. */
  isDocumentMark(marks: readonly string[] = ['---', '...']): boolean {
    return this.column === 0 && marks.includes(this.text.slice(this.at, this.at + 3)) && this.isGap(3);
  }

  /** What a sticky pattern matches here, all in one line; empty where it does not. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    this.column += found.length - (/[\ud800-\udbff]/.test(found) ? surrogates(found) : 0);
    return found;
  }

  skip(length: number): void {
    this.at += length;
    this.column += length;
  }

  takeBreak(): string {
    const found = this.peek();
    this.at++;
    this.line++;
    this.column = 0;
    return found;
  }

  /** The end of the text ends its last line as well. */
  endLine(): void {
    if (this.column === 0) return;
    this.line++;
    this.column = 0;
  }

  fault(message: string, place = this.place()): YamlError {
    return new YamlError(message, place);
  }
}

function surrogates(text: string): number {
  return text.match(/[\ud800-\udbff]/g)?.length ?? 0;
}
