import type { FlatItem } from './flatTree';
import { ItemParser } from './items';
import { FlatSourceFile } from './sourceFile';
import type { SourceFile } from './syntax';

/** Offsets and sizes of a tree are 32-bit, the size of a node 24-bit. */
export const MAX_LENGTH = (1 << 24) - 1024;

/**
 * The syntax tree of any text at all: never throws, never hangs, takes any depth.
 * The file has errors exactly when `terraform fmt` rejects the text, or when it is too deep or too large to be read.
 */
export function parse(text: string): SourceFile {
  return parseFile(text);
}

export function parseFile(text: string): FlatSourceFile {
  if (text.length > MAX_LENGTH) return unreadable(text);
  const parser = new ItemParser(text);
  const items: FlatItem[] = [];
  const starts: number[] = [];
  let unclosed = 0;
  let offset = 0;
  while (offset < text.length) {
    const item = parser.parseItemAt(offset, unclosed);
    items.push(item);
    starts.push(offset);
    if (item.unclosed) unclosed++;
    offset += item.length;
  }
  return new FlatSourceFile(text, items, starts);
}

function unreadable(text: string): FlatSourceFile {
  const item: FlatItem = {
    length: text.length,
    look: text.length + 1,
    entries: new Int32Array(),
    errors: [{ code: 'text-too-large', start: 0, end: 1 }],
    unclosed: false,
  };
  return new FlatSourceFile(text, [item], [0]);
}
