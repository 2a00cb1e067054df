import { BigFloat } from '../bigFloat';
import { isComposite } from '../marks';
import type { Value } from '../value';
import { deepestJson } from './jsonText';

/** The wholly known value as a YAML document, with the very text that Terraform's `yamlencode` writes (libyaml's). */
export function yamlText(value: Value): string {
  const writer = new YamlWriter();
  writer.node(value, 0, false);
  return writer.finish(value);
}

const step = 2;
/** A quoted text goes on in a new line at the first space behind this column. */
const widest = 80;
/** In bytes; a longer key takes a line of its own after a question mark. */
const longestKey = 128;

/** What ends a line, and what stands for itself in YAML outside of escapes; beyond U+FFFF nothing does. */
const lineBreak = /[\r\n\u0085\u2028\u2029]/;
const unprintable = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

class YamlWriter {
  private readonly parts: string[] = [];
  private column = 0;
  private indent = -1;
  /** Nothing but white space, or nothing but indicators of structure, stands before on this line. */
  private afterSpace = true;
  private afterIndent = true;

  finish(value: Value): string {
    this.startLine();
    // The end of a plain text that is the whole document has to be marked.
    const plain = value.kind === 'null' || (!isText(value) && !isCollection(value));
    return this.parts.join('') + (plain ? '...\n' : '');
  }

  node(value: Value, depth: number, inMapping: boolean): void {
    if (depth > deepestJson) {
      throw new RangeError(`the value is nested more than ${String(deepestJson)} deep`);
    }
    const content = value.kind === 'known' ? value.content : undefined;
    if (content !== undefined && typeof content === 'object' && isComposite(content)) {
      this.members(content, depth, inMapping);
    } else {
      this.scalar(value, false);
    }
  }

  private members(
    content: readonly Value[] | ReadonlyMap<string, Value>,
    depth: number,
    inMapping: boolean,
  ): void {
    const outer = this.indent;
    const named = content instanceof Map;
    if ([...content.keys()].length === 0) {
      this.indicator(named ? '{' : '[', true, true);
      this.indicator(named ? '}' : ']', false, false);
      return;
    }
    // The dashes of a sequence stand right under the key that it belongs to.
    const indentless = !named && inMapping && !this.afterIndent;
    if (outer < 0) this.indent = 0;
    else if (!indentless) this.indent += step;
    for (const [name, member] of content.entries()) {
      this.startLine();
      if (named) this.key(String(name));
      else this.indicator('-', true, false, true);
      this.node(member, depth + 1, named);
    }
    this.indent = outer;
  }

  private key(name: string): void {
    const simple = !lineBreak.test(name) && Buffer.byteLength(name) <= longestKey;
    if (simple) {
      this.text(name, true);
      this.indicator(':', false, false);
      return;
    }
    this.indicator('?', true, false, true);
    this.text(name, false);
    this.startLine();
    this.indicator(':', true, false, true);
  }

  private scalar(value: Value, asKey: boolean): void {
    if (value.kind === 'known' && typeof value.content === 'string') {
      this.text(value.content, asKey);
      return;
    }
    if (!this.afterSpace) this.put(' ');
    this.put(plainText(value));
    this.afterSpace = false;
    this.afterIndent = false;
  }

  private text(text: string, asKey: boolean): void {
    const outer = this.indent;
    this.indent = Math.max(0, outer) + step;
    const isBlock =
      !asKey &&
      text.includes('\n') &&
      !unprintable.test(text) &&
      !/ (?:$|[\r\n\u0085\u2028\u2029])/.test(text);
    if (isBlock) this.block(text);
    else this.quoted(text, !asKey);
    this.indent = outer;
  }

  private block(text: string): void {
    const [last = '', previous = ''] = Array.from(text.slice(-4)).reverse();
    const hint = /^[ \r\n\u0085\u2028\u2029]/.test(text) ? String(step) : '';
    const end = !lineBreak.test(last) ? '-' : previous === '' || lineBreak.test(previous) ? '+' : '';
    this.indicator(`|${hint}${end}`, true, false);
    this.breakLine('\n');
    this.afterIndent = true;
    this.afterSpace = true;
    // A line starts with its indentation unless it is empty.
    for (const [line = '', ending = ''] of text.matchAll(
      /[^\r\n\u0085\u2028\u2029]*([\r\n\u0085\u2028\u2029]|$)/g,
    )) {
      const content = line.slice(0, line.length - ending.length);
      if (content !== '') {
        this.startLine();
        this.put(content);
        this.afterIndent = false;
      }
      if (ending !== '') {
        this.breakLine(ending);
        this.afterIndent = true;
      }
    }
  }

  private quoted(text: string, mayBreak: boolean): void {
    this.indicator('"', true, false);
    const startsWithMark = text.startsWith('\ufeff');
    let afterBlank = false;
    let at = 0;
    for (const character of text) {
      const escaped =
        startsWithMark || unprintable.test(character) || lineBreak.test(character) || /["\\]/.test(character);
      const inside = at > 0 && at < text.length - 1;
      at += character.length;
      if (!escaped && character === ' ' && mayBreak && !afterBlank && this.column > widest && inside) {
        this.startLine();
        if (text.charAt(at) === ' ') this.put('\\');
      } else {
        this.put(escaped ? escape(character) : character);
      }
      afterBlank = !escaped && character === ' ';
    }
    this.indicator('"', false, false);
    this.afterSpace = false;
    this.afterIndent = false;
  }

  private indicator(text: string, needsSpace: boolean, isSpace: boolean, isIndent = false): void {
    if (needsSpace && !this.afterSpace) this.put(' ');
    this.put(text);
    this.afterSpace = isSpace;
    this.afterIndent = this.afterIndent && isIndent;
  }

  private startLine(): void {
    const indent = Math.max(0, this.indent);
    const fresh = this.afterIndent && this.column <= indent && (this.column < indent || this.afterSpace);
    if (!fresh) this.breakLine('\n');
    if (this.column < indent) this.put(' '.repeat(indent - this.column));
    this.afterSpace = true;
    this.afterIndent = true;
  }

  private breakLine(ending: string): void {
    this.parts.push(ending);
    this.column = 0;
  }

  private put(text: string): void {
    this.parts.push(text);
    // No text that is put at once has characters beyond U+FFFF.
    this.column += text.length;
  }
}

function isText(value: Value): boolean {
  return value.kind === 'known' && typeof value.content === 'string';
}

function isCollection(value: Value): boolean {
  return value.kind === 'known' && typeof value.content === 'object' && !(value.content instanceof BigFloat);
}

function plainText(value: Value): string {
  if (value.kind !== 'known') return 'null';
  if (value.content instanceof BigFloat) return value.content.toText();
  return value.content === true ? 'true' : 'false';
}

const short: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escape(character: string): string {
  const known = short[character];
  if (known !== undefined) return `\\${known}`;
  const code = character.codePointAt(0) ?? 0;
  const hex = (length: number): string => code.toString(16).toUpperCase().padStart(length, '0');
  return code <= 0xff ? `\\x${hex(2)}` : code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
