import type { Range } from '../text/range';
import { decodeQuoted } from './escapes';
import { buildExpression } from './expressionViews';
import type { Entries, FlatItem } from './flatTree';
import { childrenAt, endAt, kindAt, rootsOf, startAt } from './flatTree';
import { Kind, isExpression } from './kinds';
import type { Attribute, Block, Body, Expression, Label } from './syntax';

/** Where a view finds its entry: the entries of one item of a text. */
interface Place {
  readonly text: string;
  readonly base: number;
  readonly entries: Entries;
}

type BodyItem = Attribute | Block;

/** A body whose items are made when first asked for. */
export class BodyView implements Body {
  readonly kind = 'body';
  private made: readonly BodyItem[] | undefined;

  constructor(
    readonly range: Range,
    private readonly make: () => readonly BodyItem[],
  ) {}

  /** The body of a file. */
  static ofItems(text: string, items: readonly FlatItem[], starts: readonly number[]): BodyView {
    const make = (): BodyItem[] =>
      items.flatMap((item, order) =>
        viewItems({ text, base: starts[order] ?? 0, entries: item.entries }, rootsOf(item)),
      );
    return new BodyView({ start: 0, end: text.length }, make);
  }

  get items(): readonly BodyItem[] {
    this.made ??= this.make();
    return this.made;
  }
}

/** Ranges are made when asked for: a workspace has a hundred thousand views, and hardly any is looked at twice. */
class AttributeView implements Attribute {
  readonly kind = 'attribute';
  readonly name: string;
  private made: Expression | undefined;

  constructor(
    private readonly place: Place,
    private readonly index: number,
  ) {
    const { start, end } = this.nameRange;
    this.name = place.text.slice(start, end);
  }

  get range(): Range {
    return rangeAt(this.place, this.index);
  }

  get nameRange(): Range {
    const { entries } = this.place;
    const name = childrenAt(entries, this.index).find((child) => kindAt(entries, child) === Kind.identifier);
    return rangeAt(this.place, name ?? this.index);
  }

  get value(): Expression {
    this.made ??= this.makeValue();
    return this.made;
  }

  private makeValue(): Expression {
    const { text, base, entries } = this.place;
    const value = childrenAt(entries, this.index).findLast((child) => isExpression(kindAt(entries, child)));
    const { end } = this.range;
    if (value === undefined) return { kind: 'missing', range: { start: end, end } };
    return buildExpression(text, base, entries, value);
  }
}

class BlockView implements Block {
  readonly kind = 'block';
  readonly type: string;
  private made: Body | undefined;

  constructor(
    private readonly place: Place,
    private readonly index: number,
  ) {
    const { start, end } = this.typeRange;
    this.type = place.text.slice(start, end);
  }

  get range(): Range {
    return rangeAt(this.place, this.index);
  }

  get typeRange(): Range {
    return rangeAt(this.place, this.child((kind) => kind === Kind.identifier) ?? this.index);
  }

  get labels(): readonly Label[] {
    const { entries } = this.place;
    return childrenAt(entries, this.index)
      .filter(
        (child) => kindAt(entries, child) === Kind.label || kindAt(entries, child) === Kind.unclosedLabel,
      )
      .map((child) => viewLabel(this.place, child));
  }

  get closed(): boolean {
    return this.child((kind) => kind === Kind.closeBrace) !== undefined;
  }

  /** Kept, because what stands in it is told apart by its nodes. */
  get body(): Body {
    this.made ??= this.makeBody();
    return this.made;
  }

  private makeBody(): Body {
    const { place } = this;
    const body = this.child((kind) => kind === Kind.body);
    const { end } = this.range;
    if (body === undefined) return new BodyView({ start: end, end }, () => []);
    return new BodyView(rangeAt(place, body), () => viewItems(place, childrenAt(place.entries, body)));
  }

  private child(isWanted: (kind: number) => boolean): number | undefined {
    const { entries } = this.place;
    return childrenAt(entries, this.index).find((child) => isWanted(kindAt(entries, child)));
  }
}

function viewItems(place: Place, indices: readonly number[]): BodyItem[] {
  const items: BodyItem[] = [];
  for (const index of indices) {
    const kind = kindAt(place.entries, index);
    if (kind === Kind.attribute) items.push(new AttributeView(place, index));
    else if (kind === Kind.block) items.push(new BlockView(place, index));
  }
  return items;
}

function viewLabel(place: Place, index: number): Label {
  const range = rangeAt(place, index);
  const source = place.text.slice(range.start, range.end);
  if (!source.startsWith('"')) return { value: source, range, quoted: false };
  const open = kindAt(place.entries, index) === Kind.unclosedLabel;
  return { value: decodeQuoted(source.slice(1, open ? undefined : -1)), range, quoted: true };
}

function rangeAt({ base, entries }: Place, index: number): Range {
  return { start: base + startAt(entries, index), end: base + endAt(entries, index) };
}
