import { format } from '../../server/hcl/format';
import { parse } from '../../server/hcl/parser';
import { LineIndex } from '../../server/text/lineIndex';
import { ACCEPTED } from '../../test/hcl/acceptedProbes';
import { generateFile } from '../../test/hcl/generateFile';
import { mutate } from '../../test/hcl/mutate';
import { Random } from '../../test/hcl/random';
import type { Verdict } from '../../test/hcl/terraformFmt';
import { formatAll } from '../../test/hcl/terraformFmt';
import { terraformFile } from '../corpus/terraformFile';
import type { Options } from '../options';
import type { Row } from '../table';
import { faultlessRow, shareRow } from '../table';
import { measureRecovery } from './recovery';
import type { Measurements } from './speed';

/** How many texts one terraform process gets. */
const BATCH = 2500;

/** Examples of each difference that are shown. */
const SHOWN = 5;

/** What terraform says about mutants and generated files, compared with what we say. */
export function measureDifferentials(options: Options, terraform: boolean): Measurements {
  const recovery = measureRecovery(options);
  if (!terraform) {
    const names = ['mutants', 'line of the first error', 'formatted files'];
    const rows = names.map((what): Row => {
      return { what, atLeast: '', measured: 'not measured: terraform is not on PATH', ok: undefined };
    });
    return { rows: [...rows, ...recovery.rows], notes: recovery.notes };
  }
  const parts = [compareMutants(options), compareFormatted(options), recovery];
  return { rows: parts.flatMap(({ rows }) => rows), notes: parts.flatMap(({ notes }) => notes) };
}

function compareMutants({ seed, quick }: Options): Measurements {
  const mutants = makeMutants(new Random(seed), quick ? 2000 : 20_000);
  const notes: string[] = [];
  let [falseErrors, missedErrors, rejected, sameLine] = [0, 0, 0, 0];
  const apart = new Map<string, number>();
  judge(mutants, (text, verdict) => {
    const { errors } = parse(text);
    if (verdict.accepted) {
      if (errors.length > 0 && ++falseErrors <= SHOWN) notes.push(`false error: ${JSON.stringify(text)}`);
      return;
    }
    rejected++;
    const [first] = errors;
    if (first === undefined) {
      if (++missedErrors <= SHOWN) notes.push(`missed error: ${JSON.stringify(text)}`);
      return;
    }
    const line = new LineIndex(text).positionAt(first.range.start).line + 1;
    if (line === verdict.line) sameLine++;
    else count(apart, `${verdict.title} / ${first.code}`);
  });
  const share = `${((rejected / mutants.length) * 100).toFixed(0)} % rejected by terraform`;
  return {
    rows: [
      faultlessRow(`valid mutants called wrong (${share})`, falseErrors, mutants.length),
      faultlessRow('broken mutants called valid', missedErrors, mutants.length),
      shareRow("first error on terraform's line", 0.9, sameLine, rejected),
    ],
    notes: [...notes, `Lines apart most often: ${describe(apart)}`],
  };
}

function compareFormatted({ seed, quick }: Options): Measurements {
  const texts = generateFiles(new Random(seed + 1), quick ? 500 : 5100);
  const notes: string[] = [];
  let [compared, different] = [0, 0];
  judge(texts, (text, verdict) => {
    const result = format(text);
    if (!verdict.accepted && !result.ok) return;
    compared++;
    if (verdict.accepted && result.ok && result.text === verdict.text) return;
    if (++different > SHOWN) return;
    const theirs = verdict.accepted ? verdict.text : verdict.title;
    const ours = result.ok ? result.text : result.errors[0]?.message;
    notes.push(`formatted apart: ${JSON.stringify({ text, theirs, ours })}`);
  });
  return { rows: [faultlessRow('generated files formatted to other bytes', different, compared)], notes };
}

/** Of short texts, of random ones and of realistic files, with one fault or two. */
function makeMutants(random: Random, count: number): string[] {
  const short = Object.values(ACCEPTED).flat();
  return Array.from({ length: count }, () => {
    const source = random.below(4);
    let text = short[random.below(short.length)] ?? '';
    if (source === 1) text = generateFile(random);
    else if (source > 1) text = terraformFile(random, 200 + random.below(1500));
    const once = mutate(random, text);
    return random.chance(0.2) ? mutate(random, once) : once;
  });
}

function generateFiles(random: Random, count: number): string[] {
  return Array.from({ length: count }, () =>
    random.chance(0.8) ? generateFile(random) : terraformFile(random, 200 + random.below(3000)),
  );
}

function judge(texts: readonly string[], take: (text: string, verdict: Verdict) => void): void {
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH);
    formatAll(batch).forEach((verdict, order) => {
      take(batch[order] ?? '', verdict);
    });
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function describe(counts: ReadonlyMap<string, number>): string {
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 12);
  return most.map(([key, times]) => `${key}: ${times}`).join('; ');
}
