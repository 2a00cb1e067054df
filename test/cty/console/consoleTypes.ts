import type { CtyType } from '../../../server/cty/type';

/**
 * Reads what the console prints for `type(…)`: one type a line, members on lines of their own, attribute names as they
 * are, so that only the last `: ` of a line can end one.
 */
export function parseConsoleType(text: string): CtyType {
  const reader = new Reader(text.trimEnd().split('\n'));
  return reader.type(reader.line());
}

class Reader {
  private at = 0;

  constructor(private readonly lines: readonly string[]) {}

  line(): string {
    const line = this.lines[this.at];
    if (line === undefined) throw new Error(`The type ends too early: ${this.lines.join(' ')}`);
    this.at += 1;
    return line.trim();
  }

  /** `first` is the type's first line without what stands before it; the lines that follow are read as needed. */
  type(first: string): CtyType {
    const text = first.replace(/,$/, '');
    const collection = /^(list|set|map)\((.*)$/.exec(text);
    if (collection !== null) {
      const [, kind, rest = ''] = collection;
      // Of collections in one another the last closes all, on a line of its own.
      const element = rest.endsWith('(') ? rest : rest.slice(0, -1);
      return [kind as 'list' | 'set' | 'map', rest === '' ? this.element() : this.type(element)];
    }
    if (text === 'object({})') return ['object', {}];
    if (text === 'tuple([])') return ['tuple', []];
    if (text === 'object({') return ['object', this.attributes()];
    if (text === 'tuple([') return ['tuple', this.elements()];
    if (text === 'string' || text === 'number' || text === 'bool' || text === 'dynamic') return text;
    throw new Error(`No type starts with ${JSON.stringify(first)}.`);
  }

  /** A structural type inside a collection has lines of its own, and so has the bracket after it. */
  private element(): CtyType {
    const element = this.type(this.line());
    this.line();
    return element;
  }

  private attributes(): Record<string, CtyType> {
    const attributes: [string, CtyType][] = [];
    for (let line = this.line(); !line.startsWith('})'); line = this.line()) {
      const colon = line.lastIndexOf(': ');
      attributes.push([line.slice(0, colon), this.type(line.slice(colon + 2))]);
    }
    return Object.fromEntries(attributes);
  }

  private elements(): CtyType[] {
    const elements: CtyType[] = [];
    for (let line = this.line(); !line.startsWith('])'); line = this.line()) elements.push(this.type(line));
    return elements;
  }
}
