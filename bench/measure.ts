import { spawnSync } from 'node:child_process';
import path from 'node:path';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The value below which the share `part` of all values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** Milliseconds that `work` takes. */
export function time(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/** The median milliseconds of several works that take turns, so that a busy machine slows all of them alike. */
export function race(rounds: number, works: readonly (() => void)[]): number[] {
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    works.forEach((work, order) => times[order]?.push(time(work)));
  }
  return times.map(median);
}

/** The least that anything reading every character costs: what an engine's speed is measured against. */
export function characterLoop(texts: readonly string[]): number {
  let hash = 0;
  for (const text of texts) {
    for (let offset = 0; offset < text.length; offset++) hash = (hash * 31 + text.charCodeAt(offset)) | 0;
  }
  return hash;
}

export function countCharacters(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

/** Collects garbage until there is none; needs `--expose-gc`, which the runner gives. */
export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('Start node with --expose-gc.');
  for (let round = 0; round < 4; round++) globalThis.gc();
}

/** What a program of the benchmark prints, run in a fresh process. `name` is its file without the extension. */
export function runProcess(name: string, args: readonly string[]): unknown {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--expose-gc', path.join(__dirname, `${name}.js`), ...args],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (status !== 0) throw new Error(`${name} failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout) as unknown;
}
