import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { format, formatEdits, formatRange } from '../../server/hcl/format';
import { applyEdits } from '../../server/text/edit';
import { LineIndex } from '../../server/text/lineIndex';
import type { Range } from '../../server/text/range';
import { Goldens } from '../support/golden';
import { ACCEPTED } from './acceptedProbes';
import { generateFile } from './generateFile';
import { mutate } from './mutate';
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
    const goldens = new Goldens('hcl/probes');
    goldens.expect(
      'formatted.txt',
      texts.map((text, order) => `${hash(text)} ${hash(expected[order] ?? '')}\n`).join(''),
    );
    goldens.expectNoOthers();
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

  it('formats lines once: the same lines again change nothing', () => {
    const random = new Random(23);
    let changed = 0;
    for (let left = 300; left > 0; left--) {
      const text = generateFile(random);
      const result = format(text);
      const count = text.split('\n').length;
      // A wrapper that is taken off may take lines with it, and another one may be under it.
      if (!result.ok || result.text.split('\n').length !== count || /"\$\{~?\s*"/.test(text)) continue;
      const [one, other] = [random.below(count), random.below(count)];
      const once = formatRange(text, lineRange(text, one, other));
      assert.ok(once.ok);
      assert.deepEqual(formatEdits(once.text, lineRange(once.text, one, other)), [], JSON.stringify(text));
      const [before, after] = [text.split('\n'), once.text.split('\n')];
      before.forEach((line, order) => {
        const inside = order >= Math.min(one, other) && order <= Math.max(one, other);
        if (!inside) assert.equal(after[order], line);
      });
      if (once.text !== text) changed++;
    }
    assert.ok(changed > 100);
  });

  it('never touches a text that does not parse, whole or in part', () => {
    const random = new Random(29);
    let broken = 0;
    for (let left = 200; left > 0; left--) {
      const text = mutate(random, generateFile(random));
      const result = format(text);
      if (result.ok) continue;
      broken++;
      assert.deepEqual(formatEdits(text), []);
      assert.deepEqual(formatEdits(text, { start: 0, end: text.length }), []);
      assert.deepEqual(formatRange(text, { start: 0, end: text.length }), result);
    }
    assert.ok(broken > 50);
  });

  /** What terraform writes, or without terraform what we write: then the recorded goldens decide. */
  function oracle(texts: readonly string[]): string[] {
    assert.ok(version !== undefined || process.env.UPDATE_GOLDENS !== '1', 'Recording needs terraform.');
    if (version === undefined) return texts.map(formatted);
    return formatAll(texts).map((verdict, order) => {
      assert.ok(verdict.accepted, JSON.stringify(texts[order]));
      return verdict.text;
    });
  }
});

function formatted(text: string): string {
  const result = format(text);
  assert.ok(result.ok, JSON.stringify(text));
  return result.text;
}

/** From the start of one line to the end of another, whichever comes first. */
function lineRange(text: string, one: number, other: number): Range {
  const lines = new LineIndex(text);
  return {
    start: lines.lineRange(Math.min(one, other)).start,
    end: lines.lineRange(Math.max(one, other)).end,
  };
}

/** The labels and comments that terraform fmt 1.11.4 deletes. */
function isDamaged(text: string): boolean {
  return /^b "[^"]*[$%]/.test(text) || text.startsWith('b /*');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
