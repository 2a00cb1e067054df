import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { format, formatEdits, formatRange } from '../../server/hcl/format';
import { applyEdits } from '../../server/text/edit';
import { Goldens } from '../support/golden';
import { ACCEPTED } from './acceptedProbes';
import { generateFile } from './generateFile';
import { Random } from './random';
import { formatAll, terraformVersion } from './terraformFmt';

const FIXTURES = path.join(__dirname, 'format');
const GENERATED = 300;

describe('format', () => {
  const version = terraformVersion();

  it('writes the fixtures as terraform fmt does', () => {
    const names = fs.readdirSync(FIXTURES).sort();
    const texts = names.map((name) =>
      fs.readFileSync(path.join(FIXTURES, name), 'utf8').replace(/\r\n/g, '\n'),
    );
    const expected = oracle(texts);
    const goldens = new Goldens('hcl/formatted');
    names.forEach((name, order) => {
      goldens.expect(name, expected[order] ?? '');
      assert.equal(formatted(texts[order] ?? ''), expected[order], name);
    });
    goldens.expectNoOthers();
  });

  it('writes the short texts as terraform fmt does', () => {
    const texts = Object.values(ACCEPTED)
      .flat()
      .filter((text) => !isDamaged(text));
    const expected = oracle(texts);
    texts.forEach((text, order) => {
      assert.equal(formatted(text), expected[order], JSON.stringify(text));
    });
  });

  it(`writes ${GENERATED} generated files as terraform fmt does`, () => {
    const random = new Random(42);
    const texts = Array.from({ length: GENERATED }, () => generateFile(random)).filter(
      (text) => format(text).ok,
    );
    const expected = oracle(texts);
    texts.forEach((text, order) => {
      assert.equal(formatted(text), expected[order], JSON.stringify(text));
    });
    const goldens = new Goldens('hcl/hashes');
    goldens.expect('generated.txt', `${expected.map(hash).join('\n')}\n`);
    goldens.expectNoOthers();
  });

  it('changes nothing the second time', () => {
    const random = new Random(7);
    for (let left = 200; left > 0; left--) {
      const text = generateFile(random);
      // terraform fmt takes off one wrapper at a time: `"${"${x}"}"` needs two runs.
      if (!format(text).ok || /"\$\{~?\s*"/.test(text)) continue;
      const once = formatted(text);
      assert.equal(formatted(once), once, JSON.stringify(text));
    }
  });

  it('keeps what terraform fmt would damage', () => {
    const kept: readonly (readonly [string, string])[] = [
      ['b "50%" {}\n', 'b "50%" {}\n'],
      ['b "a$b"   {}\n', 'b "a$b" {}\n'],
      ['b "a$${b" c {}\n', 'b "a$${b" "c" {}\n'],
      ['b /* c */ "l" {}\n', 'b /* c */ "l" {}\n'],
      ['a = x[true]\n', 'a = x[true]\n'],
      ['a = x.y[ null ].z\n', 'a = x.y[null].z\n'],
      ['a = "${(b) +\n(c)}"\n', 'a = ((b) +\n(c))\n'],
      ['a = "${ b # c\n + d }"\n', 'a = (b # c\n+ d)\n'],
    ];
    for (const [before, after] of kept) {
      assert.equal(formatted(before), after);
      assert.equal(format(after).ok, true);
    }
  });

  it('keeps CR LF and drops a byte order mark', () => {
    assert.equal(formatted('\uFEFFa=1\r\nbb=2 # c\r\n'), 'a  = 1\r\nbb = 2 # c\r\n');
  });

  it('leaves a text that does not parse alone', () => {
    const result = format('a = [\n');
    assert.ok(!result.ok);
    assert.deepEqual(
      result.errors.map(({ code }) => code),
      ['unclosed-bracket'],
    );
    assert.deepEqual(formatEdits('a = [\n'), []);
  });

  it('gives edits that lead to the formatted text and touch only lines that change', () => {
    const random = new Random(11);
    for (let left = 100; left > 0; left--) {
      const text = generateFile(random);
      if (format(text).ok) assert.equal(applyEdits(text, formatEdits(text)), formatted(text));
    }
    assert.deepEqual(formatEdits('a = 1\nb  = 2\n\nc = 3\n'), [
      { range: { start: 6, end: 13 }, newText: 'b = 2\n' },
    ]);
  });

  it('formats only the lines of a range', () => {
    const text = 'a=1\n\nb=2\n\nc=3\n';
    assert.deepEqual(formatRange(text, { start: 5, end: 6 }), { ok: true, text: 'a=1\n\nb = 2\n\nc=3\n' });
    assert.deepEqual(formatRange(text, { start: 5, end: 5 }), { ok: true, text: 'a=1\n\nb = 2\n\nc=3\n' });
  });

  /** What terraform writes, or without terraform what we write: then the recorded goldens decide. */
  function oracle(texts: readonly string[]): string[] {
    assert.ok(version !== undefined || process.env.UPDATE_GOLDENS !== '1', 'Recording needs terraform.');
    if (version === undefined) return texts.map(formatted);
    return formatAll(texts).map((verdict, order) => {
      assert.notEqual(verdict, undefined, JSON.stringify(texts[order]));
      return verdict ?? '';
    });
  }
});

function formatted(text: string): string {
  const result = format(text);
  assert.ok(result.ok, JSON.stringify(text));
  return result.text;
}

/** The labels and comments that terraform fmt 1.11.4 deletes. */
function isDamaged(text: string): boolean {
  return /^b "[^"]*[$%]/.test(text) || text.startsWith('b /*');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
