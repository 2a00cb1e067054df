import path from 'node:path';
import { runProvidersSchema } from '../lsp/schemaProgram';
import { findTerraform } from '../operations/operations';
import { openBundledSchemas } from '../providers/bundled';
import { schemaCacheFolder } from '../providers/cacheFolder';
import { providerDataFolder } from '../providers/dataFolder';
import { InstalledSchemas } from '../providers/installed';
import { openSchemas } from '../providers/lookup';
import type { SchemaLookup } from '../providers/schema';
import type { CommandIo } from './command';

/**
 * The provider schemas for a root module: the bundled ones, and before them those of the installed providers where
 * that is wanted. Problems go to standard error.
 *
 * @throws with a sentence for the person, when installed ones are wanted and there is no terraform to ask them with
 */
export async function openSchemasFor(root: string, installed: boolean, io: CommandIo): Promise<SchemaLookup> {
  const onProblem = (message: string): void => {
    io.stderr.write(`${message}\n`);
  };
  const bundle = openBundledSchemas(providerDataFolder(), { onProblem });
  if (!installed) return bundle;
  const {
    path: program,
    version,
    product,
  } = await findTerraform({
    configured: io.env.TERRATRAIN_TERRAFORM,
    env: io.env,
  });
  const schemas = new InstalledSchemas({
    cacheFolder: schemaCacheFolder(io.env),
    program: `${product} ${version}`,
    run: (directory, signal) => runProvidersSchema(program, directory, signal),
    dataDirectory: (directory) => path.resolve(directory, io.env.TF_DATA_DIR ?? '.terraform'),
    onProblem,
  });
  io.signal.addEventListener('abort', () => {
    schemas.stop();
  });
  await schemas.refresh(root);
  return openSchemas({ bundle, installed: schemas });
}
