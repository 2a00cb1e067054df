import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SchemaFile } from './schemaFile';
import { toFullSource } from './sourceAddress';
import type { BlockSchema, ProviderSchema, SchemaKind, SchemaLookup } from './schema';

/** Parsed types that a lookup keeps per provider; an editor session touches far fewer. */
const keptTypes = 200;

interface ManifestEntry {
  readonly file: string;
  readonly source: string;
  readonly version: string;
  readonly sha256: string;
}

export interface BundledOptions {
  /** Told once about each file that cannot be used, in a sentence for a person. */
  readonly onProblem?: (message: string) => void;
}

/**
 * The schemas that ship with Terratrain. Nothing is read before it is needed: the manifest at the first question,
 * a provider's file at the first question about it, a type when it is asked for, descriptions when they are read.
 * A damaged file is reported and then treated as absent; the other providers go on working.
 */
export function openBundledSchemas(dataFolder: string, options: BundledOptions = {}): SchemaLookup {
  const onProblem = options.onProblem ?? (() => undefined);
  const opened = new Map<string, ProviderSchema | undefined>();
  let manifest: ReadonlyMap<string, ManifestEntry> | undefined;
  const entries = (): ReadonlyMap<string, ManifestEntry> =>
    (manifest ??= readManifest(dataFolder, onProblem));
  return {
    sources: () => [...entries().keys()],
    provider(source) {
      const address = toFullSource(source);
      const entry = entries().get(address);
      if (entry === undefined) return undefined;
      if (!opened.has(address)) opened.set(address, openProvider(dataFolder, entry, onProblem));
      return opened.get(address);
    },
  };
}

function readManifest(
  folder: string,
  onProblem: (message: string) => void,
): ReadonlyMap<string, ManifestEntry> {
  const file = path.join(folder, 'manifest.json');
  try {
    const { providers } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly providers: readonly ManifestEntry[];
    };
    return new Map(providers.map((entry) => [entry.source, entry]));
  } catch (error) {
    onProblem(
      `No bundled provider schemas: ${file} cannot be read (${messageOf(error)}). Reinstall Terratrain.`,
    );
    return new Map();
  }
}

function openProvider(
  folder: string,
  entry: ManifestEntry,
  onProblem: (message: string) => void,
): ProviderSchema | undefined {
  const file = path.join(folder, entry.file);
  try {
    const bytes = readFileSync(file);
    if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256) {
      throw new Error('its contents are not those it was shipped with');
    }
    return providerSchema(entry, new SchemaFile(bytes), file, onProblem);
  } catch (error) {
    onProblem(damaged(entry, file, error));
    return undefined;
  }
}

function providerSchema(
  entry: ManifestEntry,
  contents: SchemaFile,
  file: string,
  onProblem: (message: string) => void,
): ProviderSchema {
  const names = new Map<SchemaKind, readonly string[]>();
  const types = new Map<string, BlockSchema>();
  let reported = false;
  return {
    provenance: { source: entry.source, version: entry.version, origin: 'bundled' },
    names(kind) {
      const known = names.get(kind) ?? contents.names(kind);
      names.set(kind, known);
      return known;
    },
    block(kind, name) {
      const key = `${kind} ${name}`;
      try {
        const block = types.get(key) ?? contents.block(kind, name);
        if (block !== undefined) keepRecent(types, key, block);
        return block;
      } catch (error) {
        if (!reported) onProblem(damaged(entry, file, error));
        reported = true;
        return undefined;
      }
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

function damaged(entry: ManifestEntry, file: string, error: unknown): string {
  return `The bundled schema of ${entry.source} is not usable: ${file}: ${messageOf(error)}. Reinstall Terratrain.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
