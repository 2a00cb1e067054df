import { closeSync, openSync, readSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { BlockSchema, ProviderFunction, SchemaKind } from './schema';
import { parseBlock } from './schemaText';
import { checksum, descriptionsPerChunk, formatVersion, headerLength, kindLetters } from './schemaWriter';

/** A type needs one or two chunks of descriptions; people look at a handful of types in turn. */
const keptDescriptionChunks = 12;

interface Index {
  readonly v: number;
  readonly source: string;
  readonly version: string;
  readonly nschema: number;
  readonly names: string;
  readonly pos: readonly number[];
  /** Offset from the first chunk, length, checksum. */
  readonly table: readonly (readonly [number, number, string])[];
}

/** A part of a file. @throws when it cannot be read */
export type ReadBytes = (offset: number, length: number) => Buffer;

/**
 * One open schema file: the index is unpacked on construction, everything else when it is asked for. Only what is
 * looked at is read and checked.
 */
export class SchemaFile {
  readonly version: string;
  private readonly index: Index;
  private readonly firstChunk: number;
  private readonly positions = new Map<string, { chunk: number; line: number }>();
  private readonly descriptions = new Map<number, readonly string[]>();
  /** The lines of the chunk read last: neighbours in the alphabet are often asked for together. */
  private recent: { readonly chunk: number; readonly lines: readonly string[] } | undefined;

  /**
   * @param onDamage told when descriptions turn out to be unreadable, which are then empty
   * @throws when the bytes are no schema file of a known version
   */
  constructor(
    private readonly read: ReadBytes,
    private readonly onDamage: (error: unknown) => void,
  ) {
    const header = read(0, headerLength);
    if (header.length < headerLength) throw new Error('it is no schema file');
    this.firstChunk = header.readUInt32LE(4);
    const packed = this.part(headerLength, header.readUInt32LE(0), header.toString('hex', 8));
    this.index = JSON.parse(unpack(packed)) as Index;
    if (this.index.v !== formatVersion)
      throw new Error(`format version ${String(this.index.v)} is not known`);
    this.version = this.index.version;
    const names = this.index.names.split(' ');
    let next = 0;
    this.index.pos.forEach((count, chunk) => {
      for (let line = 0; line < count; line++) {
        const name = names[next++];
        if (name !== undefined) this.positions.set(name, { chunk, line });
      }
    });
  }

  /** Sorted. */
  names(kind: Exclude<SchemaKind, 'provider'> | 'function'): readonly string[] {
    const prefix = `${kindLetters[kind]}.`;
    return [...this.positions.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  }

  /** @throws when the file is damaged */
  block(kind: SchemaKind, name: string): BlockSchema | undefined {
    const line = this.line(kind === 'provider' ? 'p' : `${kindLetters[kind]}.${name}`);
    return line === undefined ? undefined : parseBlock(copyOf(line), (number) => this.description(number));
  }

  /** @throws when the file is damaged */
  function(name: string): ProviderFunction | undefined {
    const line = this.line(`${kindLetters.function}.${name}`);
    return line === undefined ? undefined : { name, ...(JSON.parse(line) as Omit<ProviderFunction, 'name'>) };
  }

  private line(entry: string): string | undefined {
    const position = this.positions.get(entry);
    if (position === undefined) return undefined;
    const line = this.lines(position.chunk)[position.line];
    if (line === undefined) throw new Error(`the entry ${entry} is missing`);
    return line;
  }

  private lines(chunk: number): readonly string[] {
    if (this.recent?.chunk !== chunk) this.recent = { chunk, lines: this.chunk(chunk).split('\n') };
    return this.recent.lines;
  }

  private description(number: number): string {
    const chunk = this.index.nschema + Math.floor(number / descriptionsPerChunk);
    try {
      let strings = this.descriptions.get(chunk);
      if (strings === undefined) {
        strings = JSON.parse(this.chunk(chunk)) as readonly string[];
        if (this.descriptions.size >= keptDescriptionChunks) this.descriptions.clear();
        this.descriptions.set(chunk, strings);
      }
      return strings[number % descriptionsPerChunk] ?? '';
    } catch (error) {
      this.onDamage(error);
      return '';
    }
  }

  private chunk(number: number): string {
    const [offset, length, sum] = this.index.table[number] ?? [0, 0, ''];
    return unpack(this.part(this.firstChunk + offset, length, sum));
  }

  private part(offset: number, length: number, sum: string): Buffer {
    const bytes = this.read(offset, length);
    if (checksum(bytes).toString('hex') !== sum)
      throw new Error('its contents are not those that were written');
    return bytes;
  }
}

/** For contents that are in memory. */
export function fromMemory(bytes: Buffer): ReadBytes {
  return (offset, length) => bytes.subarray(offset, offset + length);
}

/** For a file that stays where it is; it is open only while a part is read. */
export function fromFile(file: string): ReadBytes {
  return (offset, length) => {
    const bytes = Buffer.alloc(length);
    const descriptor = openSync(file, 'r');
    try {
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    } finally {
      closeSync(descriptor);
    }
  };
}

/** A string of its own: a part of a chunk would keep the whole chunk in memory. */
function copyOf(line: string): string {
  return Buffer.from(line, 'latin1').toString('latin1');
}

function unpack(bytes: Buffer): string {
  return brotliDecompressSync(bytes).toString('utf8');
}
