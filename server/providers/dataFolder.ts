import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of the bundled provider schemas: beside the built program, else in the source tree.
 * @throws when neither holds a manifest, which means that the installation is incomplete
 */
export function providerDataFolder(): string {
  const candidates = [path.join(__dirname, 'data', 'providers'), path.join(__dirname, 'data')];
  const found = candidates.find((folder) => existsSync(path.join(folder, 'manifest.json')));
  if (found === undefined) {
    throw new Error(
      `The bundled provider schemas are missing: none of ${candidates.join(', ')} holds a manifest.json. Reinstall Terratrain.`,
    );
  }
  return found;
}
