import type { Attribute, Block } from '../../hcl/syntax';
import { formatDocument } from '../formatting';
import { blocksOf } from '../../terraform/values';
import type { Change, FileEdit } from './codeAction';
import type { Selected } from './context';
import { chunkOf } from './chunks';

/** Formats the document. Asked for by two names: that of HashiCorp's extension is in many people's settings. */
export function formatted({ snapshot, file }: Selected): readonly Change[] {
  const edits = formatDocument(snapshot, file.path).map((edit) => ({ path: file.path, ...edit }));
  if (edits.length === 0) return [];
  const title = 'Format the document';
  return [
    { title, kind: 'source.format', edits },
    { title, kind: 'source.formatAll.terraform', edits },
  ];
}

/**
 * Sorts variables, outputs and the entries of `required_providers` by name. Each takes its comments with it, and
 * everything else keeps its place.
 */
export function sortedFile({ file }: Selected): readonly Change[] {
  const { body } = file.syntax;
  const edits = [
    ...permuted(file, named(blocksOf(body, 'variable'))),
    ...permuted(file, named(blocksOf(body, 'output'))),
    ...blocksOf(body, 'terraform')
      .flatMap((block) => blocksOf(block.body, 'required_providers'))
      .flatMap(({ body: { items } }) =>
        permuted(
          file,
          items.flatMap((item) => (item.kind === 'attribute' ? [{ name: item.name, item }] : [])),
        ),
      ),
  ];
  if (edits.length === 0) return [];
  return [{ title: 'Sort variables, outputs and required providers', kind: 'source.sort.terraform', edits }];
}

interface Named {
  readonly name: string;
  readonly item: Attribute | Block;
}

function named(blocks: readonly Block[]): Named[] {
  return blocks.map((item) => ({ name: item.labels[0]?.value ?? '', item }));
}

/** Writes the items in order of their names into the places where items stand. */
function permuted({ path, syntax }: Selected['file'], items: readonly Named[]): FileEdit[] {
  const chunks = items.map(({ name, item }) => ({ name, range: chunkOf(syntax, item.range) }));
  // Two items on one line have no places of their own.
  if (chunks.some(({ range }, index) => range.start < (chunks[index - 1]?.range.end ?? 0))) return [];
  const sorted = [...chunks].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return chunks.flatMap(({ range }, index) => {
    const { range: source } = sorted[index] ?? { range };
    const newText = syntax.text.slice(source.start, source.end);
    return source.start === range.start ? [] : [{ path, range, newText }];
  });
}
