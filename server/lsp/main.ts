import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import { openBundledSchemas } from '../providers/bundled';
import { providerDataFolder } from '../providers/dataFolder';
import type { SchemaLookup } from '../providers/schema';
import { startServer } from './server';

/** Takes `--stdio`, `--node-ipc`, `--socket=PORT` and `--pipe=NAME` as every language server does; else stdio. */
function main(): void {
  const transports = ['--stdio', '--node-ipc', '--socket', '--pipe'];
  const isChosen = process.argv.some((argument) => transports.some((each) => argument.startsWith(each)));
  const connection = isChosen
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  startServer(connection, openSchemas(connection));
}

/** Without its schemas the server still knows the language. */
function openSchemas(connection: Connection): SchemaLookup {
  const onProblem = (message: string): void => {
    connection.console.warn(message);
  };
  try {
    return openBundledSchemas(providerDataFolder(), { onProblem });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { provider: () => undefined, sources: () => [], knownValues: () => [] };
  }
}

main();
