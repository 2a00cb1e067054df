import { brotliDecompressSync } from 'node:zlib';
import { parseBlock } from './schemaText';
import type { BlockSchema, SchemaKind } from './schema';

/** The version of the file format this reader knows; the writer is `data/encode.mjs`. */
const formatVersion = 1;
const headerLength = 8;
const descriptionsPerChunk = 400;
const kindLetters = { provider: 'p', resource: 'r', data: 'd', ephemeral: 'e' } as const;

interface Index {
  readonly v: number;
  readonly source: string;
  readonly version: string;
  readonly nschema: number;
  readonly names: string;
  readonly pos: readonly number[];
  readonly table: readonly (readonly [number, number])[];
}

/** One open schema file: the index is unpacked on construction, everything else when it is asked for. */
export class SchemaFile {
  readonly version: string;
  private readonly index: Index;
  private readonly positions = new Map<string, { chunk: number; line: number }>();
  private readonly descriptions = new Map<number, readonly string[]>();
  /** The lines of the chunk read last: neighbours in the alphabet are often asked for together. */
  private recent: { readonly chunk: number; readonly lines: readonly string[] } | undefined;

  /** @throws when the bytes are no schema file of a known version */
  constructor(private readonly bytes: Buffer) {
    const length = bytes.readUInt32LE(0);
    this.index = JSON.parse(unpack(bytes.subarray(headerLength, headerLength + length))) as Index;
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

  names(kind: Exclude<SchemaKind, 'provider'>): readonly string[] {
    const prefix = `${kindLetters[kind]}.`;
    return [...this.positions.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  }

  /** @throws when the file is damaged */
  block(kind: SchemaKind, name: string): BlockSchema | undefined {
    const position = this.positions.get(kind === 'provider' ? 'p' : `${kindLetters[kind]}.${name}`);
    if (position === undefined) return undefined;
    const line = this.lines(position.chunk)[position.line];
    if (line === undefined) throw new Error(`the entry of ${name} is missing`);
    return parseBlock(line, (number) => this.description(number));
  }

  private lines(chunk: number): readonly string[] {
    if (this.recent?.chunk !== chunk) this.recent = { chunk, lines: this.chunk(chunk).split('\n') };
    return this.recent.lines;
  }

  private description(number: number): string {
    const chunk = this.index.nschema + Math.floor(number / descriptionsPerChunk);
    let strings = this.descriptions.get(chunk);
    if (strings === undefined) {
      strings = JSON.parse(this.chunk(chunk)) as readonly string[];
      this.descriptions.set(chunk, strings);
    }
    return strings[number % descriptionsPerChunk] ?? '';
  }

  private chunk(number: number): string {
    const [offset, length] = this.index.table[number] ?? [0, 0];
    const start = this.bytes.readUInt32LE(4) + offset;
    return unpack(this.bytes.subarray(start, start + length));
  }
}

function unpack(bytes: Buffer): string {
  return brotliDecompressSync(bytes).toString('utf8');
}
