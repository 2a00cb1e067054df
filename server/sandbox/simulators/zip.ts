import { deflateRawSync, gzipSync } from 'node:zlib';

export interface ArchiveEntry {
  /** With slashes, whatever the system. */
  readonly name: string;
  readonly contents: Buffer;
  /** Permission bits; undefined for none. */
  readonly mode: number | undefined;
}

/** 1 January 1980: the earliest moment a zip file can name, so that equal contents give equal archives. */
const zipDate = 0x21;
const utf8Names = 0x800;
const deflated = 8;
const madeOnUnix = (3 << 8) | 20;

/** A zip archive (APPNOTE.TXT 6.3), the entries in the given order. */
export function makeZip(entries: readonly ArchiveEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8');
    const packed = deflateRawSync(entry.contents, { level: 9 });
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(utf8Names, 2);
    shared.writeUInt16LE(deflated, 4);
    shared.writeUInt16LE(zipDate, 8);
    shared.writeUInt32LE(crc32(entry.contents), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(entry.contents.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(entry.mode === undefined ? 0 : ((0o100000 | entry.mode) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const version = Buffer.alloc(2);
    version.writeUInt16LE(madeOnUnix);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), version, shared, rest, name]));
    files.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, index, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const tarBlock = 512;

/** A compressed tar archive (POSIX ustar). @throws RangeError for a name of more than 100 bytes */
export function makeTarGz(entries: readonly ArchiveEntry[]): Buffer {
  const parts = entries.flatMap(({ name, contents, mode }) => {
    const header = Buffer.alloc(tarBlock);
    if (Buffer.byteLength(name) > 100) throw new RangeError(`${name} is too long for a tar archive.`);
    header.write(name, 0);
    header.write(`${(mode ?? 0o644).toString(8).padStart(7, '0')}\0`, 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${contents.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write(`        0${'\0'.repeat(100)}ustar\x0000`, 148, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const padding = Buffer.alloc((tarBlock - (contents.length % tarBlock)) % tarBlock);
    return [header, contents, padding];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * tarBlock)]), { level: 9 });
}

const table = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
