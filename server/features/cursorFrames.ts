import type { Range } from '../text/range';
import type { OpenBlock } from './place';

/** The type and labels of a block, or the name of an argument, as far as it is read. */
export interface Header {
  readonly word: Range;
  readonly labels: {
    readonly value: string;
    readonly range: Range;
    readonly quoted: boolean;
    readonly open: boolean;
  }[];
}

export interface BodyFrame {
  readonly kind: 'body';
  readonly block: OpenBlock | undefined;
  header: Header | undefined;
}

/** A traversal, call or literal while it is read: `module.a.b[0].` */
export interface Operand {
  readonly start: number;
  end: number;
  /** Offset of its last dot. */
  dot: number | undefined;
  /** Nothing follows that dot yet. */
  pending: boolean;
}

/** `for k, v in collection :` while it is read. */
export interface LoopState {
  readonly names: string[];
  phase: 'names' | 'collection' | 'body';
  readonly collection: { start: number; end: number };
  /** Conditions inside the collection, whose colon is not the loop's. */
  questions: number;
}

interface Expressing {
  readonly start: number;
  /** The operand read last, and whether it is all there. */
  operand: Operand | undefined;
  finished: boolean;
  operator: string;
  left: Range | undefined;
  /** No word or sign was read in it yet. */
  fresh: boolean;
  loop: LoopState | undefined;
}

export interface BracketFrame extends Expressing {
  readonly kind: '(' | '[' | '{';
  readonly call: string | undefined;
  /** What is indexed, for `x[`. */
  readonly indexed: Range | undefined;
  argument: number;
  /** The current key of an object; `undefined` while the key itself is being read. */
  key: string | undefined;
  /** Where the current element, argument or entry starts. */
  at: number;
}

interface OpeningFrame extends Expressing {
  readonly kind: 'value' | 'interpolation';
  readonly attribute: string;
  /** `%{` instead of `${`. */
  readonly directive: boolean;
}

export interface TemplateFrame {
  readonly kind: 'quote' | 'heredoc';
  readonly start: number;
  readonly tag: string;
  readonly loops: LoopState[];
}

export type ExpressionFrame = BracketFrame | OpeningFrame;
export type Frame = BodyFrame | TemplateFrame | ExpressionFrame;

export function isExpressionFrame(frame: Frame | undefined): frame is ExpressionFrame {
  return frame !== undefined && frame.kind !== 'body' && frame.kind !== 'quote' && frame.kind !== 'heredoc';
}

export function expressing(start: number): Expressing {
  return {
    start,
    operand: undefined,
    finished: false,
    operator: '',
    left: undefined,
    fresh: true,
    loop: undefined,
  };
}

/** Begins the next element, argument or entry. */
export function nextPart(frame: ExpressionFrame, at: number): void {
  frame.operand = undefined;
  frame.finished = false;
  frame.operator = '';
  frame.left = undefined;
  if ('at' in frame) frame.at = at;
}

/** An operator ends the operand before it. `==` comes as two signs. */
export function operate(frame: ExpressionFrame, sign: string): void {
  if (frame.operand === undefined && !frame.finished) frame.operator += sign;
  else {
    frame.left = frame.operand && { start: frame.operand.start, end: frame.operand.end };
    frame.operator = sign;
  }
  frame.operand = undefined;
  frame.finished = false;
}

/** A word of a `for` before its collection; whether it was one. */
export function readLoopWord(frame: ExpressionFrame, word: string, wasFresh: boolean, end: number): boolean {
  const mayLoop =
    frame.kind === '[' || frame.kind === '{' || (frame.kind === 'interpolation' && frame.directive);
  if (wasFresh && mayLoop && word === 'for') {
    frame.loop = { names: [], phase: 'names', collection: { start: end, end }, questions: 0 };
    return true;
  }
  const { loop } = frame;
  if (loop?.phase !== 'names') return false;
  if (word === 'in' && loop.names.length > 0) {
    loop.phase = 'collection';
    loop.collection.start = end;
    nextPart(frame, end);
  } else loop.names.push(word);
  return true;
}

/** A sign inside a collection; whether it was the colon that ends it. */
export function readLoopSign(frame: ExpressionFrame, sign: string, at: number): boolean {
  const { loop } = frame;
  if (loop?.phase !== 'collection') return false;
  if (sign === '?') loop.questions += 1;
  if (sign !== ':') return false;
  if (loop.questions > 0) {
    loop.questions -= 1;
    return false;
  }
  loop.phase = 'body';
  loop.collection.end = at;
  nextPart(frame, at + 1);
  return true;
}
