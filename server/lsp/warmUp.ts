import { complete } from '../features/completion';
import { findDefinition } from '../features/definition';
import { hover } from '../features/hover';
import type { Block } from '../hcl/syntax';
import type { Workspace } from './workspace';

/** So many blocks of a file meet most of what there is to be answered. */
const mostBlocks = 6;

/**
 * Asks what a person is about to ask, at some places of an open document, while nobody waits: the first answers of
 * their kind compile what they run, and cost many times the later ones.
 */
export async function warmUp(workspace: Workspace, file: string): Promise<void> {
  for (const place of placesIn(workspace, file)) {
    const snapshot = workspace.snapshot();
    complete(snapshot, file, place);
    hover(snapshot, file, place);
    findDefinition(snapshot, file, place);
    // Requests and edits come in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** At the names of arguments, at the begin of their values and behind them. */
function placesIn(workspace: Workspace, file: string): readonly number[] {
  const items = workspace.snapshot().index.file(file)?.syntax.body.items ?? [];
  const blocks = items.filter((item): item is Block => item.kind === 'block').slice(0, mostBlocks);
  return blocks.flatMap((block) =>
    block.body.items.flatMap((item) =>
      item.kind === 'attribute' ? [item.nameRange.end, item.value.range.start, item.value.range.end] : [],
    ),
  );
}
