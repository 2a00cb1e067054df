import * as path from 'node:path';

/** Where the parts of the installed extension lie. */
export interface Installation {
  readonly sandbox: { readonly dataFolder: string; readonly sandboxEntry: string };
  readonly trainerEntry: string;
  readonly cliEntry: string;
  readonly example: string;
}

export function installationAt(extensionPath: string): Installation {
  const dist = path.join(extensionPath, 'dist');
  return {
    sandbox: {
      dataFolder: path.join(dist, 'data', 'providers'),
      sandboxEntry: path.join(dist, 'sandbox.js'),
    },
    trainerEntry: path.join(dist, 'trainer.js'),
    cliEntry: path.join(dist, 'cli.js'),
    example: path.join(extensionPath, 'examples', 'image-classifier'),
  };
}
