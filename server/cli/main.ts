import type { Command, CommandIo } from './command';
import { UsageError } from './command';
import { installedVersion } from './installation';

/** Each command is loaded only when it is used: training must not slow down a check. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check')).check,
  format: async () => (await import('./format')).format,
  graph: async () => (await import('./graph')).graph,
  plan: async () => (await import('./plan')).plan,
  apply: async () => (await import('./apply')).apply,
  sandbox: async () => (await import('./sandbox')).sandboxCommand,
  train: async () => (await import('./train')).train,
  runs: async () => (await import('./runs')).runs,
  predict: async () => (await import('./predict')).predict,
  serve: async () => (await import('./serve')).serve,
  demo: async () => (await import('./demo')).demo,
  lsp: async () => (await import('./lsp')).lsp,
};

/** Their arguments are another program's, except a first one. */
const PASSING_THROUGH: ReadonlySet<string> = new Set(['sandbox']);

/**
 * The command line: one command, its arguments, an exit code.
 *
 * @param args Without the program's name.
 */
export async function runCommandLine(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    return explain(error, io);
  }
}

async function dispatch(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) {
    io.stderr.write(await overview());
    return 2;
  }
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${installedVersion()}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const topic = name === 'help' ? rest[0] : undefined;
    io.stdout.write(topic === undefined ? await overview() : (await load(topic)).help);
    return 0;
  }
  const command = await load(name);
  if (asksForHelp(name, rest)) {
    io.stdout.write(command.help);
    return 0;
  }
  return command.run(rest, io);
}

async function load(name: string): Promise<Command> {
  const loader = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (loader !== undefined) return loader();
  if (name.startsWith('-')) throw new UsageError(`There is no option "${name}" before a command.`);
  const near = Object.keys(COMMANDS).find((known) => known.startsWith(name) || name.startsWith(known));
  const hint = near === undefined ? 'See "terratrain --help".' : `Did you mean "${near}"?`;
  throw new UsageError(`There is no command "${name}". ${hint}`);
}

function asksForHelp(name: string, args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const own = PASSING_THROUGH.has(name) ? args.slice(0, 1) : args.slice(0, end === -1 ? undefined : end);
  return own.includes('--help') || own.includes('-h');
}

async function overview(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((loader) => loader()));
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Terratrain ${installedVersion()}: AI infrastructure, from Terraform to a served model.

Usage: terratrain COMMAND [arguments]

Commands:
${lines.join('\n')}

Options:
  --help     this text; "terratrain COMMAND --help" for one command
  --version  the version

Exit codes: 0 success, 1 failure, 2 bad arguments, 130 stopped with Ctrl-C; a command's help names others.
`;
}

function explain(error: unknown, io: CommandIo): number {
  if (io.env.TERRATRAIN_DEBUG && error instanceof Error) io.stderr.write(`${error.stack ?? ''}\n`);
  if (error instanceof UsageError || isParseError(error)) {
    io.stderr.write(`${firstSentence(error.message)}\n`);
    return 2;
  }
  if (io.signal.aborted && isAbort(error)) return 130;
  io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

/** What `parseArgs` of Node throws for unknown options and missing values. */
function isParseError(error: unknown): error is Error {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code?.startsWith('ERR_PARSE_ARGS_') === true;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** Node's advice about `--` after the first sentence confuses more than it helps. */
function firstSentence(message: string): string {
  return message.replace(/\. To specify a positional argument .*$/s, '.');
}

function terminalIo(signal: AbortSignal): CommandIo {
  const { stdout, stderr, stdin, env } = process;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const colour = forced || (stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb');
  return { stdout, stderr, stdin, cwd: process.cwd(), env, colour, signal };
}

function main(): void {
  const stop = new AbortController();
  const onSignal = (): void => {
    // The second one is for somebody who does not want to wait. A running apply goes on without us.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // The reader went away, as in "terratrain graph | head".
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  void runCommandLine(process.argv.slice(2), terminalIo(stop.signal)).then((code) => {
    process.stdout.write('', () => process.exit(code));
  });
}

if (require.main === module) main();
