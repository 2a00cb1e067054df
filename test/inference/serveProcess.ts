import { serve } from '../../server/cli/serve';

/** The command "serve" as a program of its own, as the bundled command line runs it. */
const { stdout, stderr, stdin, env } = process;
const io = {
  stdout,
  stderr,
  stdin,
  env,
  cwd: process.cwd(),
  colour: false,
  signal: new AbortController().signal,
};
serve.run(process.argv.slice(3), io).then(
  (code) => process.exit(code),
  (error: unknown) => {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
