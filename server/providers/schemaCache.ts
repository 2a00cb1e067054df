import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formatVersion } from './schemaWriter';

const checksumLength = 32;
/** Beyond this many files, those not used for longest go. */
const mostFiles = 100;

/**
 * Schema files of installed providers, in a folder that every workspace and process of a person shares. A file is there
 * in full or not at all; one that is damaged is reported, removed, and counts as absent.
 */
export class SchemaCache {
  constructor(
    private readonly folder: string,
    private readonly onProblem: (message: string) => void,
  ) {}

  /**
   * @param key everything on which the contents depend
   * @returns the contents as they were written
   */
  async read(name: string, key: readonly string[]): Promise<Buffer | undefined> {
    const file = this.fileOf(name, key);
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.onProblem(`The cached schema ${file} cannot be read (${messageOf(error)}). It is made again.`);
      return undefined;
    }
    try {
      const contents = bytes.subarray(0, -checksumLength);
      if (!checksum(contents).equals(bytes.subarray(-checksumLength)))
        throw new Error('its contents are not those that were written');
      const now = new Date();
      // Only for the order in which files go; a folder that may not be written to is none of a reader's concern.
      await utimes(file, now, now).catch(() => undefined);
      return contents;
    } catch (error) {
      this.onProblem(
        `The cached schema ${file} is damaged (${messageOf(error)}). It is ignored and made again.`,
      );
      await rm(file, { force: true }).catch(() => undefined);
      return undefined;
    }
  }

  /** @returns what was written, also where the folder cannot be written to */
  async write(name: string, key: readonly string[], contents: Buffer): Promise<Buffer> {
    const file = this.fileOf(name, key);
    const unfinished = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(unfinished, Buffer.concat([contents, checksum(contents)]), { mode: 0o600 });
      await rename(unfinished, file);
      await this.prune();
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      this.onProblem(
        `The schema of ${name} cannot be kept in ${this.folder} (${messageOf(error)}). It will be asked for again next time.`,
      );
    }
    return contents;
  }

  private async prune(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.tfs'));
    if (names.length <= mostFiles) return;
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.folder, name);
        return { file, used: (await stat(file)).mtimeMs };
      }),
    );
    files.sort((a, b) => b.used - a.used);
    for (const { file } of files.slice(mostFiles)) await rm(file, { force: true });
  }

  private fileOf(name: string, key: readonly string[]): string {
    const readable = name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').slice(-80);
    const hash = createHash('sha256').update(JSON.stringify([formatVersion, ...key]));
    return path.join(this.folder, `${readable}-${hash.digest('hex').slice(0, 16)}.tfs`);
  }
}

function checksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
