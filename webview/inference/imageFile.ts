import { element } from '../dom';

const largest = 20 * 1024 * 1024;

/**
 * A file as a PNG or JPEG `data:` URL; other formats that the browser knows become PNG. Rejects with an Error whose
 * message tells a person what to do.
 */
export async function readImage(file: File): Promise<string> {
  if (file.size > largest) throw new Error(`${file.name} has more than 20 MB; choose a smaller image.`);
  const url = await dataUrl(file);
  const image = await decode(url, file.name);
  if (file.type === 'image/png' || file.type === 'image/jpeg') return url;
  const canvas = element('canvas', { width: image.naturalWidth, height: image.naturalHeight });
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png');
}

/** The first file of something dropped or pasted. */
export function fileOf(transfer: DataTransfer | null): File | undefined {
  return [...(transfer?.files ?? [])][0];
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      if (typeof reader.result === 'string') resolve(reader.result);
    });
    reader.addEventListener('error', () => {
      reject(new Error(`${file.name} cannot be read.`));
    });
    reader.readAsDataURL(file);
  });
}

async function decode(url: string, name: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw new Error(`${name} is no image that can be opened; use PNG or JPEG.`);
  }
  return image;
}
