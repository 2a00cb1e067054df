import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { lazyProviderSchema } from './lazySchema';
import type { LockedProvider } from './lockFile';
import { readLockFile } from './lockFile';
import type { ProviderSchema } from './schema';
import { SchemaCache } from './schemaCache';
import { readSchemaDump } from './schemaDump';
import { fromMemory } from './schemaFile';
import { SchemaWriter } from './schemaWriter';
import { isInstalled, makeScratch } from './scratch';
import { toFullSource } from './sourceAddress';

/** Somebody may be waiting, and the file stays on this machine. */
const cacheQuality = 5;

export interface InstalledOptions {
  /** Shared by all workspaces of a person. */
  readonly cacheFolder: string;
  /** What answers, with its version: `terraform 1.11.4`. Another program may tell more, so it is part of cache keys. */
  readonly program: string;
  /**
   * Runs `providers schema -json` of that program in a directory and gives its standard output as it comes. Must fail
   * with a sentence for a person when the program does. The person's configuration of the command line must not reach
   * it, because what is asked for is exactly what the lock file names: `terraform.rc` in the directory takes its place.
   */
  readonly run: (directory: string, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  /** Where Terraform keeps the providers of a root module: `.terraform` in it, unless TF_DATA_DIR says otherwise. */
  readonly dataDirectory?: (root: string) => string;
  /** Told in a sentence for a person. */
  readonly onProblem?: (message: string) => void;
}

/** What is known of one root module. */
interface Root {
  /** Changes when another answer is to be expected. */
  readonly key: string;
  readonly providers: ReadonlyMap<string, ProviderSchema>;
}

/**
 * The schemas of the providers that `init` has installed in root modules. They are asked for once per provider version
 * and then come from the cache. Questions are answered from what is known at the moment; `refresh` brings it up to date.
 */
export class InstalledSchemas {
  private readonly cache: SchemaCache;
  private readonly roots = new Map<string, Root>();
  private readonly opened = new Map<string, ProviderSchema | undefined>();
  private readonly stopping = new AbortController();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: InstalledOptions) {
    this.cache = new SchemaCache(options.cacheFolder, (message) => {
      this.problem(message);
    });
  }

  /** @param root directory in which `init` ran */
  provider(source: string, root: string): ProviderSchema | undefined {
    return this.roots.get(root)?.providers.get(toFullSource(source));
  }

  /**
   * Reads the lock file of a root module and asks for the schemas that are not known yet, one root after the other.
   * Cheap when nothing changed. Never fails: what goes wrong is told as a problem, and those providers count as not
   * installed until the lock file changes.
   *
   * @returns whether answers may now be others than before
   */
  refresh(root: string): Promise<boolean> {
    const mine = this.last.then(() => (this.stopping.signal.aborted ? false : this.update(root)));
    this.last = mine;
    return mine;
  }

  /** Ends what runs. Nothing is asked for afterwards. */
  stop(): void {
    this.stopping.abort();
  }

  private async update(root: string): Promise<boolean> {
    const dataDirectory = this.options.dataDirectory?.(root) ?? path.join(root, '.terraform');
    const locked = await readLocked(root);
    const present: LockedProvider[] = [];
    for (const each of locked) if (await isInstalled(dataDirectory, each)) present.push(each);
    const key = JSON.stringify(present);
    const before = this.roots.get(root);
    if (before?.key === key || (before === undefined && present.length === 0)) return false;
    await this.open(present, dataDirectory);
    const providers = new Map<string, ProviderSchema>();
    for (const each of present) {
      const schema = this.opened.get(this.keyOf(each).join(' '));
      if (schema !== undefined) providers.set(toFullSource(each.source), schema);
    }
    if (this.stopping.signal.aborted) return false;
    this.roots.set(root, { key, providers });
    return true;
  }

  /** Makes sure that `opened` holds an answer for each provider, be it that there is none. */
  private async open(wanted: readonly LockedProvider[], dataDirectory: string): Promise<void> {
    const missing: LockedProvider[] = [];
    for (const each of wanted) {
      const key = this.keyOf(each);
      if (this.opened.has(key.join(' '))) continue;
      const contents = await this.cache.read(nameOf(each), key);
      if (contents === undefined) missing.push(each);
      else this.keep(each, contents);
    }
    if (missing.length === 0) return;
    const failed = await this.ask(missing, dataDirectory);
    // One provider that cannot answer must not take the others along.
    if (failed !== undefined && missing.length > 1) {
      for (const each of missing) {
        if (this.opened.has(this.keyOf(each).join(' '))) continue;
        const reason = await this.ask([each], dataDirectory);
        if (reason !== undefined) this.giveUp(each, reason);
      }
    } else if (failed !== undefined) for (const each of missing) this.giveUp(each, failed);
  }

  /** @returns why there is no answer */
  private async ask(
    providers: readonly LockedProvider[],
    dataDirectory: string,
  ): Promise<string | undefined> {
    try {
      const scratch = await makeScratch(dataDirectory, providers);
      try {
        const writers = new Map(providers.map((each) => [each.source, new SchemaWriter(each)]));
        await readSchemaDump(this.options.run(scratch.directory, this.stopping.signal), {
          block: (source, kind, name, block) => writers.get(source)?.addBlock(kind, name, block),
          function: (source, definition) => writers.get(source)?.addFunction(definition),
        });
        for (const each of providers) {
          const writer = writers.get(each.source);
          if (writer === undefined || writer.size === 0)
            return `the answer says nothing about ${each.source}`;
          const bytes = await writer.toBytes({ quality: cacheQuality });
          this.keep(each, await this.cache.write(nameOf(each), this.keyOf(each), bytes));
        }
      } finally {
        await scratch.dispose();
      }
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private keep(provider: LockedProvider, contents: Buffer): void {
    const { source, version } = provider;
    const provenance = { source: toFullSource(source), version, origin: 'installed' } as const;
    const schema = lazyProviderSchema(fromMemory(contents), provenance, (error) => {
      this.problem(`The cached schema of ${nameOf(provider)} is damaged: ${String(error)}.`);
    });
    this.opened.set(this.keyOf(provider).join(' '), schema);
  }

  private giveUp(provider: LockedProvider, reason: string): void {
    if (this.stopping.signal.aborted) return;
    this.opened.set(this.keyOf(provider).join(' '), undefined);
    this.problem(
      `The installed provider ${nameOf(provider)} did not tell its schema, so the bundled one is used where there is one: ${reason}`,
    );
  }

  private keyOf({ source, version, hashes }: LockedProvider): readonly string[] {
    return [this.options.program, source, version, ...[...hashes].sort()];
  }

  private problem(message: string): void {
    this.options.onProblem?.(message);
  }
}

function nameOf({ source, version }: LockedProvider): string {
  return `${source} ${version}`;
}

async function readLocked(root: string): Promise<readonly LockedProvider[]> {
  try {
    return readLockFile(await readFile(path.join(root, '.terraform.lock.hcl'), 'utf8'));
  } catch {
    // Where there is no lock file, nothing was initialised.
    return [];
  }
}
