// Cuts a small part out of Fashion-MNIST, the same number of images of every class:
//   node subset.mjs /usr/share/datasets/fashion-mnist [TRAIN_PER_CLASS] [TEST_PER_CLASS]
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const CLASSES = 10;
const [source, trainPerClass = '600', testPerClass = '100'] = process.argv.slice(2);
if (source === undefined) {
  console.error('Usage: node subset.mjs FOLDER [TRAIN_PER_CLASS] [TEST_PER_CLASS]');
  process.exit(2);
}
cut('train', Number(trainPerClass));
cut('t10k', Number(testPerClass));

/** Keeps the first images of each class, in the order in which the full set has them. */
function cut(part, perClass) {
  const imagesName = `${part}-images-idx3-ubyte.gz`;
  const labelsName = `${part}-labels-idx1-ubyte.gz`;
  const images = gunzipSync(readFileSync(path.join(source, imagesName)));
  const labels = gunzipSync(readFileSync(path.join(source, labelsName)));
  const size = images.readUInt32BE(8) * images.readUInt32BE(12);

  const seen = new Array(CLASSES).fill(0);
  const kept = [];
  for (let index = 0; index < labels.readUInt32BE(4); index++) {
    if (seen[labels[8 + index]]++ < perClass) kept.push(index);
  }
  if (kept.length !== CLASSES * perClass) throw new Error(`${imagesName} has fewer than ${perClass} images of a class`);

  write(imagesName, images, 16, kept, size);
  write(labelsName, labels, 8, kept, 1);
  console.log(`${imagesName}: ${kept.length} images`);
}

/** An IDX file is a header, whose second word is the number of items, and the items. */
function write(name, full, headerLength, kept, itemLength) {
  const header = Buffer.from(full.subarray(0, headerLength));
  header.writeUInt32BE(kept.length, 4);
  const items = kept.map((index) => full.subarray(headerLength + index * itemLength, headerLength + (index + 1) * itemLength));
  const folder = path.dirname(fileURLToPath(import.meta.url));
  writeFileSync(path.join(folder, name), gzipSync(Buffer.concat([header, ...items]), { level: 9 }));
}
