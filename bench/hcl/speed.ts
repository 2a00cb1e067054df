import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from '../../server/hcl/format';
import { reparse } from '../../server/hcl/incremental';
import { parse } from '../../server/hcl/parser';
import { Random } from '../../test/hcl/random';
import { longFile, makeCorpus } from '../corpus/corpus';
import { characterLoop, countCharacters, median, quantile, race, runProcess, time } from '../measure';
import type { Options } from '../options';
import type { Row } from '../table';
import { ratioRow } from '../table';
import { TreeSitter, toTreeSitterEdit } from './treeSitter';

export interface Measurements {
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

const MEGABYTE = 1_000_000;

/** The speed table of the HCL engine. */
export async function measureSpeed(options: Options, terraform: boolean): Promise<Measurements> {
  const parts = [
    measureWarm(options),
    measureCold(options),
    await measureEdits(options),
    measureMemory(options),
    measureFormat(options, terraform),
  ];
  return { rows: parts.flatMap(({ rows }) => rows), notes: parts.flatMap(({ notes }) => notes) };
}

function measureWarm({ seed, quick }: Options): Measurements {
  const texts = makeCorpus(seed, quick ? 300 : 1000);
  const megabytes = countCharacters(texts) / MEGABYTE;
  const works = [
    () => characterLoop(texts),
    () => {
      for (const text of texts) parse(text);
    },
  ] as const;
  race(5, works);
  const [loop = NaN, full = NaN] = race(quick ? 7 : 21, works).map((each) => (megabytes / each) * 1000);
  return {
    rows: [
      {
        what: 'full parse, warm, MB/s against a character loop',
        atLeast: '1/8',
        measured: `1/${(loop / full).toFixed(1)} (${full.toFixed(0)} of ${loop.toFixed(0)} MB/s)`,
        ok: full >= loop / 8,
      },
    ],
    notes: [],
  };
}

function measureCold({ seed, quick }: Options): Measurements {
  const folder = mkdtempSync(path.join(tmpdir(), 'terratrain-bench-'));
  try {
    const rounds = quick ? 3 : 5;
    const rates = coldRates(folder, makeCorpus(seed, 5000), rounds);
    const few = coldRates(folder, makeCorpus(seed, 1000), rounds);
    const rate = ({ ours, theirs }: ColdRates): string =>
      `${ours.toFixed(1)} against ${theirs.toFixed(1)} MB/s`;
    const ratio = rates.ours / rates.theirs;
    return {
      rows: [
        ratioRow('full parse, cold process, 5,000 files, against web-tree-sitter', 6, ratio, rate(rates)),
      ],
      notes: [`Cold process, only 1,000 files: ${(few.ours / few.theirs).toFixed(1)}× (${rate(few)}).`],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface ColdRates {
  readonly ours: number;
  readonly theirs: number;
}

/** Megabytes a second in fresh processes that take turns. */
function coldRates(folder: string, texts: readonly string[], rounds: number): ColdRates {
  const file = path.join(folder, 'texts.json');
  writeFileSync(file, JSON.stringify(texts));
  const run = (engine: string): number => {
    const result = runProcess('coldProcess', [engine, file]);
    return (numberOf(result, 'characters') / MEGABYTE / numberOf(result, 'milliseconds')) * 1000;
  };
  const pairs = Array.from({ length: rounds }, () => [run('terratrain'), run('tree-sitter')] as const);
  return { ours: median(pairs.map(([own]) => own)), theirs: median(pairs.map(([, other]) => other)) };
}

interface TypedEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** One character typed or deleted somewhere, and the next time taken back, so that the file stays what it is. */
function typing(random: Random, length: number, count: number): TypedEdit[] {
  const edits: TypedEdit[] = [];
  for (let left = count / 2; left > 0; left--) {
    const start = random.below(length);
    const newText = random.pick(['x', 'a', '1', ' ', '.', '_', '=', '\n']);
    edits.push({ start, end: start, newText }, { start, end: start + 1, newText: '' });
  }
  return edits;
}

async function measureEdits({ seed, quick }: Options): Promise<Measurements> {
  const text = longFile(seed, 10_000);
  const lines = text.split('\n').length - 1;
  const edits = typing(new Random(seed), text.length, quick ? 200 : 1000);
  // Warm, as after some minutes of work; the first edits of a process are slower in both.
  ownEdits(text, edits);
  const engine = await TreeSitter.load();
  treeSitterEdits(engine, text, edits.slice(0, 100));
  const own = ownEdits(text, edits);
  const other = treeSitterEdits(engine, text, edits);
  const [ours, theirs] = [median(own.edits), median(other)];
  const ratio = ratioRow(
    'one-character edit, against web-tree-sitter',
    20,
    theirs / ours,
    `${theirs.toFixed(3)} ms`,
  );
  return {
    rows: [
      {
        what: 'one-character edit in a 10,000-line file, median',
        atLeast: '0.1 ms',
        measured: `${ours.toFixed(3)} ms (95 %: ${quantile(own.edits, 0.95).toFixed(3)} ms; ${lines} lines)`,
        ok: ours <= 0.1,
      },
      ratio,
    ],
    notes: [
      `An edit and then the whole text as one string: median ${median(own.texts).toFixed(3)} ms; a full parse of that file: ${median(own.full).toFixed(1)} ms.`,
    ],
  };
}

function ownEdits(
  text: string,
  edits: readonly TypedEdit[],
): { edits: number[]; texts: number[]; full: number[] } {
  const times: number[] = [];
  const texts: number[] = [];
  let file = parse(text);
  for (const { start, end, newText } of edits) {
    times.push(
      time(() => {
        file = reparse(file, { range: { start, end }, newText });
      }),
    );
  }
  for (const { start, end, newText } of edits.slice(0, 100)) {
    texts.push(
      time(() => {
        file = reparse(file, { range: { start, end }, newText });
        file.text.charCodeAt(0);
      }),
    );
  }
  const full = Array.from({ length: 5 }, () => time(() => parse(text)));
  return { edits: times, texts, full };
}

/** Their time holds telling the edit and parsing; the new text is ready before. */
function treeSitterEdits(engine: TreeSitter, text: string, edits: readonly TypedEdit[]): number[] {
  const times: number[] = [];
  let tree = engine.parse(text);
  let before = text;
  for (const { start, end, newText } of edits) {
    const after = before.slice(0, start) + newText + before.slice(end);
    const edit = toTreeSitterEdit(before, after, { start, end }, newText.length);
    const old = tree;
    times.push(
      time(() => {
        old.edit(edit);
        tree = engine.parse(after, old);
      }),
    );
    old.delete();
    before = after;
  }
  tree.delete();
  return times;
}

function measureMemory({ seed, quick }: Options): Measurements {
  const files = quick ? 1000 : 10_000;
  const result = runProcess('memoryProcess', [String(seed), String(files)]);
  const [bytes, sources] = [numberOf(result, 'bytes'), numberOf(result, 'sources')];
  const scale = quick ? 10 : 1;
  const megabytes = (value: number): string => `${((value * scale) / MEGABYTE).toFixed(0)} MB`;
  return {
    rows: [
      {
        what: `trees of ${files * scale} files (${megabytes(sources)}) kept in memory, sources included`,
        atLeast: '100 MB',
        measured: `${megabytes(bytes)} (${(bytes / sources).toFixed(2)}× the sources)`,
        ok: bytes * scale <= 100 * MEGABYTE,
      },
    ],
    notes: [`The process grew by ${megabytes(numberOf(result, 'resident'))} for them.`],
  };
}

function measureFormat({ seed, quick }: Options, terraform: boolean): Measurements {
  const what = 'format a 60 kB file, against one terraform fmt -';
  if (!terraform)
    return {
      rows: [{ what, atLeast: '30×', measured: 'not measured: terraform is not on PATH', ok: undefined }],
      notes: [],
    };
  const text = longFile(seed, 2000).slice(0, 62_000);
  const whole = text.slice(0, text.lastIndexOf('\n}\n') + 3);
  for (let warm = 0; warm < 20; warm++) format(whole);
  const [ours = NaN, theirs = NaN] = race(quick ? 5 : 15, [
    () => format(whole),
    () =>
      spawnSync('terraform', ['fmt', '-'], {
        input: whole,
        env: { ...process.env, CHECKPOINT_DISABLE: '1' },
      }),
  ]);
  const details = `${ours.toFixed(2)} ms against ${theirs.toFixed(0)} ms`;
  return { rows: [ratioRow(what, 30, theirs / ours, details)], notes: [] };
}

function numberOf(result: unknown, key: string): number {
  const value: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, key) : undefined;
  if (typeof value !== 'number') throw new Error(`The process did not say ${key}.`);
  return value;
}
