import { PieceText } from '../text/pieces';
import type { FlatItem } from './flatTree';
import type { ParsedItem } from './items';
import { ItemParser } from './items';
import { FlatSourceFile } from './sourceFile';
import type { SourceFile } from './syntax';

/** Far above what people write, far below what the memory of a process cannot hold. */
export const MAX_LENGTH = (1 << 24) - 1024;

/**
 * The syntax tree of any text at all: never throws, never hangs, takes any depth.
 * The file has errors exactly when `terraform fmt` rejects the text, or when it is too deep or too large to be read.
 */
export function parse(text: string): SourceFile {
  return parseFile(text);
}

export function parseFile(text: string): FlatSourceFile {
  return parsePieces(PieceText.of(text));
}

export function parsePieces(pieces: PieceText): FlatSourceFile {
  if (pieces.length > MAX_LENGTH) return unreadable(pieces);
  const text = pieces.toString();
  const parser = new ItemParser(text, true);
  const items: ParsedItem[] = [];
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
  return new FlatSourceFile(pieces, parser.place(items), starts, unclosed);
}

function unreadable(pieces: PieceText): FlatSourceFile {
  const item: FlatItem = {
    length: pieces.length,
    look: pieces.length + 1,
    entries: new Uint16Array(),
    first: 0,
    limit: 0,
    errors: [{ code: 'text-too-large', start: 0, end: 1 }],
    unclosed: false,
  };
  return new FlatSourceFile(pieces, [item], [0], 0);
}
