import { gunzipSync } from 'node:zlib';

/** Numbers as an IDX file holds them: a shape and bytes in row-major order. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** Type code of unsigned bytes, the only one that images and labels use. */
const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file (the format of MNIST), plain or gzip: two zero bytes, a type, the number of dimensions, a
 * big-endian word for each, then the values.
 * @param file the name to put in messages
 * @throws an Error whose message says what is wrong with the file
 */
export function readIdx(bytes: Uint8Array, file: string): IdxArray {
  const plain = isGzip(bytes) ? unzip(bytes, file) : bytes;
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  if (plain.length < 8 || view.getUint16(0) !== 0) {
    throw new Error(`${file} is not an IDX file: it does not start with two zero bytes.`);
  }
  if (view.getUint8(2) !== UNSIGNED_BYTE) {
    throw new Error(
      `${file} holds values of IDX type 0x${view.getUint8(2).toString(16)}; only unsigned bytes (0x8) are read.`,
    );
  }
  const dimensions = view.getUint8(3);
  const start = 4 + 4 * dimensions;
  if (plain.length < start) throw new Error(`${file} ends inside its header.`);
  const shape = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const expected = shape.reduce((product, size) => product * size, 1);
  if (plain.length - start !== expected) {
    throw new Error(
      `${file} says ${shape.join('×')} = ${expected} values, but holds ${plain.length - start}. Copy the file again.`,
    );
  }
  return { shape, values: plain.subarray(start) };
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unzip(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be unpacked: ${reason}. Copy the file again.`, { cause: error });
  }
}
