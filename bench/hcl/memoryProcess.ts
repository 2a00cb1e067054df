import { parse } from '../../server/hcl/parser';
import type { SourceFile } from '../../server/hcl/syntax';
import { makeCorpus } from '../corpus/corpus';
import { collectGarbage } from '../measure';

/** Keeps the trees of a corpus and their texts in memory: `memoryProcess SEED FILES`. */
function main(): void {
  const [seed, count] = process.argv.slice(2).map(Number);
  // As they come from the disk: the generator's strings may share memory.
  const files = makeCorpus(seed ?? 0, count ?? 0).map((text) => Buffer.from(text));
  const kept: SourceFile[] = [];
  collectGarbage();
  const before = used();
  for (const file of files) kept.push(parse(file.toString('utf8')));
  collectGarbage();
  const after = used();
  const characters = kept.reduce((sum, { text }) => sum + text.length, 0);
  process.stdout.write(
    JSON.stringify({
      bytes: after.bytes - before.bytes,
      resident: after.resident - before.resident,
      sources: files.reduce((sum, { length }) => sum + length, 0),
      characters,
    }),
  );
}

function used(): { bytes: number; resident: number } {
  const { heapUsed, external, rss } = process.memoryUsage();
  return { bytes: heapUsed + external, resident: rss };
}

main();
