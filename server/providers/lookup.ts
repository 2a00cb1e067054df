import type { ProviderSchema, SchemaLookup } from './schema';

/** Answers for providers that are installed in a root module; `InstalledSchemas` is one. */
export interface InstalledLookup {
  provider(source: string, root: string): ProviderSchema | undefined;
}

/**
 * One lookup for both: what is installed in one of the directories asked about, else what is bundled. Every answer
 * carries where it comes from.
 */
export function openSchemas(from: {
  readonly bundle: SchemaLookup;
  readonly installed?: InstalledLookup | undefined;
}): SchemaLookup {
  const { bundle, installed } = from;
  return {
    sources: () => bundle.sources(),
    knownValues: (source, kind, type, path) => bundle.knownValues(source, kind, type, path),
    provider(source, directories = []) {
      for (const directory of directories) {
        const found = installed?.provider(source, directory);
        if (found !== undefined) return found;
      }
      return bundle.provider(source);
    },
  };
}
