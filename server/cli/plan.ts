import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { createRenderer, Operations } from '../operations/operations';
import type { PlanOutcome } from '../operations/operations';
import type { Command, CommandIo } from './command';
import { UsageError } from './command';
import { columnsOf, finish, openPlace, operationsFolder, readWishes, wishOptions } from './place';
import type { SandboxWishes } from './place';

const help = `Usage: terratrain plan [DIR] [options]

Runs terraform plan in DIR (the current directory unless given) and shows what would change: what is destroyed first,
the summary last, secrets hidden. Initialises first when needed and never upgrades.

Options:
  --sandbox           plan against simulated providers: no account, no credentials, no download, DIR stays untouched
  --var-file FILE     a file with values for variables; may be repeated
  --var NAME=VALUE    a value for a variable; may be repeated
  --destroy           plan to destroy everything
  --out FILE          save the plan, and what was reviewed beside it, for "terratrain apply FILE"
  --parallelism N     how many resources terraform works on at a time
  --lock-timeout TIME how long to wait for the state lock: 30s, 5m
  --json              one JSON document with the plan, and nothing else, on stdout

With --sandbox, for this run only:
  --scenario NAME     play only this scenario file of DIR (NAME.sandbox.json); may be repeated; "none" plays none
  --stub-modules      stand-ins for modules that are not on this machine
  --allow-provisioners  really run provisioners at apply, in a shadow of DIR and with your rights

Exit code: 0 nothing would change, 2 something would, 1 error.

Example:
  terratrain plan examples/image-classifier --sandbox --out demo.tfplan
`;

export const plan: Command = {
  name: 'plan',
  summary: 'what terraform would change, in the cloud or in the sandbox',
  help,
  async run(args, io) {
    const options = readOptions(args, io);
    const open = await openPlace(options.directory, options.sandbox ? 'sandbox' : 'real', options.wishes, io);
    try {
      const style = { colour: io.colour, width: columnsOf(io.stdout) };
      const render = createRenderer(style);
      const operation = new Operations().plan(
        {
          place: open.place,
          storageFolder: operationsFolder(io),
          varFiles: options.varFiles,
          vars: options.vars,
          destroy: options.destroy,
          signal: io.signal,
          ...(options.out === undefined ? {} : { out: options.out }),
          ...(options.parallelism === undefined ? {} : { parallelism: options.parallelism }),
          ...(options.lockTimeout === undefined ? {} : { lockTimeout: options.lockTimeout }),
        },
        open.listen((event) => {
          if (!options.json) io.stdout.write(render(event));
        }),
      );
      return report(await finish(operation), options, io);
    } finally {
      await open.dispose();
    }
  },
};

interface Options {
  readonly directory: string;
  readonly sandbox: boolean;
  readonly wishes: SandboxWishes;
  readonly varFiles: readonly string[];
  readonly vars: readonly string[];
  readonly destroy: boolean;
  readonly out: string | undefined;
  readonly parallelism: number | undefined;
  readonly lockTimeout: string | undefined;
  readonly json: boolean;
}

function readOptions(args: readonly string[], io: CommandIo): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: true,
    options: {
      sandbox: { type: 'boolean', default: false },
      'var-file': { type: 'string', multiple: true, default: [] },
      var: { type: 'string', multiple: true, default: [] },
      destroy: { type: 'boolean', default: false },
      out: { type: 'string' },
      parallelism: { type: 'string' },
      'lock-timeout': { type: 'string' },
      json: { type: 'boolean', default: false },
      ...wishOptions,
    },
  });
  const [directory = '.', ...more] = positionals;
  if (more.length > 0) throw new UsageError(`Give one directory, not ${positionals.length}.`);
  const malformed = values.var.find((assignment) => !/^[^=]+=/.test(assignment));
  if (malformed !== undefined) throw new UsageError(`--var takes NAME=VALUE, not "${malformed}".`);
  if (values.parallelism !== undefined && !/^[1-9]\d{0,3}$/.test(values.parallelism)) {
    throw new UsageError(`--parallelism takes a whole number from 1, not "${values.parallelism}".`);
  }
  return {
    directory: path.resolve(io.cwd, directory),
    sandbox: values.sandbox,
    wishes: readWishes(values, values.sandbox ? 'sandbox' : 'real'),
    varFiles: values['var-file'].map((file) => path.resolve(io.cwd, file)),
    vars: values.var,
    destroy: values.destroy,
    out: values.out === undefined ? undefined : path.resolve(io.cwd, values.out),
    parallelism: values.parallelism === undefined ? undefined : Number(values.parallelism),
    lockTimeout: values['lock-timeout'],
    json: values.json,
  };
}

function report(outcome: PlanOutcome, options: Options, io: CommandIo): number {
  const target = options.sandbox ? 'sandbox' : 'real';
  const planFile = outcome.status === 'planned' ? (options.out ?? null) : null;
  if (options.json) {
    const document =
      outcome.status === 'planned'
        ? { target, planFile, directory: outcome.review.directory, ...outcome.model }
        : { target, planFile, ...outcome };
    io.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }
  if (outcome.status === 'stopped') {
    io.stderr.write('Stopped. Nothing was changed.\n');
    return 130;
  }
  if (outcome.status === 'failed') return 1;
  if (planFile !== null && !options.json) {
    const shown = path.relative(io.cwd, planFile);
    io.stdout.write(`Saved to ${shown}. Apply exactly this plan with: terratrain apply ${shown}\n`);
  }
  return outcome.changes ? 2 : 0;
}
