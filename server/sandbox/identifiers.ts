import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
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
 * counting. Kept in a file, one to a line, because an apply of a saved plan may not see the objects that are already there.
 */
export class Identifiers {
  private readonly used: Set<string>;
  /** Where counting goes on for equal objects, so that the hundredth does not begin at the first. */
  private readonly counts = new Map<string, number>();

  constructor(private readonly file: string | undefined) {
    if (file !== undefined) mkdirSync(path.dirname(file), { recursive: true });
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
    let count = this.counts.get(`${type}\n${seed}`) ?? 0;
    const next = (): T => make(new Fingerprint(count === 0 ? seed : `${seed}\n${count}`));
    let made = next();
    for (let id = idOf(made); this.used.has(`${type} ${id}`); id = idOf(made)) {
      count += 1;
      made = next();
      if (idOf(made) === id) break;
    }
    this.counts.set(`${type}\n${seed}`, count + 1);
    const id = idOf(made);
    this.used.add(`${type} ${id}`);
    if (this.file !== undefined) appendFileSync(this.file, `${type} ${id}\n`);
    return made;
  }
}

function readUsed(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}
