import * as path from 'node:path';
import * as vscode from 'vscode';
import { openSandbox, SandboxError, type SandboxSession } from '../server/sandbox/sandbox';
import type { Installation } from './installation';
import { log } from './log';

/** Opens sandboxes, and asks where one can be opened only on the person's word. */
export class Sandboxes {
  /** Root modules whose missing modules have stand-ins, until the window is closed. */
  private readonly withStandIns = new Set<string>();

  constructor(private readonly installation: Installation['sandbox']) {}

  /**
   * @param allowProvisioners the person agreed to them, for what this session is opened for
   * @returns `undefined` when a module is missing and the person wants no stand-in
   * @throws SandboxError when the configuration cannot be run in the sandbox
   */
  async open(directory: string, allowProvisioners: boolean): Promise<SandboxSession | undefined> {
    const stubModules = this.withStandIns.has(directory);
    const options = { ...this.installation, directory, env: process.env, allowProvisioners };
    try {
      return await openSandbox({ ...options, stubModules });
    } catch (error) {
      if (stubModules || !(error instanceof SandboxError) || !error.message.includes(standInOption)) {
        throw error;
      }
      if (!(await wantsStandIns(path.basename(directory), error))) return undefined;
    }
    const session = await openSandbox({ ...options, stubModules: true });
    this.withStandIns.add(directory);
    return session;
  }
}

/** How the command line asks for them; the editor has a button instead. */
const standInOption = '--stub-modules';

async function wantsStandIns(name: string, error: SandboxError): Promise<boolean> {
  const reason = error.message.replace(` with ${standInOption}`, '');
  log().warn(`${name}: ${reason}`);
  const use = 'Use Stand-ins';
  const choice = await vscode.window.showErrorMessage(
    `${name}: ${reason} Stand-ins take any argument, create nothing, and their outputs are made up.`,
    use,
    'Show Log',
  );
  if (choice === 'Show Log') log().show();
  return choice === use;
}
