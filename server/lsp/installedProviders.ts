import path from 'node:path';
import { schemaCacheFolder } from '../providers/cacheFolder';
import { InstalledSchemas } from '../providers/installed';
import { openSchemas } from '../providers/lookup';
import type { SchemaLookup } from '../providers/schema';
import type { TerraformProgram } from './protocol';
import { runProvidersSchema } from './schemaProgram';

/** An init writes many files one after the other; one look afterwards is enough. */
const pause = 500;

export interface InstalledProvidersPorts {
  readonly bundle: SchemaLookup;
  /** Directories in which an init may have been run. */
  readonly directories: () => Promise<readonly string[]>;
  /** Answers are others than before. */
  readonly onChange: () => void;
  /** Told in a sentence for a person. */
  readonly onProblem: (message: string) => void;
}

/** Puts the schemas of installed providers before the bundled ones, once the workspace is trusted. */
export class InstalledProviders {
  /** What is known at the moment. */
  readonly schemas: SchemaLookup;
  private installed: InstalledSchemas | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly ports: InstalledProvidersPorts) {
    this.schemas = openSchemas({
      bundle: ports.bundle,
      installed: { provider: (source, root) => this.installed?.provider(source, root) },
    });
  }

  /** Starts, starts anew with another program, or goes back to the bundle where there is none that may be run. */
  configure(program: TerraformProgram | undefined): void {
    this.installed?.stop();
    this.installed = undefined;
    if (program === undefined || this.stopped) return;
    this.installed = new InstalledSchemas({
      cacheFolder: schemaCacheFolder(process.env),
      program: `${program.product} ${program.version}`,
      run: (directory, signal) => runProvidersSchema(program.path, directory, signal),
      dataDirectory: (root) => path.resolve(root, process.env.TF_DATA_DIR ?? '.terraform'),
      onProblem: this.ports.onProblem,
    });
    this.look();
  }

  /** Lock files or installations may have changed: looks at them after a pause. */
  look(): void {
    clearTimeout(this.timer);
    if (this.installed === undefined || this.stopped) return;
    this.timer = setTimeout(() => {
      void this.refresh();
    }, pause);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.installed?.stop();
  }

  private async refresh(): Promise<void> {
    const { installed } = this;
    try {
      for (const directory of await this.ports.directories()) {
        const changed = await installed?.refresh(directory);
        if (changed === true && installed === this.installed) this.ports.onChange();
      }
    } catch (error) {
      this.ports.onProblem(`Installed providers could not be looked at: ${String(error)}`);
    }
  }
}
