/** A line of a CSV text that is not as RFC 4180 has it, in the words of Go's `encoding/csv`. */
export class CsvError extends Error {
  constructor(
    /** From 1. */
    readonly line: number,
    readonly fault: string,
  ) {
    super(`CSV parse error on line ${String(line)}: ${fault}`);
    this.name = 'CsvError';
  }
}

const bareQuote = 'bare " in non-quoted-field';
const strayQuote = 'extraneous or missing " in quoted-field';

/** The records of a CSV text one by one; empty lines are none. Throws a CsvError where the text is at fault. */
export function* csvRecords(source: string): Generator<readonly string[]> {
  const text = source.replaceAll('\r\n', '\n').replace(/\r$/, '');
  const fields = new FieldReader(text);
  let length: number | undefined;
  while (fields.skipEmptyLines()) {
    const line = fields.line;
    const record = fields.record();
    length ??= record.length;
    if (record.length !== length) throw new CsvError(line, 'wrong number of fields');
    yield record;
  }
}

class FieldReader {
  /** Of the text at the current place, from 1. */
  line = 1;
  private at = 0;

  constructor(private readonly text: string) {}

  /** Whether a record follows. */
  skipEmptyLines(): boolean {
    while (this.text.charAt(this.at) === '\n') {
      this.at++;
      this.line++;
    }
    return this.at < this.text.length;
  }

  record(): string[] {
    const fields: string[] = [];
    for (;;) {
      fields.push(this.text.charAt(this.at) === '"' ? this.quoted() : this.bare());
      const end = this.text.charAt(this.at);
      this.at++;
      if (end === '\n') this.line++;
      if (end !== ',') return fields;
    }
  }

  private bare(): string {
    const ends = /[,\n]/g;
    ends.lastIndex = this.at;
    const end = ends.exec(this.text)?.index ?? this.text.length;
    const field = this.text.slice(this.at, end);
    if (field.includes('"')) throw new CsvError(this.line, bareQuote);
    this.at = end;
    return field;
  }

  private quoted(): string {
    let field = '';
    for (let start = this.at + 1; ; start = this.at + 1) {
      const end = this.text.indexOf('"', start);
      const part = this.text.slice(start, end < 0 ? undefined : end);
      // A text that ends inside quotes is at fault on its last line.
      this.line += part.split('\n').length - 1;
      if (end < 0) throw new CsvError(this.line, strayQuote);
      field += part;
      this.at = end + 1;
      const next = this.text.charAt(this.at);
      if (next === '' || next === ',' || next === '\n') return field;
      if (next !== '"') throw new CsvError(this.line, strayQuote);
      field += '"';
    }
  }
}
