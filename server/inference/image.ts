import * as jpeg from 'jpeg-js';
import { PNG } from 'pngjs';

/** An image as a model takes it, and what was done to it. */
export interface PreparedImage {
  /** From 0 to 1, [height, width, channels] in row-major order. */
  readonly values: Float32Array;
  /** For people: "resized 640×480 → 28×28, inverted". */
  readonly preprocessing: string;
}

export interface ImageWish {
  /** [height, width, channels]; one channel is grey, three are red, green and blue. */
  readonly input: readonly number[];
  /** Whether the model knows light things on a dark ground only; undefined when that is not known. */
  readonly lightOnDark: boolean | undefined;
}

/** The image cannot be used; the message says why, for the person who sent it. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}

/** More pixels than any camera takes: a small file can claim them and fill the memory. */
const MOST_PIXELS = 100e6;

/**
 * Decodes a PNG or JPEG to the pixels that `tf.io.decode_image` and `tf.image.resize` give, and turns dark on light into
 * light on dark for a model that was trained on the latter.
 * @throws an {@link ImageError}
 */
export function prepareImage(bytes: Uint8Array, wish: ImageWish): PreparedImage {
  const [height = 0, width = 0, channels = 0] = wish.input;
  if (wish.input.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new ImageError(
      `The model takes ${wish.input.join('×')} numbers, not an image. Send them as "instances" instead.`,
    );
  }
  const image = decode(bytes, channels);
  const steps = [...image.steps];
  let values = image.values;
  if (image.width !== width || image.height !== height) {
    values = resizeBilinear(image, channels, height, width);
    steps.push(`resized ${image.width}×${image.height} → ${width}×${height}`);
  }
  if (wish.lightOnDark === true && borderMean(values, height, width, channels) > 127.5) {
    values = values.map((value) => 255 - value);
    steps.push('inverted, because the model knows light things on a dark ground');
  }
  return {
    values: values.map((value) => value / 255),
    preprocessing: steps.length === 0 ? 'none' : steps.join(', '),
  };
}

interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** From 0 to 255, [height, width, channels]. */
  readonly values: Float32Array;
  readonly steps: readonly string[];
}

function decode(bytes: Uint8Array, channels: number): DecodedImage {
  if (bytes.length === 0) throw new ImageError('The image is empty.');
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return decodePng(bytes, channels);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return decodeJpeg(bytes, channels);
  throw new ImageError('This is neither a PNG nor a JPEG image. Convert it to one of them.');
}

function decodePng(bytes: Uint8Array, channels: number): DecodedImage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length >= 24) checkSize(buffer.readUInt32BE(16), buffer.readUInt32BE(20));
  const { width, height, data } = guarded('PNG', () => PNG.sync.read(buffer));
  const values = new Float32Array(width * height * channels);
  let transparent = false;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = data[4 * pixel + 3] ?? 255;
    transparent ||= alpha < 255;
    const onWhite = (offset: number): number => {
      const value = data[4 * pixel + offset] ?? 0;
      return alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    };
    const [red, green, blue] = [onWhite(0), onWhite(1), onWhite(2)];
    if (channels === 1) {
      // TensorFlow's own integers for .299, .587 and .114.
      values[pixel] = (9798 * red + 19235 * green + 3735 * blue) >> 15;
    } else {
      values.set([red, green, blue], 3 * pixel);
    }
  }
  return { width, height, values, steps: transparent ? ['laid on white'] : [] };
}

function decodeJpeg(bytes: Uint8Array, channels: number): DecodedImage {
  // Without the colour transform the first channel is Y, which is what decoding to grey gives.
  const options = {
    useTArray: true as const,
    formatAsRGBA: false,
    colorTransform: channels !== 1,
    maxResolutionInMP: MOST_PIXELS / 1e6,
  };
  const { width, height, data } = guarded('JPEG', () => jpeg.decode(bytes, options));
  if (channels === 3) return { width, height, values: Float32Array.from(data), steps: [] };
  const values = Float32Array.from({ length: width * height }, (_, pixel) => data[3 * pixel] ?? 0);
  return { width, height, values, steps: [] };
}

function checkSize(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  throw new ImageError(
    `The image is ${width}×${height}; more than ${MOST_PIXELS / 1e6} million pixels are not read. Make it smaller.`,
  );
}

function guarded<T>(format: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImageError(`The ${format} image is damaged and cannot be read: ${reason}.`, { cause: error });
  }
}

/** TensorFlow 2's `tf.image.resize`: bilinear, pixel centres at halves, no smoothing. */
function resizeBilinear(image: DecodedImage, channels: number, height: number, width: number): Float32Array {
  const rows = sourcePositions(image.height, height);
  const columns = sourcePositions(image.width, width);
  const { values } = image;
  const result = new Float32Array(height * width * channels);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      for (let c = 0; c < channels; c++) {
        const at = (r: number, q: number): number => values[(r * image.width + q) * channels + c] ?? 0;
        const top =
          at(row.low, column.low) + (at(row.low, column.high) - at(row.low, column.low)) * column.part;
        const bottom =
          at(row.high, column.low) + (at(row.high, column.high) - at(row.high, column.low)) * column.part;
        result[(y * width + x) * channels + c] = top + (bottom - top) * row.part;
      }
    });
  });
  return result;
}

function sourcePositions(from: number, to: number): { low: number; high: number; part: number }[] {
  return Array.from({ length: to }, (_, index) => {
    const position = ((index + 0.5) * from) / to - 0.5;
    const floor = Math.floor(position);
    return {
      low: Math.max(0, floor),
      high: Math.min(from - 1, Math.ceil(position)),
      part: position - floor,
    };
  });
}

/** Mean brightness of the outermost pixels, which show the ground. */
function borderMean(values: Float32Array, height: number, width: number, channels: number): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (row > 0 && row < height - 1 && column > 0 && column < width - 1) continue;
      for (let c = 0; c < channels; c++) sum += values[(row * width + column) * channels + c] ?? 0;
      count += channels;
    }
  }
  return sum / Math.max(1, count);
}
