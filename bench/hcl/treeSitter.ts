import { Edit, Language, Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import type { Range } from '../../server/text/range';

/** web-tree-sitter with tree-sitter-hcl, the reference for parsing in an editor. */
export class TreeSitter {
  private constructor(private readonly parser: Parser) {}

  static async load(): Promise<TreeSitter> {
    await Parser.init();
    const grammar = require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm');
    const language = await Language.load(grammar);
    const parser = new Parser();
    parser.setLanguage(language);
    return new TreeSitter(parser);
  }

  /** The tree must be deleted by the caller, for it lives outside of the garbage collector. */
  parse(text: string, old?: Tree): Tree {
    const tree = this.parser.parse(text, old);
    if (tree === null) throw new Error('web-tree-sitter gave no tree.');
    return tree;
  }
}

/** An edit as tree-sitter wants it told; `before` and `after` are the texts around it. */
export function toTreeSitterEdit(before: string, after: string, range: Range, inserted: number): Edit {
  const end = range.start + inserted;
  return new Edit({
    startIndex: range.start,
    oldEndIndex: range.end,
    newEndIndex: end,
    startPosition: pointAt(before, range.start),
    oldEndPosition: pointAt(before, range.end),
    newEndPosition: pointAt(after, end),
  });
}

function pointAt(text: string, offset: number): { row: number; column: number } {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  let row = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) row++;
  return { row, column: offset - line };
}
