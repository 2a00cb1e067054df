import type { CtyType } from '../cty/type';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, Nesting } from './schema';
import { digits } from './schemaWriter';

const nestings: Readonly<Record<string, Nesting>> = {
  l: 'list',
  s: 'set',
  m: 'map',
  o: 'single',
  g: 'group',
};
const simpleTypes: Readonly<Record<string, CtyType>> = { s: 'string', n: 'number', b: 'bool', d: 'dynamic' };
const openBrace = 0x7b;
const closeBrace = 0x7d;
const collectionTypes: Readonly<Record<string, 'list' | 'set' | 'map'>> = { L: 'list', S: 'set', M: 'map' };

/**
 * Reads one entry of a schema file. Nested blocks are read when somebody looks inside, descriptions are looked up by
 * number when somebody reads them. The grammar is in `data/README.md`.
 * @throws on text that does not follow it, inside a nested block when that is looked at
 */
export function parseBlock(text: string, description: (number: number) => string): BlockSchema {
  const reader = new Reader(text, description);
  const block = reader.block();
  reader.end();
  return block;
}

class Reader {
  constructor(
    private readonly text: string,
    private readonly description: (number: number) => string,
    private at = 0,
  ) {}

  block(): BlockSchema {
    const attributes: Record<string, AttributeSchema> = {};
    const blocks: Record<string, NestedBlockSchema> = {};
    const block: BlockSchema = { attributes, blocks, ...(this.take('!') && { deprecated: true }) };
    this.describe(block, ';');
    if (this.take('*')) return Object.assign(block, { open: true });
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      const name = this.name();
      if (this.take('{')) blocks[name] = this.nestedBlock();
      else {
        this.expect(' ');
        attributes[name] = this.attribute();
      }
      if (!this.take(';')) break;
    }
    return block;
  }

  end(): void {
    if (this.at !== this.text.length) this.fail('the end');
  }

  /** Read to its end only when somebody looks inside: some types hold thousands of blocks. */
  private nestedBlock(): NestedBlockSchema {
    const start = this.at;
    this.skipBlock();
    const counts = { nesting: this.nesting(), minItems: this.limit(), maxItems: this.limit() };
    const { text, description } = this;
    let block: BlockSchema | undefined;
    return Object.defineProperty(counts as NestedBlockSchema, 'block', {
      enumerable: true,
      get: () => (block ??= new Reader(text, description, start).inner()),
    });
  }

  private inner(): BlockSchema {
    const block = this.block();
    this.expect('}');
    return block;
  }

  /** Goes behind the brace that closes the one just read; braces stand for nothing else in an entry. */
  private skipBlock(): void {
    for (let depth = 1; depth > 0; this.at += 1) {
      const character = this.text.charCodeAt(this.at);
      if (Number.isNaN(character)) this.fail('"}"');
      if (character === openBrace) depth += 1;
      else if (character === closeBrace) depth -= 1;
    }
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
    this.describe(attribute, '');
    return attribute;
  }

  /** Adds a description that is looked up when it is read, where one follows. */
  private describe(target: object, end: string): void {
    if (!this.take('#')) return;
    const number = parseInt(this.match(/[0-9a-z]+/y, 'the number of a description'), 36);
    if (end !== '') this.expect(end);
    const description = this.description;
    Object.defineProperty(target, 'description', { enumerable: true, get: () => description(number) });
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

  private limit(): number {
    if (!this.take('_')) return this.digit();
    const count = Number(this.match(/[0-9]+/y, 'a number'));
    this.expect('.');
    return count;
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
