// Starts an apply and waits to be killed: node --require tsx/cjs ownerThatDies.ts DIRECTORY STORAGE PLANFILE
import { findTerraform, Operations, readReview } from '../../server/operations/operations';

async function main(): Promise<void> {
  const [directory = '', storageFolder = '', planFile = ''] = process.argv.slice(2);
  const binary = await findTerraform({ env: process.env });
  const place = { directory, workingDirectory: directory, env: process.env, binary, target: 'real' as const };
  const review = await readReview(planFile);
  const operation = new Operations().apply({ place, storageFolder, planFile, review }, (event) => {
    if (event.type === 'terraform' && 'output' in event.event) process.stdout.write(`${operation.folder}\n`);
  });
  await operation.outcome;
}

void main();
