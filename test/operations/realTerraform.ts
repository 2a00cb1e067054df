import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findTerraform } from '../../server/operations/operations';
import type { OperationEvent, Place } from '../../server/operations/operations';

const program = 'terraform';

/** Tests that run it are there only where it is; they use `terraform_data`, which needs no network. */
export const hasTerraform = spawnSync(program, ['version']).status === 0;

/** A root module in a temporary folder, with a folder for operations beside it. */
export class Workbench {
  readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-operations-')));
  readonly directory = path.join(this.root, 'module');
  readonly storageFolder = path.join(this.root, 'operations');
  readonly events: OperationEvent[] = [];
  readonly listener = (event: OperationEvent): void => {
    this.events.push(event);
  };

  constructor(configuration: string) {
    this.write('main.tf', configuration);
  }

  write(name: string, text: string): string {
    const file = path.join(this.directory, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  }

  async place(env: NodeJS.ProcessEnv = process.env): Promise<Place> {
    const binary = await findTerraform({ env: process.env });
    return { directory: this.directory, workingDirectory: this.directory, env, binary, target: 'real' };
  }

  terraform(...args: readonly string[]): string {
    const result = spawnSync(program, [...args], { cwd: this.directory, encoding: 'utf8' });
    return result.stdout;
  }

  /** Waits until terraform said something about a provisioner's line. */
  async heard(output: string): Promise<void> {
    const said = (): boolean =>
      this.events.some(
        (event) => event.type === 'terraform' && 'output' in event.event && event.event.output === output,
      );
    while (!said()) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  dispose(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}
