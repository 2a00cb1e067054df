import { parse } from '../../server/hcl/parser';
import type { Range } from '../../server/text/range';
import { touches } from '../../server/text/range';
import { mutate } from '../../test/hcl/mutate';
import { Random } from '../../test/hcl/random';
import { terraformFile } from '../corpus/terraformFile';
import type { Options } from '../options';
import { shareRow } from '../table';
import type { Measurements } from './speed';

/** Of files with one fault: how many of the top-level blocks that the fault is not in stay as they were. */
export function measureRecovery({ seed, quick }: Options): Measurements {
  const random = new Random(seed + 2);
  let [wanted, kept, broken, whole] = [0, 0, 0, 0];
  while (broken < (quick ? 500 : 5000)) {
    const text = terraformFile(random, 500 + random.below(3500));
    const mutant = mutate(random, text);
    if (parse(mutant).errors.length === 0 || mutant === text || text.startsWith(mutant)) continue;
    const fault = faultRange(text, mutant);
    const found = new Set(topLevelBlocks(mutant).map((range) => mutant.slice(range.start, range.end)));
    const untouched = topLevelBlocks(text).filter(
      (range) => !touches(range, fault.start) && !touches(range, fault.end),
    );
    const left = untouched.filter((range) => found.has(text.slice(range.start, range.end))).length;
    broken++;
    wanted += untouched.length;
    kept += left;
    if (left === untouched.length) whole++;
  }
  return {
    rows: [shareRow('untouched blocks that stay as they were, one fault in the file', 0.99, kept, wanted)],
    notes: [`Files that keep all of them: ${((whole / broken) * 100).toFixed(1)} %.`],
  };
}

/** What of `before` is not in `after`. */
export function faultRange(before: string, after: string): Range {
  let start = 0;
  while (start < before.length && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const longest = Math.min(before.length, after.length) - start;
  let tail = 0;
  while (
    tail < longest &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, end: before.length - tail };
}

function topLevelBlocks(text: string): Range[] {
  return parse(text).body.items.flatMap((item) => (item.kind === 'block' ? [item.range] : []));
}
