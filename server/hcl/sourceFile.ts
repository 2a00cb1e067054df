import type { PieceText } from '../text/pieces';
import type { Range } from '../text/range';
import { BodyView } from './bodies';
import { errorMessage } from './errors';
import type { FlatError, FlatItem } from './flatTree';
import { STRIDE, childrenAt, endAt, kindAt, rootsOf, startAt } from './flatTree';
import { Kind } from './kinds';
import { MAX_ERRORS } from './scanner';
import type { Body, SourceFile, SyntaxError } from './syntax';

/** A file as flat items at offsets. Items are shared between versions of a file, views of them are made when asked for. */
export class FlatSourceFile implements SourceFile {
  private view: WeakRef<Body> | undefined;
  private errorList: readonly SyntaxError[] | undefined;

  constructor(
    readonly pieces: PieceText,
    readonly items: readonly FlatItem[],
    /** The offset of each item. */
    readonly starts: readonly number[],
    /** How many items are unclosed. */
    readonly unclosed: number,
  ) {}

  /** Put together when first asked for after an edit. */
  get text(): string {
    return this.pieces.toString();
  }

  /** The same object for as long as anyone holds it; not kept otherwise, because views are many times larger. */
  get body(): Body {
    const kept = this.view?.deref();
    if (kept !== undefined) return kept;
    const body = BodyView.ofItems(this.text, this.items, this.starts);
    this.view = new WeakRef(body);
    return body;
  }

  get errors(): readonly SyntaxError[] {
    this.errorList ??= this.collectErrors();
    return this.errorList;
  }

  get comments(): readonly Range[] {
    const comments: Range[] = [];
    this.items.forEach(({ entries, first, limit }, order) => {
      const base = this.starts[order] ?? 0;
      for (let index = first; index < limit; index += STRIDE) {
        if (kindAt(entries, index) !== Kind.comment) continue;
        comments.push({ start: base + startAt(entries, index), end: base + endAt(entries, index) });
      }
    });
    return comments;
  }

  private collectErrors(): readonly SyntaxError[] {
    const errors = this.duplicates();
    this.items.forEach((item, order) => {
      const base = this.starts[order] ?? 0;
      for (const { code, start, end } of item.errors)
        errors.push({ code, start: base + start, end: base + end });
    });
    if (errors.length === 0) return NO_ERRORS;
    errors.sort((a, b) => a.start - b.start);
    return errors.slice(0, MAX_ERRORS).map((error) => this.toError(error));
  }

  private toError({ code, start, end }: FlatError): SyntaxError {
    const at = this.pieces.slice(start, Math.min(end, start + 200));
    return { code, message: errorMessage(code, at), range: { start, end } };
  }

  /** Attributes set twice at the top level: the one error that no item can find alone. */
  private duplicates(): FlatError[] {
    const seen = new Set<string>();
    const duplicates: FlatError[] = [];
    this.items.forEach((item, order) => {
      const { entries } = item;
      const base = this.starts[order] ?? 0;
      for (const root of rootsOf(item)) {
        if (kindAt(entries, root) !== Kind.attribute) continue;
        const children = childrenAt(entries, root);
        const [name, value] = [children[0] ?? root, children.at(-1) ?? root];
        const start = base + startAt(entries, name);
        const end = base + endAt(entries, name);
        const word = this.pieces.slice(start, end);
        const incomplete = children.length === 2 && kindAt(entries, value) === Kind.missing;
        if (seen.has(word) && !incomplete) duplicates.push({ code: 'duplicate-argument', start, end });
        else if (!incomplete) seen.add(word);
      }
    });
    return duplicates;
  }
}

const NO_ERRORS: readonly SyntaxError[] = [];
