const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;

/** What is to be done with a value inside the outer objects, judged by the keys that lead to it. */
export type Choice = 'enter' | 'take' | 'skip';

/**
 * Takes JSON apart while it arrives: objects that are entered are walked through, values that are taken are handed over
 * as text, everything else passes by. So a document of any size needs the memory of its largest taken value, and the
 * work is done in portions as small as those in which the text arrives.
 *
 * @throws (from `write` and `end`) when an entered part is no JSON; what is taken or skipped is not looked into
 */
export class JsonSplitter {
  /** Keys of the entered objects around the current place. */
  private readonly path: string[] = [];
  /** How many objects are entered. */
  private entered = 0;
  private state: 'value' | 'key' | 'colon' | 'next' | 'done' = 'value';
  /** The string or value that is being collected, or passed by when `parts` is missing. */
  private inside: { readonly parts: Uint8Array[] | undefined; readonly isKey: boolean } | undefined;
  private depth = 0;
  private inString = false;
  private escaped = false;

  constructor(
    private readonly choose: (path: readonly string[]) => Choice,
    private readonly take: (path: readonly string[], text: string) => void,
  ) {}

  write(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) at = this.inside === undefined ? this.outer(bytes, at) : this.inner(bytes, at);
  }

  end(): void {
    if (this.state !== 'done') throw new Error('the JSON ends too early');
  }

  /** One byte between values. */
  private outer(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] ?? 0;
    if (byte <= 0x20) return at + 1;
    switch (this.state) {
      case 'value':
        return this.startValue(byte, at);
      case 'key':
        if (byte === closeBrace) return this.leave(at);
        if (byte !== quote) throw this.unexpected(byte);
        this.inside = { parts: [], isKey: true };
        return at;
      case 'colon':
        if (byte !== colon) throw this.unexpected(byte);
        this.state = 'value';
        return at + 1;
      case 'next':
        if (byte === closeBrace) return this.leave(at);
        if (byte !== comma) throw this.unexpected(byte);
        this.path.pop();
        this.state = 'key';
        return at + 1;
      case 'done':
        throw this.unexpected(byte);
    }
  }

  private startValue(byte: number, at: number): number {
    const choice = this.choose(this.path);
    if (choice === 'enter' && byte === openBrace) {
      this.entered += 1;
      this.state = 'key';
      return at + 1;
    }
    this.inside = { parts: choice === 'take' ? [] : undefined, isKey: false };
    return at;
  }

  private leave(at: number): number {
    this.entered -= 1;
    if (this.path.length > this.entered) this.path.pop();
    this.state = this.entered === 0 ? 'done' : 'next';
    return at + 1;
  }

  /** Goes on to the end of the string or value, or of the portion. */
  private inner(bytes: Uint8Array, start: number): number {
    let at = start;
    while (at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        else if (byte === quote) {
          this.inString = false;
          if (this.depth === 0) return this.finish(bytes, start, at + 1);
        }
      } else if (byte === quote) this.inString = true;
      else if (byte === openBrace || byte === openBracket) this.depth += 1;
      else if (this.depth > 0) {
        if (byte === closeBrace || byte === closeBracket) {
          this.depth -= 1;
          if (this.depth === 0) return this.finish(bytes, start, at + 1);
        }
      } else if (byte === comma || byte === closeBrace) return this.finish(bytes, start, at);
      at += 1;
    }
    this.inside?.parts?.push(bytes.slice(start));
    return at;
  }

  private finish(bytes: Uint8Array, start: number, end: number): number {
    const { parts, isKey } = this.inside ?? {};
    this.inside = undefined;
    this.state = isKey === true ? 'colon' : this.entered === 0 ? 'done' : 'next';
    if (parts === undefined) return end;
    parts.push(bytes.subarray(start, end));
    const text = Buffer.concat(parts).toString('utf8');
    if (isKey === true) this.path.push(JSON.parse(text) as string);
    else this.take(this.path, text);
    return end;
  }

  private unexpected(byte: number): Error {
    return new Error(
      `"${String.fromCharCode(byte)}" is not expected in JSON after ${this.path.join('.') || 'its start'}`,
    );
  }
}
