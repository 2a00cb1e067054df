// What "terratrain sandbox plan" does, from the start of the program on.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { openSandbox } from '../../server/sandbox/sandbox';

async function main(directory: string): Promise<void> {
  const session = await openSandbox({
    directory,
    dataFolder: path.resolve('server/providers/data'),
    sandboxEntry: path.join(__dirname, 'simulatorProcess.js'),
    env: process.env,
  });
  const options = { cwd: session.workingDirectory, env: session.env };
  spawnSync('terraform', ['init', '-input=false', '-reconfigure'], options);
  const plan = spawn('terraform', ['plan', '-no-color'], {
    ...options,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await new Promise((resolve) => plan.once('close', resolve));
  await session.dispose();
}

void main(process.argv[2] ?? '.');
