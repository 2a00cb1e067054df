import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

const blockSize = 512;

/**
 * The text files of an npm package, straight out of its archive, so that nothing of it has to lie unpacked on a disk
 * (the package for AWS unpacks to 600 MB).
 *
 * @param {string} file path of the `.tgz`
 * @param {(path: string) => boolean} wanted asked with the path inside the package, without the leading `package/`
 * @yields {{ path: string, text: string }} in the order of the archive
 */
export async function* readTarball(file, wanted) {
  let rest = Buffer.alloc(0);
  let current;
  for await (const part of createReadStream(file).pipe(createGunzip())) {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    for (;;) {
      if (current === undefined) {
        if (rest.length < blockSize) break;
        current = readHeader(rest.subarray(0, blockSize));
        rest = rest.subarray(blockSize);
        current.left = Math.ceil(current.size / blockSize) * blockSize;
        current.keep = current.isFile && wanted(current.path);
        current.parts = [];
      }
      const taken = rest.subarray(0, current.left);
      if (current.keep) current.parts.push(taken);
      current.left -= taken.length;
      rest = rest.subarray(taken.length);
      if (current.left > 0) break;
      if (current.keep) yield { path: current.path, text: Buffer.concat(current.parts).subarray(0, current.size).toString('utf8') };
      current = undefined;
    }
  }
}

/** The fields of a ustar header that npm uses: names are never long enough there for extended headers. */
function readHeader(block) {
  const field = (start, length) => block.subarray(start, start + length).toString('utf8').replace(/\0.*$/s, '');
  const prefix = field(345, 155);
  const type = String.fromCharCode(block[156] ?? 0);
  const name = prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`;
  return { path: name.slice(name.indexOf('/') + 1), size: parseInt(field(124, 12), 8) || 0, isFile: type === '0' || type === '\0' };
}
