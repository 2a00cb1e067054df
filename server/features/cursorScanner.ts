import type { Range } from '../text/range';
import { expressing, isExpressionFrame, nextPart, operate, readLoopSign, readLoopWord } from './cursorFrames';
import type { BracketFrame, ExpressionFrame, Frame, Operand, TemplateFrame } from './cursorFrames';

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const namespaced = /(?:::(?:[\p{ID_Start}_][\p{ID_Continue}-]*)?)+/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const digits = /\d+/y;
const heredocStart = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const keyBefore = /([\p{ID_Start}_][\p{ID_Continue}-]*|"(?:[^"\\]|\\.)*")\s*$/u;
/** No key worth completing behind is longer. */
const longestKey = 400;

/** Reads text up to a cursor and knows what is open there. Takes time linear in `end`; never throws. */
export class CursorScanner {
  readonly frames: Frame[] = [{ kind: 'body', block: undefined, header: undefined }];
  inComment = false;
  private position = 0;

  constructor(
    readonly text: string,
    readonly end: number,
  ) {}

  run(): void {
    while (this.position < this.end) {
      const frame = this.top();
      if (frame.kind === 'quote' || frame.kind === 'heredoc') this.templateStep(frame);
      else if (!this.skipTrivia()) this.step(this.top());
    }
  }

  top(): Frame {
    return this.frames.at(-1) ?? { kind: 'body', block: undefined, header: undefined };
  }

  slice(range: Range): string {
    return this.text.slice(range.start, range.end);
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
      const isLast = lineEnd < 0 || lineEnd >= this.end;
      this.skipTo(isLast ? this.end : lineEnd, isLast);
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
    else if (frame.kind === '{' && frame.loop === undefined) {
      frame.key = undefined;
      nextPart(frame, this.position + 1);
    } else if (isExpressionFrame(frame)) frame.finished = false;
    const body = this.top();
    if (body.kind === 'body') body.header = undefined;
  }

  private step(frame: Frame): void {
    const at = this.text[this.position] ?? '';
    const name = this.match(identifier);
    if (name !== undefined) {
      if (frame.kind !== 'body') this.word(frame, name);
      else if (frame.header === undefined) frame.header = { word: name, labels: [] };
      else frame.header.labels.push({ value: this.slice(name), range: name, quoted: false, open: false });
      return;
    }
    if (isExpressionFrame(frame)) {
      if (at === '<' && this.heredoc(frame)) return;
      if (at >= '0' && at <= '9') {
        this.number(frame);
        return;
      }
    }
    this.position += 1;
    this.sign(frame, at);
  }

  private sign(frame: Frame, at: string): void {
    switch (at) {
      case '"':
        this.openQuote(frame);
        return;
      case '{':
        this.openBrace(frame);
        return;
      case ')':
      case ']':
      case '}':
        this.close(at);
        return;
      case '=':
        if (frame.kind !== 'body') break;
        this.assign(frame);
        return;
      default:
    }
    if (!isExpressionFrame(frame)) return;
    if (at === '(' || at === '[') this.openBracket(frame, at);
    else if (at === '.') this.dot(frame);
    else if (at === ',') this.comma(frame);
    else if (at === '~' && frame.fresh) return;
    else if (at === '*' && frame.operand?.pending === true) this.extend(frame.operand);
    else if (!this.entrySign(frame, at)) operate(frame, at);
    frame.fresh = false;
  }

  /** `=` and `:` between key and value, `=>` and `:` of a loop. */
  private entrySign(frame: ExpressionFrame, at: string): boolean {
    if (readLoopSign(frame, at, this.position - 1)) return true;
    const next = this.text[this.position];
    if (at === '=' && next === '>' && frame.kind === '{') {
      this.position += 1;
      frame.key = '';
      nextPart(frame, this.position);
      return true;
    }
    if (frame.kind !== '{' || frame.key !== undefined || frame.loop !== undefined) return false;
    if (at !== ':' && (at !== '=' || next === '=')) return false;
    const before = this.text.slice(Math.max(frame.start, this.position - 1 - longestKey), this.position - 1);
    frame.key = (keyBefore.exec(before)?.[1] ?? '').replace(/^"|"$/g, '');
    nextPart(frame, this.position);
    return true;
  }

  private word(frame: Exclude<Frame, { kind: 'body' }>, name: Range): void {
    if (!isExpressionFrame(frame)) return;
    const wasFresh = frame.fresh;
    frame.fresh = false;
    const text = this.slice(name);
    const operand = frame.operand;
    if (readLoopWord(frame, text, wasFresh, name.end)) {
      frame.operand = frame.loop?.phase === 'names' ? { ...name, dot: undefined, pending: false } : undefined;
      return;
    }
    if (text === 'if' && frame.loop?.phase === 'body' && frame.finished) {
      operate(frame, text);
      return;
    }
    if (operand?.pending === true) this.extend(operand);
    else {
      this.match(namespaced);
      frame.operand = { start: name.start, end: this.position, dot: undefined, pending: false };
    }
    frame.finished = true;
  }

  private number(frame: ExpressionFrame): void {
    frame.fresh = false;
    frame.finished = true;
    if (frame.operand?.pending === true) {
      this.match(digits);
      this.extend(frame.operand);
      return;
    }
    const range = this.match(number) ?? { start: this.position, end: this.position };
    frame.operand = { ...range, dot: undefined, pending: false };
  }

  private extend(operand: Operand): void {
    operand.end = this.position;
    operand.pending = false;
  }

  private dot(frame: ExpressionFrame): void {
    const { operand } = frame;
    if (operand === undefined || operand.pending) {
      operate(frame, '.');
      return;
    }
    operand.dot = this.position - 1;
    operand.pending = true;
    operand.end = this.position;
    frame.finished = false;
  }

  private comma(frame: ExpressionFrame): void {
    if (frame.loop?.phase === 'names') return;
    if (frame.kind === '(' || frame.kind === '[') frame.argument += 1;
    else if (frame.kind === '{') frame.key = undefined;
    nextPart(frame, this.position);
  }

  private assign(frame: Extract<Frame, { kind: 'body' }>): void {
    if (this.text[this.position] === '=' || this.text[this.position] === '>') {
      this.position += 1;
      return;
    }
    if (frame.header === undefined) return;
    const attribute = this.slice(frame.header.word);
    frame.header = undefined;
    this.frames.push({ kind: 'value', ...expressing(this.position), attribute, directive: false });
  }

  private openQuote(frame: Frame): void {
    const start = this.position - 1;
    if (frame.kind !== 'body') {
      if (isExpressionFrame(frame)) this.begin(frame, start);
      this.frames.push({ kind: 'quote', start: this.position, tag: '', loops: [] });
      return;
    }
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
      if (isExpressionFrame(frame)) this.openBracket(frame, '{');
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

  private openBracket(frame: ExpressionFrame, kind: BracketFrame['kind']): void {
    const at = this.position - 1;
    const { operand } = frame;
    // A call's bracket may follow a space; an index does not, since a list could be meant.
    const follows = operand !== undefined && !operand.pending && frame.finished && kind !== '{';
    const before = follows ? { start: operand.start, end: at } : undefined;
    if (before === undefined) this.begin(frame, at);
    this.frames.push({
      kind,
      ...expressing(this.position),
      call: kind === '(' && before !== undefined ? this.slice(before).trim() : undefined,
      indexed: kind === '[' ? before : undefined,
      argument: 0,
      key: undefined,
      at: this.position,
    });
  }

  /** Begins an operand that is no name. */
  private begin(frame: ExpressionFrame, start: number): void {
    frame.fresh = false;
    frame.operand = { start, end: this.position, dot: undefined, pending: false };
    frame.finished = true;
  }

  /** What was opened inside an operand is closed: the operand reaches here. */
  private finish(): void {
    const frame = this.top();
    if (!isExpressionFrame(frame) || frame.operand === undefined) return;
    frame.operand.end = this.position;
    frame.operand.dot = undefined;
    frame.finished = true;
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
        if (kind === 'interpolation') this.keepDirectiveLoop(index);
        this.frames.length = index;
        this.finish();
        return;
      }
      // Round and square brackets never reach beyond the expression they stand in.
      if (bracket !== '}' && kind !== '(' && kind !== '[') return;
    }
  }

  /** The names of `%{ for x in … }` hold until its `%{ endfor }`. */
  private keepDirectiveLoop(index: number): void {
    const frame = this.frames[index];
    const template = this.frames[index - 1];
    if (frame?.kind !== 'interpolation' || (template?.kind !== 'quote' && template?.kind !== 'heredoc'))
      return;
    if (frame.loop?.phase === 'collection') {
      frame.loop.collection.end = this.position - 1;
      frame.loop.phase = 'body';
      template.loops.push(frame.loop);
    } else if (frame.directive && /^~?\s*endfor\b/.test(this.text.slice(frame.start, this.position)))
      template.loops.pop();
  }

  private heredoc(frame: ExpressionFrame): boolean {
    heredocStart.lastIndex = this.position;
    const match = heredocStart.exec(this.text);
    if (match === null || heredocStart.lastIndex > this.end) return false;
    this.begin(frame, this.position);
    this.position = heredocStart.lastIndex;
    this.frames.push({ kind: 'heredoc', start: this.position, tag: match[1] ?? '', loops: [] });
    return true;
  }

  private templateStep(frame: TemplateFrame): void {
    const at = this.text[this.position];
    const next = this.text[this.position + 1];
    if (frame.kind === 'heredoc' && this.closesHeredoc(frame.tag)) return;
    if (frame.kind === 'quote' && (at === '"' || at === '\n')) {
      this.frames.pop();
      if (at === '"') this.position += 1;
      this.finish();
      return;
    }
    const opens = at === '$' || at === '%';
    if (opens && next === at && this.text[this.position + 2] === '{') this.position += 3;
    else if (opens && next === '{') {
      this.position += 2;
      if (this.position > this.end) return;
      const directive = at === '%';
      this.frames.push({
        kind: 'interpolation',
        ...expressing(this.position),
        attribute: '',
        directive,
      });
    } else this.position += frame.kind === 'quote' && at === '\\' ? 2 : 1;
  }

  private closesHeredoc(tag: string): boolean {
    if (this.text[this.position - 1] !== '\n') return false;
    const lineEnd = this.text.indexOf('\n', this.position);
    const end = lineEnd < 0 ? this.text.length : lineEnd;
    if (end > this.end || this.text.slice(this.position, end).trim() !== tag) return false;
    this.frames.pop();
    this.position = end;
    this.finish();
    return true;
  }

  private match(pattern: RegExp): Range | undefined {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.text)) return undefined;
    const start = this.position;
    this.position = Math.min(pattern.lastIndex, this.end);
    return { start, end: this.position };
  }
}

const opening = { ')': '(', ']': '[' } as const;
