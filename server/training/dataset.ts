import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readIdx } from './idx';
import type { TrainSpec } from './trainSpec';

/** Images with a label each; pixels are bytes, [count, height, width, channels] in row-major order. */
export interface LabelledImages {
  readonly count: number;
  /** [height, width, channels] */
  readonly shape: readonly [number, number, number];
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

export interface Dataset {
  readonly train: LabelledImages;
  /** The end of the training images, never trained on; none without `validationSplit`. */
  readonly validation: LabelledImages | undefined;
  /** Held out: measured once, at the end. */
  readonly test: LabelledImages;
}

/**
 * Reads the data set of a spec whose `data.path` is absolute.
 * @throws an Error whose message names the file, what is wrong and what to do
 */
export function loadDataset(spec: TrainSpec): Dataset {
  const { data } = spec;
  if (!existsSync(data.path)) {
    throw new Error(
      `There is no folder ${data.path}. Correct "data.path" in the spec, or name a folder with --data.`,
    );
  }
  const all = firstOf(loadPair(spec, data.trainImages, data.trainLabels), data.limit);
  const test = loadTestImages(spec);
  const held = Math.floor(all.count * spec.validationSplit);
  return {
    train: part(all, 0, all.count - held),
    validation: held === 0 ? undefined : part(all, all.count - held, all.count),
    test,
  };
}

/** Only the images held out, of a spec whose `data.path` is absolute. */
export function loadTestImages(spec: TrainSpec): LabelledImages {
  return firstOf(loadPair(spec, spec.data.testImages, spec.data.testLabels), spec.data.testLimit);
}

/**
 * The spec with the folder that its run trains on in `data.path`: the full data set where `data.use` and this machine
 * allow it.
 * @throws an Error when the full set is asked for and not there
 */
export function chooseData(spec: TrainSpec): TrainSpec {
  const { full, use } = spec.data;
  if (use === 'path') return spec;
  if (full !== undefined && existsSync(full)) return { ...spec, data: { ...spec.data, path: full } };
  if (use === 'auto') return spec;
  throw new Error(
    full === undefined
      ? 'The full data set is asked for, but "data.full" in the spec does not say where it is.'
      : `The full data set is not in ${full}. Install it there, or name its folder with --data PATH.`,
  );
}

/** The folder of the data: absolute, or relative to the folder of the spec. */
export function dataFolder(specFile: string, folder: string): string {
  return path.resolve(path.dirname(specFile), folder);
}

/**
 * Copies the pixels of some images, as numbers from 0 to 1, into `target`, and their labels into `labels`.
 * @param indexes which images, in the order wanted
 */
export function gather(
  images: LabelledImages,
  indexes: Uint32Array,
  target: Float32Array,
  labels: Float32Array,
): void {
  const [height, width, channels] = images.shape;
  const size = height * width * channels;
  indexes.forEach((index, position) => {
    const from = index * size;
    const to = position * size;
    for (let pixel = 0; pixel < size; pixel++) target[to + pixel] = (images.pixels[from + pixel] ?? 0) / 255;
    labels[position] = images.labels[index] ?? 0;
  });
}

/**
 * Whether the images are light things on a dark ground, as MNIST's, judged by their borders. A photograph with the
 * opposite polarity has to be inverted before such a model can recognize anything.
 */
export function isLightOnDark(images: LabelledImages): boolean {
  const [height, width, channels] = images.shape;
  let sum = 0;
  let seen = 0;
  for (let image = 0; image < Math.min(images.count, 500); image++) {
    for (let row = 0; row < height; row++) {
      const whole = row === 0 || row === height - 1;
      for (let column = 0; column < width; column += whole || width === 1 ? 1 : width - 1) {
        sum += images.pixels[((image * height + row) * width + column) * channels] ?? 0;
        seen++;
      }
    }
  }
  return sum / Math.max(1, seen) < 96;
}

function loadPair(spec: TrainSpec, imagesName: string, labelsName: string): LabelledImages {
  const imagesFile = find(spec.data.path, imagesName);
  const labelsFile = find(spec.data.path, labelsName);
  const images = readIdx(readFileSync(imagesFile), imagesFile);
  const labels = readIdx(readFileSync(labelsFile), labelsFile);

  const [count = 0, height = 0, width = 0, channels = 1] = images.shape;
  if (images.shape.length < 3 || images.shape.length > 4) {
    throw new Error(
      `${imagesFile} holds ${images.shape.length} dimensions; images have 3 or 4. Are labels and images swapped?`,
    );
  }
  const wanted = spec.model.input;
  if (height !== wanted[0] || width !== wanted[1] || channels !== wanted[2]) {
    throw new Error(
      `The images of ${imagesFile} are ${height}×${width}×${channels}, but "model.input" is ${wanted.join('×')}. ` +
        `Set "input": [${height}, ${width}, ${channels}], or use other images.`,
    );
  }
  if (labels.values.length !== count) {
    throw new Error(
      `${labelsFile} holds ${labels.values.length} labels for the ${count} images of ${imagesFile}.`,
    );
  }
  const largest = labels.values.reduce((most, label) => Math.max(most, label), 0);
  if (largest >= spec.data.classes.length) {
    throw new Error(
      `${labelsFile} holds the label ${largest}, but "data.classes" names ${spec.data.classes.length} classes (labels 0 to ` +
        `${spec.data.classes.length - 1}). Add the missing names.`,
    );
  }
  return { count, shape: [height, width, channels], pixels: images.values, labels: labels.values };
}

/** The file in the folder, with or without `.gz`. */
function find(folder: string, name: string): string {
  const names = name.endsWith('.gz') ? [name, name.slice(0, -3)] : [name, `${name}.gz`];
  const found = names.map((each) => path.join(folder, each)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Error(
    `There is no ${names.join(' or ')} in ${folder}. Copy it there, or name a folder that has it by "data.path" in the spec or by --data.`,
  );
}

function firstOf(images: LabelledImages, limit: number | undefined): LabelledImages {
  return limit === undefined || limit >= images.count ? images : part(images, 0, limit);
}

function part(images: LabelledImages, from: number, to: number): LabelledImages {
  const size = images.shape[0] * images.shape[1] * images.shape[2];
  return {
    count: to - from,
    shape: images.shape,
    pixels: images.pixels.subarray(from * size, to * size),
    labels: images.labels.subarray(from, to),
  };
}
