import type { BlockSchema, Provenance, ProviderFunction, ProviderSchema, SchemaKind } from './schema';
import { SchemaFile } from './schemaFile';
import type { ReadBytes } from './schemaFile';

/** Parsed types that are kept per provider; an editor session touches far fewer. */
const keptTypes = 200;

/**
 * A provider out of its file: a type is read when it is first asked for, and the ones used last are kept.
 *
 * @param read parts of the file
 * @param onDamage told once, when a part of the file turns out to be unreadable; that part then counts as absent
 * @throws when it is no schema file at all
 */
export function lazyProviderSchema(
  read: ReadBytes,
  provenance: Provenance,
  onDamage: (error: unknown) => void,
): ProviderSchema {
  let reported = false;
  const report = (error: unknown): void => {
    if (!reported) onDamage(error);
    reported = true;
  };
  const contents = new SchemaFile(read, report);
  const names = new Map<SchemaKind, readonly string[]>();
  const types = new Map<string, BlockSchema>();
  let functions: readonly ProviderFunction[] | undefined;
  const guard = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      report(error);
      return otherwise;
    }
  };
  return {
    provenance,
    names(kind) {
      const known = names.get(kind) ?? contents.names(kind);
      names.set(kind, known);
      return known;
    },
    block(kind, name) {
      const key = `${kind} ${name}`;
      const block = types.get(key) ?? guard(() => contents.block(kind, name), undefined);
      if (block !== undefined) keepRecent(types, key, block);
      return block;
    },
    functions() {
      functions ??= guard(
        () => contents.names('function').flatMap((name) => contents.function(name) ?? []),
        [],
      );
      return functions;
    },
  };
}

/** A Map remembers the order of insertion, so the first key is the one not used for longest. */
function keepRecent(types: Map<string, BlockSchema>, key: string, block: BlockSchema): void {
  types.delete(key);
  types.set(key, block);
  if (types.size <= keptTypes) return;
  const oldest = types.keys().next();
  if (!oldest.done) types.delete(oldest.value);
}
