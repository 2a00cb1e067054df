import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { FileSource } from './model';

/** Files above this size are not read: no configuration is that long, and a wrong file must not hold the server up. */
export const largestFile = 16 * 1024 * 1024;

/** A `FileSource` over the disk as it is at each call. */
export function openDiskFiles(): FileSource {
  return { list: listDirectory, read: readText };
}

function listDirectory(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => entry.name)
      .sort();
  } catch {
    // The port's promise: what cannot be read is absent.
    return [];
  }
}

function readText(path: string): string | undefined {
  try {
    const status = statSync(path);
    if (!status.isFile() || status.size > largestFile) return undefined;
    const text = readFileSync(path, 'utf8');
    return path.endsWith('.json') ? text : withoutMark(text);
  } catch {
    return undefined;
  }
}

/** Terraform skips a byte order mark, and so do editors. In JSON it is a mistake, which the parser tells of. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
