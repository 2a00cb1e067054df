import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Digits that identify an object: the same for the same object, whoever asks and whenever. */
export class Fingerprint {
  private readonly digits: string;

  constructor(readonly seed: string) {
    this.digits = createHash('sha256').update(seed).digest('hex');
  }

  hex(length: number): string {
    let all = this.digits;
    for (let round = 1; all.length < length; round++) all += new Fingerprint(`${this.seed}\n${round}`).digits;
    return all.slice(0, length);
  }

  /** From 0 to below `limit`. `salt` gives independent numbers. */
  number(limit: number, salt = ''): number {
    const digits = new Fingerprint(`${this.seed}\n#${salt}`).digits.slice(0, 12);
    return Number.parseInt(digits, 16) % limit;
  }

  uuid(): string {
    const hex = this.hex(32);
    const variant = '89ab'[this.number(4, 'variant')] ?? '8';
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      variant + hex.slice(17, 20),
      hex.slice(20),
    ].join('-');
  }
}

/**
 * The identifiers that exist. Requests carry no resource address, so equal objects (`count`) can only be told apart by
 * counting. Kept in a file, because an apply of a saved plan may not see the objects that are already there.
 */
export class Identifiers {
  private readonly used: Set<string>;

  constructor(private readonly file: string | undefined) {
    this.used = new Set(file === undefined ? [] : readUsed(file));
  }

  /** Notes an object that Terraform knows from its state. */
  note(type: string, id: string): void {
    this.used.add(`${type} ${id}`);
  }

  /**
   * Makes an object whose identifier nobody has: `make` is called with one fingerprint after the other until `idOf` its
   * result is new. An identifier that does not depend on the fingerprint, such as a bucket's name, is taken as it is.
   */
  create<T>(type: string, seed: string, make: (fingerprint: Fingerprint) => T, idOf: (made: T) => string): T {
    let made = make(new Fingerprint(seed));
    let id = idOf(made);
    for (let count = 1; this.used.has(`${type} ${id}`); count++) {
      made = make(new Fingerprint(`${seed}\n${count}`));
      const next = idOf(made);
      if (next === id) break;
      id = next;
    }
    this.used.add(`${type} ${id}`);
    this.save();
    return made;
  }

  /** Whole or not at all; identifiers another process added in the meantime are kept. */
  private save(): void {
    if (this.file === undefined) return;
    for (const known of readUsed(this.file)) this.used.add(known);
    mkdirSync(path.dirname(this.file), { recursive: true });
    const part = `${this.file}.${process.pid}.part`;
    writeFileSync(part, JSON.stringify([...this.used].sort()));
    renameSync(part, this.file);
  }
}

function readUsed(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  } catch {
    // A damaged note of identifiers costs at most a repeated identifier in a simulation.
    return [];
  }
}
