import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Texts that a test expects, kept as files so that a person can look at them. `UPDATE_GOLDENS=1` writes them anew. */
export class Goldens {
  readonly #folder: string;
  readonly #used = new Set<string>();

  /** @param room Name of the folder in `test/golden/`. */
  constructor(room: string) {
    this.#folder = path.join(__dirname, '..', 'golden', room);
  }

  /** Fails where the text differs and where there is no such golden. */
  expect(name: string, actual: string): void {
    this.#used.add(name);
    const file = path.join(this.#folder, name);
    if (process.env.UPDATE_GOLDENS === '1') {
      fs.mkdirSync(this.#folder, { recursive: true });
      fs.writeFileSync(file, actual);
      return;
    }
    assert.ok(
      fs.existsSync(file),
      `There is no golden ${file}; look at the text and run with UPDATE_GOLDENS=1.`,
    );
    assert.equal(actual, fs.readFileSync(file, 'utf8').replace(/\r\n/g, '\n'));
  }

  /** Call it last: a golden that no test expects is a leftover. */
  expectNoOthers(): void {
    const unused = fs.readdirSync(this.#folder).filter((name) => !this.#used.has(name));
    if (process.env.UPDATE_GOLDENS === '1') {
      for (const name of unused) fs.rmSync(path.join(this.#folder, name));
      return;
    }
    assert.deepEqual(unused, []);
  }
}
