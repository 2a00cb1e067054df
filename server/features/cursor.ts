import { isExpressionFrame } from './cursorFrames';
import type { BodyFrame, ExpressionFrame, Frame, LoopState } from './cursorFrames';
import { CursorScanner } from './cursorScanner';
import type { Loop, OpenBlock, Place, PlaceStep, ValuePlace } from './place';

/** Finds the place at `offset`. Takes time linear in `offset`; never throws, whatever the text. */
export function placeAt(text: string, offset: number): Place {
  const scanner = new CursorScanner(text, Math.max(0, Math.min(offset, text.length)));
  scanner.run();
  const blocks = scanner.frames.flatMap((frame) =>
    frame.kind === 'body' && frame.block !== undefined ? [frame.block] : [],
  );
  if (scanner.inComment) return { kind: 'text', blocks };
  const frame = scanner.top();
  if (frame.kind === 'body') return bodyPlace(scanner, frame, blocks);
  if (frame.kind === 'heredoc') return { kind: 'text', blocks };
  return valuePlace(scanner, frame, blocks);
}

function bodyPlace(scanner: CursorScanner, { header }: BodyFrame, blocks: readonly OpenBlock[]): Place {
  const { end } = scanner;
  if (header === undefined) return { kind: 'name', blocks, word: { start: end, end } };
  const touching = header.labels.at(-1);
  if (touching === undefined && header.word.end === end) return { kind: 'name', blocks, word: header.word };
  const type = scanner.slice(header.word);
  const labels = header.labels.map((label) => label.value);
  if (touching?.range.end === end && (touching.open || !touching.quoted)) {
    const word = touching.quoted ? { start: touching.range.start + 1, end } : touching.range;
    return { kind: 'label', blocks, type, labels: labels.slice(0, -1), word, quoted: touching.quoted };
  }
  return { kind: 'label', blocks, type, labels, word: { start: end, end }, quoted: false };
}

function valuePlace(
  scanner: CursorScanner,
  frame: Exclude<Frame, BodyFrame>,
  blocks: readonly OpenBlock[],
): ValuePlace {
  const around = new Around();
  for (const [index, open] of scanner.frames.entries()) around.add(open, scanner.frames[index + 1], scanner);
  const isKey =
    frame.kind === '{' &&
    frame.key === undefined &&
    frame.loop === undefined &&
    !frame.operator.includes('=');
  const own = isExpressionFrame(frame)
    ? chainOf(frame, scanner)
    : { chain: { start: frame.start, end: scanner.end }, dot: undefined, finished: false };
  const holder = isExpressionFrame(frame) ? frame : lastExpression(scanner.frames);
  const { operator, left } = holder ?? { operator: '', left: undefined };
  const { attribute, start, keys, steps, call, loops } = around;
  const begun = isExpressionFrame(frame) && frame.loop?.phase === 'names' ? frame.loop.names : undefined;
  const directive =
    frame.kind === 'interpolation' &&
    frame.directive &&
    frame.loop === undefined &&
    wordsIn(frame, scanner) <= 1;
  const kind = !isExpressionFrame(frame) ? 'string' : isKey ? 'key' : 'value';
  const base = { kind, blocks, attribute, start, keys, steps, call, loops } as const;
  return { ...base, ...own, operator, left, begun, directive };
}

/** What is collected on the way from the outermost open thing to the innermost. */
class Around {
  attribute = '';
  start = 0;
  readonly keys: string[] = [];
  readonly steps: PlaceStep[] = [];
  readonly loops: Loop[] = [];
  call: ValuePlace['call'];

  add(open: Frame, inner: Frame | undefined, scanner: CursorScanner): void {
    if (open.kind === 'body') return;
    if (open.kind === 'value') {
      this.attribute = open.attribute;
      this.start = open.start;
      return;
    }
    if (!isExpressionFrame(open)) {
      this.loops.push(...open.loops.map(toLoop));
      return;
    }
    this.step(open, inner, scanner);
    if (open.loop?.phase === 'body') this.loops.push(toLoop(open.loop));
    if (open.kind === '(' && open.call !== undefined)
      this.call = { name: open.call, argument: open.argument };
    if (open.kind === '{' && open.key !== undefined && open.loop === undefined) this.keys.push(open.key);
  }

  private step(open: ExpressionFrame, inner: Frame | undefined, scanner: CursorScanner): void {
    if (open.loop?.phase === 'collection') {
      this.steps.push({ kind: 'collection' });
      return;
    }
    switch (open.kind) {
      case '(':
        this.steps.push(
          open.call === undefined
            ? { kind: 'group' }
            : { kind: 'argument', call: open.call, index: open.argument },
        );
        return;
      case '[':
        this.steps.push(
          open.indexed === undefined
            ? { kind: 'element', index: open.argument }
            : { kind: 'index', of: open.indexed },
        );
        return;
      case '{':
        if (open.key !== undefined)
          this.steps.push({ kind: 'member', name: open.key === '' ? undefined : open.key });
        else if (inner !== undefined || open.loop !== undefined) this.steps.push({ kind: 'key' });
        return;
      case 'interpolation':
        if (!isWholeTemplate(open, scanner)) this.steps.push({ kind: 'template' });
        return;
      case 'value':
    }
  }
}

/** `"${…}"` gives what is inside, as it is, where nothing else stands in the string. */
function isWholeTemplate(open: ExpressionFrame, { text, end }: CursorScanner): boolean {
  return text[open.start - 3] === '"' && /^[^"{}\n]*\}"/.test(text.slice(end, end + 200));
}

function toLoop({ names, collection }: LoopState): Loop {
  return { names, collection: { start: collection.start, end: collection.end } };
}

function lastExpression(frames: readonly Frame[]): ExpressionFrame | undefined {
  return frames.findLast(isExpressionFrame);
}

function wordsIn(frame: ExpressionFrame, scanner: CursorScanner): number {
  return scanner.text.slice(frame.start, scanner.end).match(/[^\s~]+/g)?.length ?? 0;
}

/** The operand that ends at the cursor. */
function chainOf(
  { operand, finished }: ExpressionFrame,
  { text, end }: CursorScanner,
): Pick<ValuePlace, 'chain' | 'dot' | 'finished'> {
  const touches =
    operand !== undefined &&
    (operand.end === end || (operand.pending && text.slice(operand.end, end).trim() === ''));
  if (!touches) return { chain: { start: end, end }, dot: undefined, finished };
  const isName = operand.pending || /[\p{ID_Continue}:-]$/u.test(text.slice(operand.start, operand.end));
  const isNumber = /^\d/.test(text.slice(operand.start, operand.start + 1));
  // Behind a closing bracket or quote, and in a number, no name is being written.
  if (!isName || isNumber) return { chain: { start: end, end }, dot: undefined, finished: true };
  return { chain: { start: operand.start, end }, dot: operand.dot, finished: false };
}
