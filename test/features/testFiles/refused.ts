import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A test file that `terraform test` 1.11.4 refuses for the module in module.ts, and the code of what must be said. */
export interface Refused {
  readonly name: string;
  readonly code: string;
  readonly text: string;
}

/** The files of refused.txt, each under a line `=== what is wrong: code`. */
export function readRefused(): readonly Refused[] {
  const drawn = readFileSync(path.join(__dirname, 'refused.txt'), 'utf8').replaceAll('\r\n', '\n');
  return drawn
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      const [name = '', code = ''] = part.slice(0, end).split(': ');
      return { name, code, text: part.slice(end + 1) };
    });
}
