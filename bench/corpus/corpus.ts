import { Random } from '../../test/hcl/random';
import { terraformFile } from './terraformFile';

/**
 * Files of a large workspace: many small, some of a hundred kilobytes, `mean` characters on average. The same seed
 * gives the same files.
 */
export function makeCorpus(seed: number, count: number, mean = 2400): string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const share = random.below(1000) / 1000;
    // One file in a hundred is large; the others are spread around three quarters of the mean.
    const length = share < 0.01 ? mean * 12 : mean * (0.2 + 1.1 * share);
    return terraformFile(random, length);
  });
}

/** One valid file of at least so many lines. */
export function longFile(seed: number, lines: number): string {
  const random = new Random(seed);
  const parts: string[] = [];
  for (let have = 0; have < lines;) {
    // The file may hold top-level arguments only once, and has none: so files can be put together.
    const part = terraformFile(random, 4000);
    parts.push(part);
    have += part.split('\n').length - 1;
  }
  return parts.join('');
}
