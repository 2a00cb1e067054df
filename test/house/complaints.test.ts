import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** `VS#1`, `owner/name#2`, `LS PR#3`. */
const number = /(?:[A-Z]{2} PR#\d+|[A-Z]{2}#\d+|[\w.-]+\/[\w.-]+(?: PR)?#\d+)/g;

const rows = readFileSync(path.join(root, 'docs/complaints.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && /#\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, complaint = '', answer = '']) => ({ numbers: complaint.match(number) ?? [], answer }));

describe('the page of complaints', () => {
  it('names them all', () => {
    assert.ok(new Set(rows.flatMap(({ numbers }) => numbers)).size > 125);
  });

  it('answers each, and its tests are there', () => {
    for (const { numbers, answer } of rows) {
      assert.notEqual(answer, '', numbers.join());
      for (const [, file = ''] of answer.matchAll(/`(test\/[\w/.-]+)`/g)) {
        assert.ok(existsSync(path.join(root, file)), file);
        const titles = readFileSync(path.join(root, file), 'utf8');
        for (const each of numbers)
          assert.ok(new RegExp(`${each}\\b`).test(titles), `${each} is in no title of ${file}`);
      }
    }
  });
});
