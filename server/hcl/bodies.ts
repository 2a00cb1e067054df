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

class AttributeView implements Attribute {
  readonly kind = 'attribute';
  readonly range: Range;
  readonly name: string;
  readonly nameRange: Range;
  private made: Expression | undefined;

  constructor(
    private readonly place: Place,
    private readonly index: number,
  ) {
    this.range = rangeAt(place, index);
    const name = childrenAt(place.entries, index).find(
      (child) => kindAt(place.entries, child) === Kind.identifier,
    );
    this.nameRange = rangeAt(place, name ?? index);
    this.name = place.text.slice(this.nameRange.start, this.nameRange.end);
  }

  get value(): Expression {
    this.made ??= this.makeValue();
    return this.made;
  }

  private makeValue(): Expression {
    const { text, base, entries } = this.place;
    const value = childrenAt(entries, this.index).findLast((child) => isExpression(kindAt(entries, child)));
    if (value === undefined)
      return { kind: 'missing', range: { start: this.range.end, end: this.range.end } };
    return buildExpression(text, base, entries, value);
  }
}

class BlockView implements Block {
  readonly kind = 'block';
  readonly range: Range;
  readonly type: string;
  readonly typeRange: Range;
  readonly labels: readonly Label[];
  readonly body: Body;
  readonly closed: boolean;

  constructor(place: Place, index: number) {
    const { text, entries } = place;
    this.range = rangeAt(place, index);
    const children = childrenAt(entries, index);
    const type = children.find((child) => kindAt(entries, child) === Kind.identifier);
    this.typeRange = rangeAt(place, type ?? index);
    this.type = text.slice(this.typeRange.start, this.typeRange.end);
    this.labels = children
      .filter(
        (child) => kindAt(entries, child) === Kind.label || kindAt(entries, child) === Kind.unclosedLabel,
      )
      .map((child) => viewLabel(place, child));
    this.closed = children.some((child) => kindAt(entries, child) === Kind.closeBrace);
    const body = children.find((child) => kindAt(entries, child) === Kind.body);
    const empty = { start: this.range.end, end: this.range.end };
    this.body =
      body === undefined
        ? new BodyView(empty, () => [])
        : new BodyView(rangeAt(place, body), () => viewItems(place, childrenAt(entries, body)));
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
