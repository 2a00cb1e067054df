import type { Attribute, Block } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { chunkOf } from './chunks';
import type { Change } from './codeAction';
import type { Selected } from './context';

/**
 * Brings a block's content into the order of Terraform's style guide: what repeats it first, then arguments, then
 * blocks, `lifecycle` and `depends_on` last. What is of one kind keeps its order, and comments stay with what they are
 * about.
 */
export function sortedArguments({ file, selection }: Selected): readonly Change[] {
  const { text } = file.syntax;
  const block = nodePathAt(file.syntax, selection.start).findLast(
    (node): node is Block => node.kind === 'block',
  );
  if (block === undefined || !block.closed || selection.end > block.range.end) return [];
  // Only at its header: inside of the body it would be in the way of everything else.
  if (selection.start > block.body.range.start) return [];
  const rank = ranking(block);
  const { items, range } = block.body;
  const ranks = items.map(rank);
  if (rank === unranked || ranks.every((each, index) => each >= (ranks[index - 1] ?? 0))) return [];
  const chunks = items.map((item, order) => ({
    item,
    order,
    range: chunkOf(file.syntax, item.range),
  }));
  if (chunks.some((chunk, index) => chunk.range.start < (chunks[index - 1]?.range.end ?? range.start)))
    return [];
  const sorted = [...chunks].sort((a, b) => rank(a.item) - rank(b.item) || a.order - b.order);
  let newText = '';
  sorted.forEach((chunk, index) => {
    const before = sorted[index - 1];
    newText += before === undefined ? '' : gapBetween(before, chunk, rank, chunks, text);
    newText += text.slice(chunk.range.start, chunk.range.end);
  });
  const [first] = chunks;
  const last = chunks.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    {
      title: 'Sort arguments and blocks as the style guide does',
      kind: 'refactor.rewrite',
      edits: [{ path: file.path, range: { start: first.range.start, end: last.range.end }, newText }],
    },
  ];
}

type Item = Attribute | Block;
type Ranking = (item: Item) => number;

interface Chunk {
  readonly item: Item;
  readonly order: number;
  readonly range: { readonly start: number; readonly end: number };
}

/** Blocks and what repeats or ends a block stand apart; neighbours of one kind keep the lines between them. */
function gapBetween(
  before: Chunk,
  chunk: Chunk,
  rank: Ranking,
  chunks: readonly Chunk[],
  text: string,
): string {
  const old = chunks[chunk.order - 1];
  const wereNeighbours = old?.order === before.order;
  const between = wereNeighbours ? text.slice(before.range.end, chunk.range.start) : '';
  if (between.trim() !== '') return between;
  const lines = between.split('\n').length - 1;
  const apart =
    rank(before.item) !== rank(chunk.item) || chunk.item.kind === 'block' || before.item.kind === 'block';
  return apart || lines > 1 ? '\n\n' : '\n';
}

const unranked: Ranking = () => 0;

const rankings: Readonly<Record<string, Ranking>> = {
  resource: ofObject,
  data: ofObject,
  ephemeral: ofObject,
  module: (item) => (nameOf(item) === 'source' ? 0 : nameOf(item) === 'version' ? 1 : 2 + ofObject(item)),
  variable: (item) => place(item, ['type', 'description', 'default', 'sensitive', 'ephemeral', 'nullable']),
  output: (item) => place(item, ['description', 'value', 'sensitive', 'ephemeral', 'depends_on']),
};

function ranking({ type }: Block): Ranking {
  return Object.hasOwn(rankings, type) ? (rankings[type] ?? unranked) : unranked;
}

function ofObject(item: Item): number {
  const name = nameOf(item);
  if (name === 'count' || name === 'for_each') return 0;
  if (name === 'provider' || name === 'providers') return 1;
  if (name === 'depends_on') return 5;
  if (name === 'lifecycle') return 4;
  return item.kind === 'attribute' ? 2 : 3;
}

function place(item: Item, order: readonly string[]): number {
  const at = order.indexOf(nameOf(item));
  if (at >= 0) return at;
  return item.kind === 'block' ? order.length + 1 : order.length;
}

function nameOf(item: Item): string {
  return item.kind === 'attribute' ? item.name : item.type;
}
