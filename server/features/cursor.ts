import type { Range } from '../text/range';
import type { OpenBlock, Place, ValuePlace } from './place';

/** Finds the place at `offset`. Takes time linear in `offset`; never throws, whatever the text. */
export function placeAt(text: string, offset: number): Place {
  const scanner = new Scanner(text, Math.max(0, Math.min(offset, text.length)));
  scanner.run();
  return scanner.place();
}

interface BodyFrame {
  readonly kind: 'body';
  readonly block: OpenBlock | undefined;
  header: Header | undefined;
}

/** The type and labels of a block, or the name of an argument, as far as it is read. */
interface Header {
  readonly word: Range;
  readonly labels: {
    readonly value: string;
    readonly range: Range;
    readonly quoted: boolean;
    readonly open: boolean;
  }[];
}

interface BracketFrame {
  readonly kind: '(' | '[' | '{';
  readonly start: number;
  readonly call: string | undefined;
  argument: number;
  /** The current key of an object; `undefined` while the key itself is being read. */
  key: string | undefined;
}

interface TemplateFrame {
  readonly kind: 'quote' | 'heredoc';
  readonly start: number;
  readonly tag: string;
  readonly variables: string[];
}

interface OpeningFrame {
  readonly kind: 'value' | 'interpolation';
  readonly start: number;
  readonly attribute: string;
}

type Frame = BodyFrame | BracketFrame | TemplateFrame | OpeningFrame;

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const heredocStart = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const forClause = /^[\s~]*for\s+([^\s,]+)(?:\s*,\s*([^\s,]+))?\s+in\b/;
const chainBefore =
  /[\p{ID_Start}_][\p{ID_Continue}-]*(?:[ \t]*\.[ \t]*(?:[\p{ID_Start}_][\p{ID_Continue}-]*|\*|\d+)|\[(?:[^[\]\n]|\[[^[\]\n]*\])*\])*(?:[ \t]*\.[ \t]*)?$/u;
/** No traversal worth completing is longer. */
const longestChain = 400;

class Scanner {
  private position = 0;
  private inComment = false;
  private readonly frames: Frame[] = [{ kind: 'body', block: undefined, header: undefined }];

  constructor(
    private readonly text: string,
    private readonly end: number,
  ) {}

  run(): void {
    while (this.position < this.end) {
      const frame = this.top();
      if (frame.kind === 'quote' || frame.kind === 'heredoc') this.templateStep(frame);
      else if (!this.skipTrivia()) this.step(this.top());
    }
  }

  place(): Place {
    const blocks = this.blocks();
    if (this.inComment) return { kind: 'text', blocks };
    const frame = this.top();
    if (frame.kind === 'body') return this.bodyPlace(frame, blocks);
    if (frame.kind === 'heredoc') return { kind: 'text', blocks };
    return this.valuePlace(frame, blocks);
  }

  private bodyPlace(frame: BodyFrame, blocks: readonly OpenBlock[]): Place {
    const { header } = frame;
    if (header === undefined) return { kind: 'name', blocks, word: { start: this.end, end: this.end } };
    const touching = header.labels.at(-1);
    if (touching === undefined && header.word.end === this.end)
      return { kind: 'name', blocks, word: header.word };
    const type = this.slice(header.word);
    const before = header.labels.map((label) => label.value);
    if (touching?.range.end === this.end && (touching.open || !touching.quoted)) {
      const word = touching.quoted ? { start: touching.range.start + 1, end: this.end } : touching.range;
      return { kind: 'label', blocks, type, labels: before.slice(0, -1), word, quoted: touching.quoted };
    }
    return {
      kind: 'label',
      blocks,
      type,
      labels: before,
      word: { start: this.end, end: this.end },
      quoted: false,
    };
  }

  private valuePlace(frame: Exclude<Frame, BodyFrame>, blocks: readonly OpenBlock[]): ValuePlace {
    const keys: string[] = [];
    const variables: string[] = [];
    let attribute = '';
    let call: ValuePlace['call'];
    for (const open of this.frames) {
      if (open.kind === 'value') attribute = open.attribute;
      if (open.kind === 'body' || open.kind === 'value') continue;
      if (open.kind === 'quote' || open.kind === 'heredoc') variables.push(...open.variables);
      else if (open.kind === 'interpolation') variables.push(...this.forVariables(open.start, this.end));
      else {
        variables.push(...this.forVariables(open.start, this.end));
        if (open.kind === '(' && open.call !== undefined) call = { name: open.call, argument: open.argument };
        if (open.kind === '{' && open.key !== undefined) keys.push(open.key);
      }
    }
    const inString = frame.kind === 'quote';
    const isKey =
      frame.kind === '{' && frame.key === undefined && this.forVariables(frame.start, this.end).length === 0;
    const chain = inString ? { start: frame.start, end: this.end } : this.chain(frame.start);
    return {
      kind: inString ? 'string' : isKey ? 'key' : 'value',
      blocks,
      attribute,
      keys,
      chain,
      call,
      variables,
    };
  }

  private chain(from: number): Range {
    const start = Math.max(from, this.end - longestChain);
    const match = chainBefore.exec(this.text.slice(start, this.end));
    return { start: match === null ? this.end : start + match.index, end: this.end };
  }

  private forVariables(start: number, end: number): string[] {
    const match = forClause.exec(this.text.slice(start, Math.min(end, start + longestChain)));
    return match === null ? [] : [match[1], match[2]].filter((name) => name !== undefined);
  }

  /** Skips white space and comments; whether there were any. Line breaks end what lines end. */
  private skipTrivia(): boolean {
    const at = this.text[this.position];
    if (at === '\n') {
      this.lineBreak();
      this.position += 1;
      return true;
    }
    if (at === ' ' || at === '\t' || at === '\r') {
      this.position += 1;
      return true;
    }
    if (at === '#' || this.text.startsWith('//', this.position)) {
      const lineEnd = this.text.indexOf('\n', this.position);
      this.skipTo(
        lineEnd < 0 || lineEnd >= this.end ? this.end : lineEnd,
        lineEnd < 0 || lineEnd >= this.end,
      );
      return true;
    }
    if (this.text.startsWith('/*', this.position)) {
      const close = this.text.indexOf('*/', this.position + 2);
      if (close < 0) return false;
      this.skipTo(Math.min(close + 2, this.end), close + 2 > this.end);
      return true;
    }
    return false;
  }

  private skipTo(position: number, inComment: boolean): void {
    this.position = position;
    this.inComment = inComment;
  }

  private lineBreak(): void {
    const frame = this.top();
    if (frame.kind === 'value') this.frames.pop();
    else if (frame.kind === '{') frame.key = undefined;
    const body = this.top();
    if (body.kind === 'body') body.header = undefined;
  }

  private step(frame: Frame): void {
    const at = this.text[this.position];
    const name = this.match(identifier);
    if (name !== undefined) {
      this.word(frame, name);
      return;
    }
    if (frame.kind !== 'body' && this.heredoc()) return;
    this.position += 1;
    switch (at) {
      case '"':
        this.openQuote(frame);
        break;
      case '{':
        this.openBrace(frame);
        break;
      case '(':
      case '[':
        if (frame.kind !== 'body') this.openBracket(at);
        break;
      case ')':
      case ']':
      case '}':
        this.close(at);
        break;
      case ',':
        if (frame.kind === '(') frame.argument += 1;
        else if (frame.kind === '{') frame.key = undefined;
        break;
      case '=':
      case ':':
        this.assign(frame);
        break;
      default:
    }
  }

  private word(frame: Frame, name: Range): void {
    if (frame.kind !== 'body') return;
    if (frame.header === undefined) frame.header = { word: name, labels: [] };
    else frame.header.labels.push({ value: this.slice(name), range: name, quoted: false, open: false });
  }

  private assign(frame: Frame): void {
    if (this.text[this.position] === '=' || this.text[this.position] === '>') {
      this.position += 1;
      return;
    }
    if (frame.kind === 'body' && frame.header !== undefined) {
      this.frames.push({ kind: 'value', start: this.position, attribute: this.slice(frame.header.word) });
      frame.header = undefined;
    } else if (frame.kind === '{' && frame.key === undefined) {
      const before = this.text.slice(
        Math.max(frame.start, this.position - 1 - longestChain),
        this.position - 1,
      );
      frame.key = /([\p{ID_Start}_][\p{ID_Continue}-]*)"?\s*$/u.exec(before)?.[1] ?? '';
    }
  }

  private openQuote(frame: Frame): void {
    if (frame.kind !== 'body') {
      this.frames.push({ kind: 'quote', start: this.position, tag: '', variables: [] });
      return;
    }
    const start = this.position - 1;
    while (
      this.position < this.end &&
      this.text[this.position] !== '"' &&
      this.text[this.position] !== '\n'
    ) {
      this.position += this.text[this.position] === '\\' ? 2 : 1;
    }
    this.position = Math.min(this.position, this.end);
    const open = this.position >= this.end;
    const value = this.text.slice(start + 1, this.position);
    if (!open && this.text[this.position] === '"') this.position += 1;
    frame.header?.labels.push({ value, range: { start, end: this.position }, quoted: true, open });
  }

  private openBrace(frame: Frame): void {
    if (frame.kind !== 'body') {
      this.openBracket('{');
      return;
    }
    const { header } = frame;
    frame.header = undefined;
    const block =
      header === undefined
        ? { type: '', labels: [], start: this.position - 1 }
        : {
            type: this.slice(header.word),
            labels: header.labels.map((label) => label.value),
            start: header.word.start,
          };
    this.frames.push({ kind: 'body', block, header: undefined });
  }

  private openBracket(kind: '(' | '[' | '{'): void {
    const before = this.text.slice(Math.max(0, this.position - 1 - longestChain), this.position - 1);
    const call = kind === '(' ? /[\p{ID_Start}_][\p{ID_Continue}:-]*$/u.exec(before)?.[0] : undefined;
    this.frames.push({ kind, start: this.position, call, argument: 0, key: undefined });
  }

  /** Closes the innermost frame that the bracket fits; what was left open inside it closes too. */
  private close(bracket: ')' | ']' | '}'): void {
    for (let index = this.frames.length - 1; index > 0; index -= 1) {
      const { kind } = this.frames[index] ?? { kind: 'body' };
      const fits =
        bracket === '}'
          ? kind === '{' || kind === 'interpolation' || kind === 'body'
          : kind === opening[bracket];
      if (fits) {
        if (kind === 'interpolation') this.keepDirectiveVariables(index);
        this.frames.length = index;
        return;
      }
      // Round and square brackets never reach beyond the expression they stand in.
      if (bracket !== '}' && kind !== '(' && kind !== '[') return;
    }
  }

  /** The variables of `%{ for x in … }` hold until the end of the template, which is close enough to `%{ endfor }`. */
  private keepDirectiveVariables(index: number): void {
    const frame = this.frames[index];
    const template = this.frames[index - 1];
    if (frame?.kind !== 'interpolation' || (template?.kind !== 'quote' && template?.kind !== 'heredoc'))
      return;
    if (this.text[frame.start - 2] === '%')
      template.variables.push(...this.forVariables(frame.start, this.position));
  }

  private heredoc(): boolean {
    heredocStart.lastIndex = this.position;
    const match = heredocStart.exec(this.text);
    if (match === null || heredocStart.lastIndex > this.end) return false;
    this.position = heredocStart.lastIndex;
    this.frames.push({ kind: 'heredoc', start: this.position, tag: match[1] ?? '', variables: [] });
    return true;
  }

  private templateStep(frame: TemplateFrame): void {
    const at = this.text[this.position];
    if (frame.kind === 'heredoc' && this.closesHeredoc(frame.tag)) return;
    if (frame.kind === 'quote' && (at === '"' || at === '\n')) {
      this.frames.pop();
      if (at === '"') this.position += 1;
      return;
    }
    if (
      (at === '$' || at === '%') &&
      this.text[this.position + 1] === at &&
      this.text[this.position + 2] === '{'
    ) {
      this.position += 3;
    } else if ((at === '$' || at === '%') && this.text[this.position + 1] === '{') {
      this.position += 2;
      if (this.position <= this.end)
        this.frames.push({ kind: 'interpolation', start: this.position, attribute: '' });
    } else {
      this.position += frame.kind === 'quote' && at === '\\' ? 2 : 1;
    }
  }

  private closesHeredoc(tag: string): boolean {
    if (this.text[this.position - 1] !== '\n') return false;
    const lineEnd = this.text.indexOf('\n', this.position);
    const end = lineEnd < 0 ? this.text.length : lineEnd;
    if (end > this.end || this.text.slice(this.position, end).trim() !== tag) return false;
    this.frames.pop();
    this.position = end;
    return true;
  }

  private blocks(): OpenBlock[] {
    return this.frames.flatMap((frame) =>
      frame.kind === 'body' && frame.block !== undefined ? [frame.block] : [],
    );
  }

  private match(pattern: RegExp): Range | undefined {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.text)) return undefined;
    const start = this.position;
    this.position = Math.min(pattern.lastIndex, this.end);
    return { start, end: this.position };
  }

  private slice(range: Range): string {
    return this.text.slice(range.start, range.end);
  }

  private top(): Frame {
    return this.frames.at(-1) ?? { kind: 'body', block: undefined, header: undefined };
  }
}

const opening = { ')': '(', ']': '[' } as const;
