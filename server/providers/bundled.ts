import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { openKnownValues } from './knownValues';
import { lazyProviderSchema } from './lazySchema';
import type { ProviderSchema, SchemaLookup } from './schema';
import { fromFile } from './schemaFile';
import { toFullSource } from './sourceAddress';

interface ManifestEntry {
  readonly file: string;
  readonly source: string;
  readonly version: string;
  /** Length of the file. */
  readonly bytes: number;
}

export interface BundledOptions {
  /** Told once about each file that cannot be used, in a sentence for a person. */
  readonly onProblem?: (message: string) => void;
}

/**
 * The schemas that ship with Terratrain. Nothing is read before it is needed: the manifest at the first question,
 * a provider's file at the first question about it, a type when it is asked for, descriptions when they are read.
 * A damaged file, or the damaged part of one, is reported and then treated as absent; all else goes on working.
 */
export function openBundledSchemas(dataFolder: string, options: BundledOptions = {}): SchemaLookup {
  const onProblem = options.onProblem ?? (() => undefined);
  const opened = new Map<string, ProviderSchema | undefined>();
  let manifest: ReadonlyMap<string, ManifestEntry> | undefined;
  const entries = (): ReadonlyMap<string, ManifestEntry> =>
    (manifest ??= readManifest(dataFolder, onProblem));
  return {
    sources: () => [...entries().keys()],
    knownValues: openKnownValues(dataFolder, onProblem),
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
    if (statSync(file).size !== entry.bytes) throw new Error('it is not as long as it was shipped');
    const { source, version } = entry;
    return lazyProviderSchema(fromFile(file), { source, version, origin: 'bundled' }, (error) => {
      onProblem(damaged(entry, file, error));
    });
  } catch (error) {
    onProblem(damaged(entry, file, error));
    return undefined;
  }
}

function damaged(entry: ManifestEntry, file: string, error: unknown): string {
  return `The bundled schema of ${entry.source} is not usable: ${file}: ${messageOf(error)}. Reinstall Terratrain.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
