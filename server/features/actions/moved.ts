import path from 'node:path';
import type { Block } from '../../hcl/syntax';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { targetOf, toTraversal } from '../../terraform/traversal';
import { attributeOf } from '../../terraform/values';
import type { Snapshot } from '../snapshot';
import type { FileEdit } from './codeAction';
import { wholeLines } from './insertion';

interface MovedBlock {
  readonly file: ConfigFile;
  readonly block: Block;
  /** Addresses of a resource or module call as a whole; `undefined` for anything else. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The `moved` blocks of a module. */
function movedBlocks(module: Module): readonly MovedBlock[] {
  return module.files.flatMap((file) =>
    file.syntax.body.items.flatMap((item) =>
      item.kind === 'block' && item.type === 'moved'
        ? [{ file, block: item, from: addressIn(item, 'from'), to: addressIn(item, 'to') }]
        : [],
    ),
  );
}

/**
 * What tells Terraform that an object is the same under its new address: a block, or one block fewer where the new
 * address is the one it was moved away from, because moves in a circle are refused.
 */
export function movedEdits(
  snapshot: Snapshot,
  module: Module,
  declaration: Declaration,
  to: string,
): FileEdit[] {
  const from = declaration.address;
  const back = movedBlocks(module).find((moved) => moved.from === to && moved.to === from);
  if (back !== undefined) {
    const range = wholeLines(back.file.syntax.text, back.block.range);
    return [{ path: back.file.path, range, newText: '' }];
  }
  return movedBlocksEdit(snapshot, module, declaration, [{ from, to }]);
}

/** Writes `moved` blocks: into moved.tf where the module has one, else behind the declaration. */
export function movedBlocksEdit(
  snapshot: Snapshot,
  module: Module,
  declaration: Declaration,
  moves: readonly { readonly from: string; readonly to: string }[],
): FileEdit[] {
  if (moves.length === 0) return [];
  const blocks = moves.map(({ from, to }) => `moved {\n  from = ${from}\n  to   = ${to}\n}`).join('\n\n');
  const own = path.join(module.directory, 'moved.tf');
  const kept = snapshot.index.files.list(module.directory).includes('moved.tf')
    ? snapshot.index.file(own)
    : undefined;
  if (kept !== undefined) {
    const at = kept.syntax.text.trimEnd().length;
    const after = kept.syntax.text.slice(at).includes('\n') ? '' : '\n';
    return [
      { path: own, range: { start: at, end: at }, newText: `${at === 0 ? '' : '\n\n'}${blocks}${after}` },
    ];
  }
  const { end } = declaration.range;
  return [{ path: declaration.file.path, range: { start: end, end }, newText: `\n\n${blocks}` }];
}

function addressIn(block: Block, name: string): string | undefined {
  const value = attributeOf(block.body, name)?.value;
  const traversal = value === undefined ? undefined : toTraversal(value);
  const target = traversal === undefined ? undefined : targetOf(traversal);
  return target === undefined || traversal?.steps.length !== target.length ? undefined : target.address;
}
