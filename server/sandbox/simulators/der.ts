/** Writes ASN.1 in its distinguished encoding (X.690), as far as keys and certificates need it. */
export const der = {
  sequence: (...items: readonly Buffer[]) => tagged(0x30, Buffer.concat(items)),
  set: (...items: readonly Buffer[]) => tagged(0x31, Buffer.concat(items)),
  integer: (value: bigint | number) => tagged(0x02, integerBytes(BigInt(value))),
  boolean: (value: boolean) => tagged(0x01, Buffer.of(value ? 0xff : 0)),
  null: () => tagged(0x05, Buffer.alloc(0)),
  bits: (bytes: Buffer, unused = 0) => tagged(0x03, Buffer.concat([Buffer.of(unused), bytes])),
  octets: (bytes: Buffer) => tagged(0x04, bytes),
  utf8: (text: string) => tagged(0x0c, Buffer.from(text, 'utf8')),
  printable: (text: string) => tagged(0x13, Buffer.from(text, 'latin1')),
  ia5: (text: string) => tagged(0x16, Buffer.from(text, 'latin1')),
  /** Years before 2050 have two digits (RFC 5280, 4.1.2.5). */
  time: (moment: Date) => {
    const text = moment.toISOString().replace(/[-:T]|\.\d+/g, '');
    return moment.getUTCFullYear() < 2050
      ? tagged(0x17, Buffer.from(text.slice(2)))
      : tagged(0x18, Buffer.from(text));
  },
  /** Dotted numbers. */
  object: (identifier: string) => tagged(0x06, identifierBytes(identifier)),
  /** `[number]` around contents that are complete by themselves. */
  explicit: (number: number, contents: Buffer) => tagged(0xa0 | number, contents),
  /** `[number]` instead of the contents' own tag. */
  implicit: (number: number, contents: Buffer) => tagged(0x80 | number, contents),
};

/** The parts of an element that has any: each with its tag, its whole encoding and its contents. */
export function readDer(bytes: Buffer): readonly { tag: number; whole: Buffer; contents: Buffer }[] {
  const parts = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes.readUInt8(at + 1);
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
    const start = at + 2 + lengthBytes;
    parts.push({
      tag: bytes.readUInt8(at),
      whole: bytes.subarray(at, start + length),
      contents: bytes.subarray(start, start + length),
    });
    at = start + length;
  }
  return parts;
}

export function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

export function fromPem(text: string): Buffer {
  return Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}

function tagged(tag: number, contents: Buffer): Buffer {
  const { length } = contents;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), contents]);
  const digits = integerBytes(BigInt(length));
  const bytes = digits[0] === 0 ? digits.subarray(1) : digits;
  return Buffer.concat([Buffer.of(tag, 0x80 | bytes.length), bytes, contents]);
}

/** Big-endian, with a leading zero where the first bit would mean a sign. */
function integerBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function identifierBytes(identifier: string): Buffer {
  const [first = 0, second = 0, ...rest] = identifier.split('.').map(Number);
  const groups = [first * 40 + second, ...rest].map((arc) => {
    const digits = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return Buffer.from(digits);
  });
  return Buffer.concat(groups);
}
