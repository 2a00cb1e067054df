import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Fingerprint, Identifiers } from '../../server/sandbox/identifiers';

const hex = (fingerprint: Fingerprint): string => fingerprint.hex(8);
const same = (id: string): string => id;

describe('identifiers of simulated objects', () => {
  it('are the same for the same object and differ for equal ones', () => {
    const first = new Identifiers(undefined);
    const again = new Identifiers(undefined);
    const made = [1, 2, 3].map(() => first.create('x_y', 'seed', hex, same));
    assert.equal(new Set(made).size, 3);
    assert.deepEqual(
      [1, 2, 3].map(() => again.create('x_y', 'seed', hex, same)),
      made,
    );
    assert.equal(first.create('other', 'seed', hex, same), made[0], 'types do not share identifiers');
  });

  it('avoid those seen in a state', () => {
    const identifiers = new Identifiers(undefined);
    const taken = new Identifiers(undefined).create('x_y', 'seed', hex, same);
    identifiers.note('x_y', taken);
    assert.notEqual(identifiers.create('x_y', 'seed', hex, same), taken);
  });

  it('may be a name, which stays', () => {
    const identifiers = new Identifiers(undefined);
    assert.equal(
      identifiers.create('bucket', 'a', () => 'data', same),
      'data',
    );
    assert.equal(
      identifiers.create('bucket', 'a', () => 'data', same),
      'data',
    );
  });

  it('are remembered from process to process, also when the note of them is damaged', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-ids-'));
    try {
      const file = path.join(folder, 'deep', 'ids.txt');
      const made = [1, 2].map(() => new Identifiers(file).create('x_y', 'seed', hex, same));
      assert.equal(new Set(made).size, 2);
      writeFileSync(file, '\0 damaged');
      assert.equal(new Identifiers(file).create('x_y', 'seed', hex, same), made[0]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('come from digits of the wanted number', () => {
    const fingerprint = new Fingerprint('x');
    assert.match(fingerprint.hex(200), /^[0-9a-f]{200}$/);
    assert.match(fingerprint.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (let limit = 1; limit < 50; limit++) assert.ok(fingerprint.number(limit) < limit);
  });
});
