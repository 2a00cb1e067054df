import type { Place } from './yamlCursor';
import { YamlCursor } from './yamlCursor';
import { readBlock, readPlain, readQuoted } from './yamlTexts';

export type TokenKind =
  | 'version'
  | 'tagDirective'
  | 'documentStart'
  | 'documentEnd'
  | 'streamEnd'
  | 'blockSequence'
  | 'blockMapping'
  | 'blockEnd'
  | 'blockEntry'
  | 'flowSequence'
  | 'flowSequenceEnd'
  | 'flowMapping'
  | 'flowMappingEnd'
  | 'flowEntry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  readonly place: Place;
  /** Of a scalar its text, of an anchor or alias its name, of a tag or directive what comes first. */
  readonly text: string;
  /** What comes second in a tag or directive. */
  readonly second?: string;
  readonly style?: 'plain' | 'quoted' | 'block';
}

/** A token that may turn out to be the key of a mapping, once a colon follows in the same line. */
interface PossibleKey {
  readonly number: number;
  readonly at: number;
  readonly place: Place;
  readonly required: boolean;
}

/** A key has to end this soon. */
const longestKey = 1024;
const name = /[0-9A-Za-z_-]*/y;
const uri = /[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]*/y;

/**
 * The tokens of a text in YAML 1.1, as libyaml tells them apart. A colon makes a key of what stands before it, and may
 * start a mapping there: so tokens are read ahead as long as the first of them might still become a key.
 */
export class YamlScanner {
  private readonly cursor: YamlCursor;
  private tokens: Token[] = [];
  private head = 0;
  private taken = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private keyAllowed = true;
  /** For the block level and each open flow collection. */
  private readonly keys: (PossibleKey | undefined)[] = [undefined];

  constructor(text: string) {
    this.cursor = new YamlCursor(text);
  }

  peek(): Token {
    while (this.needsMore()) this.fetch();
    const token = this.tokens[this.head];
    if (!token) throw this.cursor.fault('found unexpected end of stream');
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.head++;
    this.taken++;
    if (this.head > 1000) {
      this.tokens = this.tokens.slice(this.head);
      this.head = 0;
    }
    return token;
  }

  private needsMore(): boolean {
    if (this.head === this.tokens.length) return true;
    this.dropStaleKeys();
    return this.keys.some((key) => key?.number === this.taken);
  }

  private fetch(): void {
    const { cursor } = this;
    this.skipToToken();
    this.dropStaleKeys();
    this.closeBlocks(cursor.column);
    if (cursor.atEnd()) {
      // No key goes on here, at whatever level it began.
      cursor.endLine();
      this.closeBlocks(-1);
      this.removeKey();
      this.keyAllowed = false;
      this.add('streamEnd');
      return;
    }
    if (cursor.column === 0 && cursor.peek() === '%') {
      this.fetchDirective();
    } else if (cursor.isDocumentMark()) {
      this.fetchDocumentMark();
    } else {
      this.fetchContent(cursor.peek());
    }
  }

  private fetchContent(next: string): void {
    const { cursor, flowLevel } = this;
    const gapFollows = cursor.isGap(1);
    if ('[]{},'.includes(next)) this.fetchFlow(next);
    else if (next === '-' && gapFollows) this.fetchBlockEntry();
    else if (next === '?' && (flowLevel > 0 || gapFollows)) this.fetchKey();
    else if (next === ':' && (flowLevel > 0 || gapFollows)) this.fetchValue();
    else if (next === '*' || next === '&') this.fetchAnchor(next === '*' ? 'alias' : 'anchor');
    else if (next === '!') this.fetchTag();
    else if ((next === '|' || next === '>') && flowLevel === 0) this.fetchBlockText();
    else if (next === "'" || next === '"') this.fetchText('quoted');
    else if (!/[\t?:#|>%@`]/.test(next) || (flowLevel === 0 && /[?:]/.test(next))) this.fetchText('plain');
    else throw cursor.fault('found character that cannot start any token');
  }

  private fetchText(style: 'plain' | 'quoted'): void {
    const { cursor } = this;
    this.saveKey();
    this.keyAllowed = false;
    const place = cursor.place();
    if (style === 'quoted') {
      this.push({ kind: 'scalar', place, text: readQuoted(cursor), style });
      return;
    }
    const { text, broken } = readPlain(cursor, this.indent, this.flowLevel > 0);
    if (broken) this.keyAllowed = true;
    this.push({ kind: 'scalar', place, text, style });
  }

  private fetchBlockText(): void {
    this.removeKey();
    this.keyAllowed = true;
    const place = this.cursor.place();
    this.push({ kind: 'scalar', place, text: readBlock(this.cursor, this.indent), style: 'block' });
  }

  private fetchFlow(sign: string): void {
    if (sign === ',') this.fetchFlowEntry();
    else if (sign === '[' || sign === '{') this.fetchFlowStart(sign);
    else this.fetchFlowEnd(sign);
  }

  private fetchFlowStart(bracket: string): void {
    this.saveKey();
    this.flowLevel++;
    this.keys.push(undefined);
    this.keyAllowed = true;
    this.add(bracket === '[' ? 'flowSequence' : 'flowMapping', 1);
  }

  private fetchFlowEnd(bracket: string): void {
    this.removeKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      this.keys.pop();
    }
    this.keyAllowed = false;
    this.add(bracket === ']' ? 'flowSequenceEnd' : 'flowMappingEnd', 1);
  }

  private fetchFlowEntry(): void {
    this.removeKey();
    this.keyAllowed = true;
    this.add('flowEntry', 1);
  }

  private fetchBlockEntry(): void {
    this.openBlockHere('blockSequence', 'block sequence entries are not allowed in this context');
    this.removeKey();
    this.keyAllowed = true;
    this.add('blockEntry', 1);
  }

  private fetchKey(): void {
    this.openBlockHere('blockMapping', 'mapping keys are not allowed in this context');
    this.removeKey();
    this.keyAllowed = this.flowLevel === 0;
    this.add('key', 1);
  }

  private fetchValue(): void {
    const key = this.keys.at(-1);
    if (key) {
      const position = this.head + key.number - this.taken;
      this.tokens.splice(position, 0, { kind: 'key', place: key.place, text: '' });
      this.openBlock(key.place.column, 'blockMapping', key.place, position);
      this.keys[this.keys.length - 1] = undefined;
      this.keyAllowed = false;
    } else {
      this.openBlockHere('blockMapping', 'mapping values are not allowed in this context');
      this.keyAllowed = this.flowLevel === 0;
    }
    this.add('value', 1);
  }

  private fetchAnchor(kind: 'alias' | 'anchor'): void {
    const { cursor } = this;
    this.saveKey();
    this.keyAllowed = false;
    const place = cursor.place();
    cursor.skip(1);
    const text = cursor.take(name);
    if (text === '' || !(cursor.isGap() || '?:,]}%@`'.includes(cursor.peek()))) {
      throw cursor.fault('did not find expected alphabetic or numeric character', place);
    }
    this.push({ kind, place, text });
  }

  private fetchTag(): void {
    const { cursor } = this;
    this.saveKey();
    this.keyAllowed = false;
    const place = cursor.place();
    const [text, second] = cursor.peek(1) === '<' ? this.readVerbatimTag(place) : this.readShortTag(place);
    if (!cursor.isGap()) throw cursor.fault('did not find expected whitespace or line break', place);
    this.push({ kind: 'tag', place, text, second });
  }

  private readVerbatimTag(place: Place): [string, string] {
    this.cursor.skip(2);
    const tag = this.readUri(place);
    if (this.cursor.peek() !== '>') throw this.cursor.fault("did not find the expected '>'", place);
    this.cursor.skip(1);
    return ['', tag];
  }

  /** The handle (`!`, `!!` or `!name!`) and what follows it. */
  private readShortTag(place: Place): [string, string] {
    const handle = this.cursor.take(/![0-9A-Za-z_-]*!?/y);
    if (handle.length > 1 && handle.endsWith('!')) return [handle, this.readUri(place)];
    const suffix = handle.slice(1) + this.readUri(place, true);
    return suffix === '' ? ['', '!'] : ['!', suffix];
  }

  private readUri(place: Place, mayBeEmpty = false): string {
    const found = this.cursor.take(uri);
    if (found === '' && !mayBeEmpty) throw this.cursor.fault('did not find expected tag URI', place);
    try {
      return decodeURIComponent(found);
    } catch (error) {
      throw error instanceof URIError ? this.cursor.fault('did not find URI escaped octet', place) : error;
    }
  }

  private fetchDirective(): void {
    const { cursor } = this;
    this.closeBlocks(-1);
    this.removeKey();
    this.keyAllowed = false;
    const place = cursor.place();
    cursor.skip(1);
    const directive = cursor.take(name);
    if (directive !== 'YAML' && directive !== 'TAG')
      throw cursor.fault('found unknown directive name', place);
    const words =
      directive === 'YAML'
        ? /[ \t]+([0-9]{1,2}\.[0-9]{1,2})/y
        : /[ \t]+(![0-9A-Za-z_-]*!|!)[ \t]+([^ \t\n]+)/y;
    const [text = '', second = ''] = cursor
      .take(words)
      .trim()
      .split(/[ \t]+/);
    cursor.take(/[ \t]*(?:#[^\n\u2028\u2029]*)?/y);
    if (text === '' || !(cursor.atEnd() || cursor.isBreak())) {
      throw cursor.fault('did not find expected comment or line break', place);
    }
    this.push({ kind: directive === 'YAML' ? 'version' : 'tagDirective', place, text, second });
  }

  private fetchDocumentMark(): void {
    this.closeBlocks(-1);
    this.removeKey();
    this.keyAllowed = false;
    this.add(this.cursor.peek() === '-' ? 'documentStart' : 'documentEnd', 3);
  }

  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      if (cursor.column === 0 && cursor.peek() === '\ufeff') cursor.at++;
      // Where a key may stand, tabs are no indentation.
      cursor.take(this.flowLevel > 0 || !this.keyAllowed ? /[ \t]*/y : / */y);
      cursor.take(/(?:#[^\n\u2028\u2029]*)?/y);
      if (!cursor.isBreak()) return;
      cursor.takeBreak();
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  private dropStaleKeys(): void {
    const { cursor } = this;
    for (const [level, key] of this.keys.entries()) {
      if (!key || (key.place.line === cursor.line && key.at + longestKey >= cursor.at)) continue;
      this.keys[level] = undefined;
      if (key.required) throw cursor.fault("could not find expected ':'", key.place);
    }
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    this.removeKey();
    const place = this.cursor.place();
    this.keys[this.keys.length - 1] = {
      number: this.taken + this.tokens.length - this.head,
      at: this.cursor.at,
      place,
      required: this.flowLevel === 0 && this.indent === place.column,
    };
  }

  private removeKey(): void {
    const key = this.keys.at(-1);
    if (key?.required) throw this.cursor.fault("could not find expected ':'", key.place);
    this.keys[this.keys.length - 1] = undefined;
  }

  private openBlockHere(kind: 'blockSequence' | 'blockMapping', refusal: string): void {
    if (this.flowLevel > 0) return;
    if (!this.keyAllowed) throw this.cursor.fault(refusal);
    this.openBlock(this.cursor.column, kind, this.cursor.place(), this.tokens.length);
  }

  private openBlock(column: number, kind: TokenKind, place: Place, position: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.tokens.splice(position, 0, { kind, place, text: '' });
  }

  private closeBlocks(column: number): void {
    while (this.flowLevel === 0 && this.indent > column) {
      this.add('blockEnd');
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private add(kind: TokenKind, length = 0): void {
    this.push({ kind, place: this.cursor.place(), text: '' });
    this.cursor.skip(length);
  }

  private push(token: Token): void {
    this.tokens.push(token);
  }
}
