/**
 * HPACK (RFC 7541), which headers of HTTP/2 are written in: everything a client may send is read, and answers are
 * written in its plainest form.
 */

/** A name in lower case and a value. */
export type HeaderField = readonly [name: string, value: string];

/** What both sides start with, and all a client may use as long as it is not told otherwise. */
const mostTableBytes = 4096;
/** Section 4.1: what an entry counts for beside its text. */
const entryOverhead = 32;

/** Reads the headers of one connection, in the order they came: each may refer to earlier ones. */
export class HeaderReader {
  /** The newest first. */
  private readonly entries: HeaderField[] = [];
  private bytes = 0;
  private capacity = mostTableBytes;

  /** @throws Error when the block is damaged; nothing can be read from the connection after that */
  read(block: Buffer): readonly HeaderField[] {
    const cursor: Cursor = { block, at: 0 };
    const fields: HeaderField[] = [];
    while (cursor.at < block.length) {
      const first = block.readUInt8(cursor.at);
      if (first >= 0x80) fields.push(this.entry(readInteger(cursor, 7)));
      else if (first >= 0x40) {
        const field = this.readLiteral(cursor, 6);
        fields.push(field);
        this.remember(field);
      } else if (first >= 0x20) {
        const capacity = readInteger(cursor, 5);
        if (capacity > mostTableBytes) throw new Error('the table of headers is larger than agreed');
        this.capacity = capacity;
        this.evict();
      } else fields.push(this.readLiteral(cursor, 4));
    }
    return fields;
  }

  private readLiteral(cursor: Cursor, prefixBits: number): HeaderField {
    const index = readInteger(cursor, prefixBits);
    const name = index === 0 ? readText(cursor) : this.entry(index)[0];
    return [name, readText(cursor)];
  }

  private entry(index: number): HeaderField {
    const field = staticEntries[index - 1] ?? this.entries[index - 1 - staticEntries.length];
    if (field === undefined) throw new Error(`there is no header number ${String(index)}`);
    return field;
  }

  private remember(field: HeaderField): void {
    this.entries.unshift(field);
    this.bytes += sizeOf(field);
    this.evict();
  }

  private evict(): void {
    while (this.bytes > this.capacity) {
      const oldest = this.entries.pop();
      if (oldest === undefined) return;
      this.bytes -= sizeOf(oldest);
    }
  }
}

/** The block for these headers, which refers to no earlier one: the same bytes fit every connection. */
export function headerBlock(fields: readonly HeaderField[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([name, value]) => {
      const known = staticEntries.findIndex((entry) => entry[0] === name && entry[1] === value);
      if (known >= 0) return [integer(0x80, 7, known + 1)];
      const named = staticEntries.findIndex((entry) => entry[0] === name);
      return [integer(0, 4, named + 1), ...(named < 0 ? plainText(name) : []), ...plainText(value)];
    }),
  );
}

interface Cursor {
  readonly block: Buffer;
  at: number;
}

function sizeOf([name, value]: HeaderField): number {
  return name.length + value.length + entryOverhead;
}

/** Section 5.1: an integer that begins in the last bits of a byte. */
function readInteger(cursor: Cursor, prefixBits: number): number {
  const most = (1 << prefixBits) - 1;
  let value = cursor.block.readUInt8(cursor.at++) & most;
  if (value < most) return value;
  for (let shift = 0; shift <= 21; shift += 7) {
    const byte = cursor.block.readUInt8(cursor.at++);
    value += (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw new Error('a number in the headers is too large');
}

function integer(mark: number, prefixBits: number, value: number): Buffer {
  const most = (1 << prefixBits) - 1;
  if (value < most) return Buffer.of(mark | value);
  const out = [mark | most];
  let rest = value - most;
  for (; rest >= 0x80; rest >>= 7) out.push((rest & 0x7f) | 0x80);
  out.push(rest);
  return Buffer.from(out);
}

function readText(cursor: Cursor): string {
  const compressed = cursor.block.readUInt8(cursor.at) >= 0x80;
  const length = readInteger(cursor, 7);
  const start = cursor.at;
  cursor.at += length;
  if (cursor.at > cursor.block.length) throw new Error('a header is longer than its block');
  const bytes = cursor.block.subarray(start, cursor.at);
  return compressed ? decompress(bytes) : bytes.toString('latin1');
}

function plainText(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  return [integer(0, 7, bytes.length), bytes];
}

/** Section 5.2, Huffman's code: codes of one length are consecutive numbers in the order of their symbols. */
function decompress(bytes: Uint8Array): string {
  const out: number[] = [];
  let code = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = (code << 1) | ((byte >> bit) & 1);
      length += 1;
      const symbols = symbolsByLength[length];
      if (symbols === undefined) throw new Error('compressed text in the headers is damaged');
      const symbol = symbols.symbols[code - symbols.first];
      if (symbol === undefined) continue;
      if (symbol === endOfText) throw new Error('compressed text in the headers ends early');
      out.push(symbol);
      code = length = 0;
    }
  }
  // The last byte is filled up with ones.
  if (length > 7 || code !== (1 << length) - 1)
    throw new Error('compressed text in the headers ends in a symbol');
  return Buffer.from(out).toString('latin1');
}

const endOfText = 256;

/** Appendix B: how many bits the code of each symbol has, in the order of the symbols, with `*` how many alike. */
const codeLengths =
  `13 23 28*7 24 30 28*2 30 28*8 30 28*9 6 10*2 12 13 6 8 11 10*2 8 11 8 6*3 5*3 6*7 7 8 15 6 12 10
  13 6 7*22 8 7 8 13 19 13 14 6 15 5 6 5 6 5 6*3 5 7*2 6*3 5 6 7 6 5*2 6 7*5 15 11 14 13 28 20 22 20*2 22*3 23 22
  23*5 24 23 24*2 22 23 24 23*4 21 22 23 22 23*2 24 22 21 20 22*2 23*2 21 23 22*2 24 21 22 23*2 21*2 22 21 23 22
  23*2 20 22*3 23 22*2 23 26*2 20 19 22 23 22 25 26*3 27*2 26 24 25 19 21 26 27*2 26 27 24 21*2 26*2 28 27*3 20 24
  20 21 22 21*2 23 22*2 25*2 24*2 26 23 26 27 26*2 27*5 28 27*5 26 30`
    .split(/\s+/)
    .flatMap((run) => {
      const [length, count = 1] = run.split('*').map(Number);
      return Array.from({ length: count }, () => length);
    });

const symbolsByLength = ((): readonly { readonly first: number; readonly symbols: readonly number[] }[] => {
  const lengths: { first: number; symbols: number[] }[] = [{ first: 0, symbols: [] }];
  for (let length = 1, first = 0; length <= 30; length++) {
    first = (first + (lengths[length - 1]?.symbols.length ?? 0)) << 1;
    const symbols = codeLengths.flatMap((each, symbol) => (each === length ? [symbol] : []));
    lengths.push({ first, symbols });
  }
  return lengths;
})();

/** Appendix A: the headers every connection knows from the start. */
const staticEntries: readonly HeaderField[] = `:authority|:method=GET|:method=POST|:path=/|:path=/index.html
:scheme=http|:scheme=https|:status=200|:status=204|:status=206|:status=304|:status=400|:status=404|:status=500
accept-charset|accept-encoding=gzip, deflate|accept-language|accept-ranges|accept|access-control-allow-origin|age
allow|authorization|cache-control|content-disposition|content-encoding|content-language|content-length
content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match|if-modified-since
if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards|proxy-authenticate
proxy-authorization|range|referer|refresh|retry-after|server|set-cookie|strict-transport-security
transfer-encoding|user-agent|vary|via|www-authenticate`
  .split(/[|\n]/)
  .map((entry) => {
    const [name = '', value = ''] = entry.split('=');
    return [name, value];
  });
