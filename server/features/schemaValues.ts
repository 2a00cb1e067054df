import type { KnownValue, SchemaKind } from '../providers/schema';
import type { Module } from '../terraform/model';
import { chosenProvider, impliedProvider, sourceOf } from '../terraform/providerSource';
import type { BlockHeader } from './bodyRules';
import type { Snapshot } from './snapshot';

const schemaKinds: ReadonlySet<string> = new Set<SchemaKind>(['resource', 'data', 'ephemeral', 'provider']);

/** The values that a provider's argument inside `blocks` is known to take; `path` leads to a member of its value. */
export function schemaValues(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly BlockHeader[],
  name: string,
  path: readonly string[],
): readonly KnownValue[] {
  const at = blocks.findIndex(({ type }) => isSchemaKind(type));
  const top = blocks[at];
  if (top === undefined || !isSchemaKind(top.type)) return [];
  const type = top.labels[0] ?? '';
  const chosen = top.node === undefined ? undefined : chosenProvider(top.node);
  const local = chosen ?? (top.type === 'provider' ? type : impliedProvider(type));
  const names = [...nestedNames(blocks.slice(at + 1)), name, ...path];
  return snapshot.schemas.knownValues(sourceOf(local, module), top.type, type, names);
}

/** The names of nested blocks; a `dynamic` one stands for the block that its label names. */
function nestedNames(blocks: readonly BlockHeader[]): string[] {
  return blocks.flatMap((block, index) => {
    if (block.type === 'dynamic') return block.labels[0] === undefined ? [] : [block.labels[0]];
    return block.type === 'content' && blocks[index - 1]?.type === 'dynamic' ? [] : [block.type];
  });
}

function isSchemaKind(type: string): type is SchemaKind {
  return schemaKinds.has(type);
}
