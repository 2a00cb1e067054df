import type { CtyType } from '../cty/type';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, Nesting } from './schema';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const nestings: Readonly<Record<string, Nesting>> = {
  l: 'list',
  s: 'set',
  m: 'map',
  o: 'single',
  g: 'group',
};
const simpleTypes: Readonly<Record<string, CtyType>> = { s: 'string', n: 'number', b: 'bool', d: 'dynamic' };
const collectionTypes: Readonly<Record<string, 'list' | 'set' | 'map'>> = { L: 'list', S: 'set', M: 'map' };

/**
 * Reads one entry of a schema file. Descriptions are looked up by number only when somebody reads them.
 * The grammar is in `data/README.md`.
 * @throws on text that does not follow it
 */
export function parseBlock(text: string, description: (number: number) => string): BlockSchema {
  const reader = new Reader(text, description);
  const block = reader.block();
  reader.end();
  return block;
}

class Reader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly description: (number: number) => string,
  ) {}

  block(): BlockSchema {
    const attributes: Record<string, AttributeSchema> = {};
    const blocks: Record<string, NestedBlockSchema> = {};
    if (this.take('*')) return { attributes, blocks, open: true };
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      const name = this.name();
      if (this.take('{')) blocks[name] = this.nestedBlock();
      else {
        this.expect(' ');
        attributes[name] = this.attribute();
      }
      if (!this.take(';')) break;
    }
    return { attributes, blocks };
  }

  end(): void {
    if (this.at !== this.text.length) this.fail('the end');
  }

  private nestedBlock(): NestedBlockSchema {
    const block = this.block();
    this.expect('}');
    const counts = { nesting: this.nesting(), minItems: this.digit(), maxItems: this.digit() };
    return { ...counts, block: this.take('!') ? { ...block, deprecated: true } : block };
  }

  private attribute(): AttributeSchema {
    const shape = this.take('N') ? { nested: this.nestedAttribute() } : { type: this.type() };
    const flags = this.digit();
    const attribute: AttributeSchema = {
      ...shape,
      ...(flags & 1 && { required: true }),
      ...(flags & 2 && { optional: true }),
      ...(flags & 4 && { computed: true }),
      ...(flags & 8 && { sensitive: true }),
      ...(flags & 16 && { deprecated: true }),
      ...(flags & 32 && { writeOnly: true }),
    };
    if (!this.take('#')) return attribute;
    const number = parseInt(this.match(/[0-9a-z]+/y, 'the number of a description'), 36);
    const description = this.description;
    return Object.defineProperty(attribute, 'description', {
      enumerable: true,
      get: () => description(number),
    });
  }

  private nestedAttribute(): NonNullable<AttributeSchema['nested']> {
    const nesting = this.nesting();
    this.expect('{');
    const { attributes } = this.block();
    this.expect('}');
    return { nesting, attributes };
  }

  private type(): CtyType {
    const letter = this.text[this.at++] ?? '';
    const simple = simpleTypes[letter];
    if (simple !== undefined) return simple;
    const collection = collectionTypes[letter];
    if (collection !== undefined) return [collection, this.type()];
    if (letter === 'O') return ['object', Object.fromEntries(this.list(() => this.member()))];
    if (letter === 'T') return ['tuple', this.list(() => this.type())];
    return this.fail('a type');
  }

  private member(): [string, CtyType] {
    const name = this.name();
    this.expect(':');
    return [name, this.type()];
  }

  private list<T>(item: () => T): T[] {
    const items: T[] = [];
    this.expect('(');
    if (this.take(')')) return items;
    do items.push(item());
    while (this.take(','));
    this.expect(')');
    return items;
  }

  private nesting(): Nesting {
    return nestings[this.text[this.at++] ?? ''] ?? this.fail('a nesting');
  }

  private digit(): number {
    const value = digits.indexOf(this.text[this.at++] ?? '?');
    return value < 0 ? this.fail('a digit') : value;
  }

  private name(): string {
    return this.match(/[a-z0-9_]+/iy, 'a name');
  }

  private match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? this.fail(what);
    this.at += found.length;
    return found;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) this.fail(`"${character}"`);
  }

  private fail(what: string): never {
    throw new Error(`${what} was expected at character ${this.at} of a schema entry`);
  }
}
