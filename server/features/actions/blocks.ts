import path from 'node:path';
import type { Block } from '../../hcl/syntax';
import { factsOf } from '../../terraform/facts';
import { isOverride } from '../../terraform/fileNames';
import type { Declaration, Module } from '../../terraform/model';
import { contains } from '../../text/range';
import type { Selected } from './context';

/**
 * The top-level blocks that a person means: those selected, or the one in whose header the cursor stands. A selection
 * inside of one block means what is selected there.
 */
export function selectedBlocks({ file, selection }: Selected): readonly Block[] {
  const { start, end } = selection;
  return file.syntax.body.items.filter(
    (item): item is Block =>
      item.kind === 'block' &&
      item.closed &&
      item.range.start <= end &&
      start <= item.body.range.start &&
      // A selection of whole lines ends where the next one begins.
      !(start < end && item.range.start === end),
  );
}

/** The override file that changes a declaration. */
export function overrideOf({ files }: Module, { address }: Declaration): string | undefined {
  const found = files.find(
    (file) => isOverride(file.path) && factsOf(file).declarations.some((each) => each.address === address),
  );
  return found === undefined ? undefined : path.basename(found.path);
}

/** What blocks of a file declare, the values in `locals` among them. */
export function declaredIn({ file }: Selected, blocks: readonly Block[]): readonly Declaration[] {
  return factsOf(file).declarations.filter(({ range }) =>
    blocks.some((block) => contains(block.range, range)),
  );
}
