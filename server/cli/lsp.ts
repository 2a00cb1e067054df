import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { TerraformProgram } from '../lsp/protocol';
import { startServer } from '../lsp/server';
import { findTerraform } from '../operations/operations';
import { openBundledSchemas } from '../providers/bundled';
import { providerDataFolder } from '../providers/dataFolder';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';

const help = `Usage: terratrain lsp --stdio

The language server for Terraform and OpenTofu, for any editor that speaks LSP. It reads requests from stdin and answers
on stdout until the editor ends it.

Options:
  --stdio   speak over stdin and stdout (the only way, and the default)
  --help    this text

Example, for Neovim:
  vim.lsp.config('terratrain', { cmd = { 'terratrain', 'lsp', '--stdio' }, filetypes = { 'terraform' } })
`;

export const lsp: Command = {
  name: 'lsp',
  summary: 'the language server, over stdin and stdout',
  help,
  run(args, io) {
    if (args.includes('--help') || args.includes('-h')) {
      io.stdout.write(help);
      return Promise.resolve(0);
    }
    const unknown = args.find((argument) => argument !== '--stdio');
    if (unknown !== undefined) throw new UsageError(`lsp takes no argument "${unknown}"; it takes --stdio.`);
    const onProblem = (message: string): void => {
      io.stderr.write(`${message}\n`);
    };
    const schemas = openBundledSchemas(providerDataFolder(), { onProblem });
    const connection = createConnection(ProposedFeatures.all, io.stdin, io.stdout);
    startServer(connection, schemas, { findTerraform: () => findProgram(io) });
    return new Promise((resolve) => {
      connection.onExit(() => {
        resolve(0);
      });
      io.signal.addEventListener('abort', () => {
        resolve(130);
      });
    });
  },
};

/** Without terraform the bundled schemas answer. */
async function findProgram(io: CommandIo): Promise<TerraformProgram | undefined> {
  try {
    return await findTerraform({ configured: io.env.TERRATRAIN_TERRAFORM, env: io.env });
  } catch (error) {
    io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}
