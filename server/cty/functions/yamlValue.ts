import { convert } from '../convert';
import { friendlyName } from '../types';
import type { Value } from '../value';
import { objectValue, tupleValue } from '../value';
import { quote } from './goQuote';
import { deepestJson } from './jsonText';
import { YamlError } from './yamlCursor';
import type { Place } from './yamlCursor';
import { yamlScalar } from './yamlScalar';
import type { Token, TokenKind } from './yamlScanner';
import { YamlScanner } from './yamlScanner';

/** The last text and what it stands for: the type and then the value of a call are asked for one after the other. */
let last: { readonly text: string; readonly value: Value } | undefined;

/** The value of the only document of a text in YAML 1.1, as go-cty-yaml 1.1 has it. Throws an Error with the place. */
export function parseYaml(text: string): Value {
  if (last?.text !== text) last = { text, value: new YamlReader(text).document() };
  return last.value;
}

/** What aliases stand for counts each time: more than this is an attack on whoever walks through the value. */
const mostNodes = 1_000_000;

interface Anchored {
  readonly value: Value;
  readonly nodes: number;
}

interface Properties {
  readonly place: Place;
  readonly anchor?: string;
  readonly tag: string;
}

/** A key, or another text, before it is looked at what it could mean. */
interface Text {
  readonly text: string;
  readonly tag: string;
  readonly style: 'plain' | 'quoted' | 'block';
  readonly place: Place;
}

const afterFlowKey: readonly TokenKind[] = ['value', 'flowEntry', 'flowMappingEnd', 'flowSequenceEnd'];
const afterBlockKey: readonly TokenKind[] = ['key', 'value', 'blockEnd'];
const standard = 'tag:yaml.org,2002:';

class YamlReader {
  private readonly scanner: YamlScanner;
  private readonly handles = new Map([
    ['!', '!'],
    ['!!', standard],
  ]);
  private readonly anchors = new Map<string, Anchored>();
  private readonly open = new Map<string, number>();
  private nodes = 0;

  constructor(source: string) {
    if (/[^\t\n\r\x20-\x7e\u0085\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(source)) {
      throw new Error('control characters are not allowed');
    }
    this.scanner = new YamlScanner(source.replace(/\r\n?|\u0085/g, '\n'));
  }

  document(): Value {
    if (this.next() === 'streamEnd') throw this.fault('missing start of document');
    const explicit = this.directives() || this.next() === 'documentStart';
    if (explicit) this.expect('documentStart', 'did not find expected <document start>');
    const empty: readonly TokenKind[] = [
      'version',
      'tagDirective',
      'documentStart',
      'documentEnd',
      'streamEnd',
    ];
    const isEmpty = explicit && empty.includes(this.next());
    const value = isEmpty ? this.empty() : this.node(0, true, false);
    while (this.next() === 'documentEnd') this.scanner.take();
    if (this.next() === 'streamEnd') return value;
    if (this.next() !== 'documentStart') throw this.fault('did not find expected <document start>');
    throw this.fault('only a single document is allowed');
  }

  /** Whether there are any. */
  private directives(): boolean {
    const seen = new Set<string>();
    for (let kind = this.next(); kind === 'version' || kind === 'tagDirective'; kind = this.next()) {
      const { text, second = '', place } = this.scanner.take();
      const name = kind === 'version' ? '%YAML' : text;
      if (seen.has(name))
        throw new YamlError(`found duplicate ${kind === 'version' ? '%YAML' : '%TAG'} directive`, place);
      seen.add(name);
      if (kind === 'tagDirective') this.handles.set(text, second);
      else if (text !== '1.1') throw new YamlError('found incompatible YAML document', place);
    }
    return seen.size > 0;
  }

  private node(depth: number, inBlock: boolean, indentless: boolean): Value {
    this.count(1);
    if (depth > deepestJson) throw this.fault(`nested more than ${String(deepestJson)} deep`);
    if (this.next() === 'alias') return this.alias(this.scanner.take());
    const properties = this.properties();
    const { anchor } = properties;
    if (anchor === undefined) return this.content(properties, depth, inBlock, indentless);
    const before = this.nodes;
    this.open.set(anchor, (this.open.get(anchor) ?? 0) + 1);
    const value = this.content(properties, depth, inBlock, indentless);
    const left = (this.open.get(anchor) ?? 1) - 1;
    if (left === 0) this.open.delete(anchor);
    else this.open.set(anchor, left);
    this.anchors.set(anchor, { value, nodes: this.nodes - before });
    return value;
  }

  /** An anchor and a tag, in either order. */
  private properties(): Properties {
    const { place } = this.scanner.peek();
    let anchor: string | undefined;
    let tag: string | undefined;
    for (;;) {
      if (this.next() === 'anchor' && anchor === undefined) anchor = this.scanner.take().text;
      else if (this.next() === 'tag' && tag === undefined) tag = this.fullTag(this.scanner.take());
      else return { place, tag: tag ?? '', ...(anchor === undefined ? {} : { anchor }) };
    }
  }

  private fullTag({ text: handle, second = '', place }: Token): string {
    if (handle === '') return second;
    const prefix = this.handles.get(handle);
    if (prefix === undefined) throw new YamlError('found undefined tag handle', place);
    return prefix + second;
  }

  private content(properties: Properties, depth: number, inBlock: boolean, indentless: boolean): Value {
    const kind = this.next();
    const { tag, place } = properties;
    if (indentless && kind === 'blockEntry') {
      return this.sequence(properties, () => this.indentlessItems(depth + 1));
    }
    if (kind === 'scalar') {
      const { text, style = 'plain' } = this.scanner.take();
      return this.scalar({ text, tag, style, place });
    }
    if (kind === 'flowSequence') return this.sequence(properties, () => this.flowItems(depth + 1));
    if (kind === 'flowMapping')
      return this.mapping(properties, (members) => {
        this.flowPairs(members, depth + 1);
      });
    if (inBlock && kind === 'blockSequence')
      return this.sequence(properties, () => this.blockItems(depth + 1));
    if (inBlock && kind === 'blockMapping') {
      return this.mapping(properties, (members) => {
        this.blockPairs(members, depth + 1);
      });
    }
    if (properties.anchor === undefined && tag === '') throw this.fault('did not find expected node content');
    return this.scalar({ text: '', tag, style: 'plain', place });
  }

  private scalar(text: Text): Value {
    const value = this.resolve(text);
    // Terraform takes the type of a block for string before it looks what its text could mean.
    return text.style === 'block' && text.tag === '' ? convert(value, 'string') : value;
  }

  private resolve({ text, tag, style, place }: Text): Value {
    try {
      return yamlScalar(text, tag, style === 'quoted');
    } catch (error) {
      throw error instanceof Error ? new YamlError(error.message, place) : error;
    }
  }

  private empty(): Value {
    return yamlScalar('', '', false);
  }

  private sequence({ tag, place }: Properties, items: () => Value[]): Value {
    if (tag !== '' && tag !== `${standard}seq`)
      throw new YamlError(`can't interpret sequence as ${tag}`, place);
    return tupleValue(items());
  }

  private mapping({ tag, place }: Properties, pairs: (members: Map<string, Value>) => void): Value {
    if (tag !== '' && tag !== `${standard}map`)
      throw new YamlError(`can't interpret mapping as ${tag}`, place);
    const members = new Map<string, Value>();
    pairs(members);
    return objectValue(members);
  }

  private blockItems(depth: number): Value[] {
    this.scanner.take();
    const items: Value[] = [];
    while (this.next() === 'blockEntry') {
      this.scanner.take();
      const isEmpty = this.next() === 'blockEntry' || this.next() === 'blockEnd';
      items.push(isEmpty ? this.empty() : this.node(depth, true, false));
    }
    this.expect('blockEnd', "did not find expected '-' indicator");
    return items;
  }

  /** The items of a sequence whose dashes stand right under the key that it belongs to. */
  private indentlessItems(depth: number): Value[] {
    const items: Value[] = [];
    while (this.next() === 'blockEntry') {
      this.scanner.take();
      const isEmpty = this.next() === 'blockEntry' || afterBlockKey.includes(this.next());
      items.push(isEmpty ? this.empty() : this.node(depth, true, false));
    }
    return items;
  }

  private blockPairs(members: Map<string, Value>, depth: number): void {
    this.scanner.take();
    while (this.next() === 'key') {
      this.scanner.take();
      const key = afterBlockKey.includes(this.next()) ? this.emptyText() : this.key();
      this.pair(members, key, () => {
        if (this.next() !== 'value') return this.empty();
        this.scanner.take();
        return afterBlockKey.includes(this.next()) ? this.empty() : this.node(depth, true, true);
      });
    }
    this.expect('blockEnd', 'did not find expected key');
  }

  private flowItems(depth: number): Value[] {
    this.scanner.take();
    const items: Value[] = [];
    while (this.next() !== 'flowSequenceEnd') {
      if (items.length > 0) this.expect('flowEntry', "did not find expected ',' or ']'");
      if (this.next() === 'key') items.push(this.flowPair(depth));
      else if (this.next() !== 'flowSequenceEnd') items.push(this.node(depth, false, false));
    }
    this.scanner.take();
    return items;
  }

  /** An item like `key: value` is a mapping of one pair. */
  private flowPair(depth: number): Value {
    this.count(1);
    this.scanner.take();
    const members = new Map<string, Value>();
    let key = this.emptyText();
    if (afterFlowKey.includes(this.next())) this.scanner.take();
    else key = this.key();
    this.pair(members, key, () => this.flowValue(depth + 1));
    return objectValue(members);
  }

  private flowPairs(members: Map<string, Value>, depth: number): void {
    this.scanner.take();
    for (let first = true; this.next() !== 'flowMappingEnd'; first = false) {
      if (!first) this.expect('flowEntry', "did not find expected ',' or '}'");
      if (this.next() === 'key') {
        this.scanner.take();
        const key = afterFlowKey.includes(this.next()) ? this.emptyText() : this.key();
        this.pair(members, key, () => this.flowValue(depth));
      } else if (this.next() !== 'flowMappingEnd') {
        this.pair(members, this.key(), () => this.empty());
      }
    }
    this.scanner.take();
  }

  private flowValue(depth: number): Value {
    if (this.next() !== 'value') return this.empty();
    this.scanner.take();
    return afterFlowKey.slice(1).includes(this.next()) ? this.empty() : this.node(depth, false, false);
  }

  private emptyText(): Text {
    return { text: '', tag: '', style: 'plain', place: this.scanner.peek().place };
  }

  private key(): Text {
    const only = 'only strings are allowed as mapping keys';
    if (this.next() === 'alias') throw this.fault(only);
    const { place, tag, anchor } = this.properties();
    if (this.next() === 'scalar') {
      const { text, style = 'plain' } = this.scanner.take();
      return { text, tag, style, place };
    }
    const collections: readonly TokenKind[] = [
      'flowSequence',
      'flowMapping',
      'blockSequence',
      'blockMapping',
      'blockEntry',
    ];
    if (collections.includes(this.next())) throw new YamlError(only, place);
    if (anchor === undefined && tag === '') throw this.fault('did not find expected node content');
    return { text: '', tag, style: 'plain', place };
  }

  private pair(members: Map<string, Value>, key: Text, read: () => Value): void {
    if (key.tag === '' && key.text === '<<') {
      const value = read();
      if (value.kind !== 'known' || !(value.content instanceof Map)) {
        throw new YamlError(`cannot merge ${friendlyName(value.type)} into mapping`, key.place);
      }
      for (const [name, member] of value.content as ReadonlyMap<string, Value>) members.set(name, member);
      return;
    }
    const name = convert(this.resolve(key), 'string');
    if (name.kind !== 'known' || typeof name.content !== 'string') {
      throw new YamlError('mapping key cannot be null', key.place);
    }
    members.set(name.content, read());
  }

  private alias({ text, place }: Token): Value {
    if (this.open.has(text)) {
      throw new YamlError(`cannot refer to anchor ${quote(text)} from inside its own definition`, place);
    }
    const anchored = this.anchors.get(text);
    if (!anchored) throw new YamlError(`reference to undefined anchor ${quote(text)}`, place);
    this.count(anchored.nodes);
    return anchored.value;
  }

  private count(nodes: number): void {
    this.nodes += nodes;
    if (this.nodes > mostNodes)
      throw this.fault(`aliases make more than ${String(mostNodes)} values of the text`);
  }

  private next(): TokenKind {
    return this.scanner.peek().kind;
  }

  private expect(kind: TokenKind, message: string): void {
    if (this.next() !== kind) throw this.fault(message);
    this.scanner.take();
  }

  private fault(message: string): YamlError {
    return new YamlError(message, this.scanner.peek().place);
  }
}
