import type { Random } from './random';

const INSERTIONS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '\n',
  '=',
  ',',
  '.',
  ':',
  '?',
  '#',
  '*',
  '-',
  '\\',
  'x',
  '1',
  ' ',
  "'",
  '!',
  '${',
  '%{',
  '~}',
  '<<EOT',
  '/*',
  '...',
  '=>',
  'for',
  'if',
  '&&',
  '::',
  '\\u',
  '\n}\n',
] as const;

/** One fault at a random place: something deleted, inserted or cut off. */
export function mutate(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at);
    case 2: {
      const next = text.slice(at).search(/[^\w\s]/);
      return next < 0 ? text : text.slice(0, at + next) + text.slice(at + next + 1);
    }
    default:
      return text.slice(0, at) + random.pick(INSERTIONS) + text.slice(at);
  }
}
