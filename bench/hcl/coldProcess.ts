import { readFileSync } from 'node:fs';
import { parse } from '../../server/hcl/parser';
import { countCharacters, time } from '../measure';
import { TreeSitter } from './treeSitter';

/** Parses texts once in a process that has done nothing before: `coldProcess ENGINE FILE`, a JSON list of texts. */
async function main(): Promise<void> {
  const [engine, file = ''] = process.argv.slice(2);
  const texts = JSON.parse(readFileSync(file, 'utf8')) as string[];
  const parseOne = engine === 'terratrain' ? terratrain() : await treeSitter();
  const milliseconds = time(() => {
    for (const text of texts) parseOne(text);
  });
  process.stdout.write(JSON.stringify({ milliseconds, characters: countCharacters(texts) }));
}

function terratrain(): (text: string) => void {
  return (text) => {
    parse(text);
  };
}

async function treeSitter(): Promise<(text: string) => void> {
  const engine = await TreeSitter.load();
  return (text) => {
    engine.parse(text).delete();
  };
}

void main();
