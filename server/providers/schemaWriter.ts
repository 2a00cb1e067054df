import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { CtyType } from '../cty/type';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, ProviderFunction, SchemaKind } from './schema';

/** Raised when a reader of an older version would misread the file. */
export const formatVersion = 3;
/** Two lengths and the checksum of the index. */
export const headerLength = 16;
export const descriptionsPerChunk = 400;
export const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
export const kindLetters = {
  provider: 'p',
  resource: 'r',
  data: 'd',
  ephemeral: 'e',
  function: 'f',
} as const;

const chunkCharacters = 65_536;
const nestingLetters = { list: 'l', set: 's', map: 'm', single: 'o', group: 'g' } as const;
const simpleLetters = { string: 's', number: 'n', bool: 'b', dynamic: 'd' } as const;
const collectionLetters = { list: 'L', set: 'S', map: 'M' } as const;
const compress = promisify(brotliCompress);

export interface WriterOptions {
  /** Of brotli: 11 for what ships, less where somebody waits. */
  readonly quality: number;
}

interface Entry {
  readonly name: string;
  readonly line: string;
}

/**
 * Packs one provider into a seekable file; the format is described in `data/README.md`. The same entries in the same
 * order give the same bytes. An entry is turned into text as it is added, so that a large provider never stands in memory
 * as objects.
 */
export class SchemaWriter {
  private readonly entries: Entry[] = [];
  private readonly descriptions = new Map<string, number>();

  constructor(
    private readonly provenance: {
      readonly source: string;
      readonly version: string;
      readonly package?: string;
    },
  ) {}

  /** How many entries there are so far. */
  get size(): number {
    return this.entries.length;
  }

  /** `name` is ignored for kind `provider`. */
  addBlock(kind: SchemaKind, name: string, block: BlockSchema): void {
    const line = this.block(block);
    this.entries.push({ name: kind === 'provider' ? 'p' : `${kindLetters[kind]}.${name}`, line });
  }

  addFunction(definition: ProviderFunction): void {
    const { name, ...rest } = definition;
    this.entries.push({ name: `${kindLetters.function}.${name}`, line: JSON.stringify(rest) });
  }

  /** The file. Compresses beside the event loop. */
  async toBytes({ quality }: WriterOptions): Promise<Buffer> {
    const entries = [...this.entries].sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
    const { texts, sizes } = chunkLines(entries.map((entry) => entry.line));
    const strings = [...this.descriptions.keys()];
    for (let at = 0; at < strings.length; at += descriptionsPerChunk) {
      texts.push(JSON.stringify(strings.slice(at, at + descriptionsPerChunk)));
    }
    const chunks: Buffer[] = [];
    for (const text of texts) chunks.push(await pack(text, quality));
    const table: [number, number, string][] = [];
    let offset = 0;
    for (const chunk of chunks) {
      table.push([offset, chunk.length, checksum(chunk).toString('hex')]);
      offset += chunk.length;
    }
    const index = {
      v: formatVersion,
      ...this.provenance,
      nschema: sizes.length,
      names: entries.map((entry) => entry.name).join(' '),
      pos: sizes,
      table,
    };
    const packedIndex = await pack(JSON.stringify(index), quality);
    const header = Buffer.alloc(headerLength);
    header.writeUInt32LE(packedIndex.length, 0);
    header.writeUInt32LE(headerLength + packedIndex.length, 4);
    checksum(packedIndex).copy(header, 8);
    return Buffer.concat([header, packedIndex, ...chunks]);
  }

  private block(block: BlockSchema): string {
    const head = `${block.deprecated === true ? '!' : ''}${this.description(block.description, ';')}`;
    if (block.open === true) return `${head}*`;
    const attributes = this.attributes(block.attributes);
    const blocks = sorted(block.blocks).map(([name, nested]) => this.nested(name, nested));
    return head + [...attributes, ...blocks].join(';');
  }

  private nested(name: string, { nesting, minItems, maxItems, block }: NestedBlockSchema): string {
    return `${name}{${this.block(block)}}${nestingLetters[nesting]}${limit(minItems)}${limit(maxItems)}`;
  }

  private attributes(group: Readonly<Record<string, AttributeSchema>>): string[] {
    return sorted(group).map(([name, attribute]) => `${name} ${this.attribute(attribute)}`);
  }

  private attribute(attribute: AttributeSchema): string {
    const flags =
      (attribute.required === true ? 1 : 0) |
      (attribute.optional === true ? 2 : 0) |
      (attribute.computed === true ? 4 : 0) |
      (attribute.sensitive === true ? 8 : 0) |
      (attribute.deprecated === true ? 16 : 0) |
      (attribute.writeOnly === true ? 32 : 0);
    const { nested } = attribute;
    const shape =
      nested === undefined
        ? typeText(attribute.type ?? 'dynamic')
        : `N${nestingLetters[nested.nesting]}{${this.attributes(nested.attributes).join(';')}}`;
    return `${shape}${digits.charAt(flags)}${this.description(attribute.description)}`;
  }

  private description(text: string | undefined, end = ''): string {
    if (text === undefined || text === '') return '';
    const known = this.descriptions.get(text);
    const number = known ?? this.descriptions.size;
    if (known === undefined) this.descriptions.set(text, number);
    return `#${number.toString(36)}${end}`;
  }
}

/** Eight bytes: against disks that fail, not against people who forge. */
export function checksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, 8);
}

function order(entry: Entry): number {
  return 'prdef'.indexOf(entry.name.charAt(0));
}

function chunkLines(lines: readonly string[]): {
  readonly texts: string[];
  readonly sizes: readonly number[];
} {
  const texts: string[] = [];
  const sizes: number[] = [];
  let current: string[] = [];
  let length = 0;
  const flush = (): void => {
    if (current.length === 0) return;
    texts.push(current.join('\n'));
    sizes.push(current.length);
    current = [];
    length = 0;
  };
  for (const line of lines) {
    current.push(line);
    length += line.length + 1;
    if (length > chunkCharacters) flush();
  }
  flush();
  return { texts, sizes };
}

function pack(text: string, quality: number): Promise<Buffer> {
  return compress(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
}

function typeText(type: CtyType): string {
  if (typeof type === 'string') return simpleLetters[type];
  switch (type[0]) {
    case 'object':
      return `O(${sorted(type[1])
        .map(([name, each]) => `${name}:${typeText(each)}`)
        .join(',')})`;
    case 'tuple':
      return `T(${type[1].map(typeText).join(',')})`;
    default:
      return collectionLetters[type[0]] + typeText(type[1]);
  }
}

/** One digit; what it cannot hold stands in decimal digits between "_" and ".". */
function limit(count: number): string {
  return count < digits.length - 1 ? digits.charAt(count) : `_${count}.`;
}

function sorted<T>(group: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1));
}
