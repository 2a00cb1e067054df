import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { providerDataFolder } from '../providers/dataFolder';
import type { SandboxOptions } from './sandbox';

/** Where this installation keeps what `openSandbox` needs: beside the built program, else in the source tree. */
export function installedSandbox(): Required<
  Pick<SandboxOptions, 'dataFolder' | 'sandboxEntry' | 'execArgv'>
> {
  const built = path.join(__dirname, 'sandbox.js');
  if (existsSync(built)) return { dataFolder: providerDataFolder(), sandboxEntry: built, execArgv: [] };
  return {
    dataFolder: providerDataFolder(),
    sandboxEntry: path.join(__dirname, 'main.ts'),
    execArgv: ['--require', createRequire(__filename).resolve('tsx/cjs')],
  };
}
