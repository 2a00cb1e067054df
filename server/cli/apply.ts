import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { createRenderer, Operations, readReview, renderApplyOutcome } from '../operations/operations';
import type { ApplyOutcome, Review } from '../operations/operations';
import type { Command, CommandIo } from './command';
import { UsageError } from './command';
import { columnsOf, finish, openPlace, operationsFolder, readWishes, wishOptions } from './place';
import type { SandboxWishes } from './place';

const help = `Usage: terratrain apply PLANFILE [options]

Applies exactly the plan that "terratrain plan --out PLANFILE" made, on the target it was made for. Refuses when the
configuration, the workspace or the state is not as it was then. Ctrl-C stops gracefully: what is in flight finishes or
is rolled up, and the state is saved. Closing the terminal stops nothing.

Options:
  --parallelism N     how many resources terraform works on at a time
  --lock-timeout TIME how long to wait for the state lock: 30s, 5m
  --json              one JSON document with the outcome, and nothing else, on stdout

For a plan of the sandbox, for this run only, as they were given to "terratrain plan":
  --scenario NAME     play only this scenario file (NAME.sandbox.json); may be repeated; "none" plays none
  --stub-modules      stand-ins for modules that are not on this machine
  --allow-provisioners  really run provisioners, in a shadow of the folder and with your rights

Example:
  terratrain apply demo.tfplan
`;

export const apply: Command = {
  name: 'apply',
  summary: 'apply exactly a plan that was saved',
  help,
  async run(args, io) {
    const options = readOptions(args, io);
    const review = await readReview(options.planFile);
    const open = await openPlace(review.directory, review.target, options.wishesFor(review), io);
    try {
      open.checkPlan(options.planFile);
      const style = { colour: io.colour, width: columnsOf(io.stdout) };
      const render = createRenderer(style);
      const operation = new Operations().apply(
        {
          place: open.place,
          storageFolder: operationsFolder(io),
          planFile: options.planFile,
          review,
          signal: io.signal,
          ...(options.parallelism === undefined ? {} : { parallelism: options.parallelism }),
          ...(options.lockTimeout === undefined ? {} : { lockTimeout: options.lockTimeout }),
        },
        open.listen((event) => {
          if (!options.json) io.stdout.write(render(event));
        }),
      );
      const outcome = await finish(operation);
      if (options.json) io.stdout.write(`${JSON.stringify(toDocument(outcome, review), undefined, 2)}\n`);
      else io.stdout.write(renderApplyOutcome(outcome, style, review.target));
      return EXIT_CODES[outcome.status];
    } finally {
      await open.dispose();
    }
  },
};

const EXIT_CODES: Readonly<Record<ApplyOutcome['status'], number>> = {
  applied: 0,
  failed: 1,
  unknown: 1,
  refused: 1,
  stopped: 130,
};

interface Options {
  readonly planFile: string;
  wishesFor(review: Review): SandboxWishes;
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
      parallelism: { type: 'string' },
      'lock-timeout': { type: 'string' },
      json: { type: 'boolean', default: false },
      ...wishOptions,
    },
  });
  const [planFile, ...more] = positionals;
  if (planFile === undefined || more.length > 0) {
    throw new UsageError('Give the plan file that "terratrain plan --out FILE" saved.');
  }
  if (values.parallelism !== undefined && !/^[1-9]\d{0,3}$/.test(values.parallelism)) {
    throw new UsageError(`--parallelism takes a whole number from 1, not "${values.parallelism}".`);
  }
  return {
    planFile: path.resolve(io.cwd, planFile),
    wishesFor: (review) => readWishes(values, review.target),
    parallelism: values.parallelism === undefined ? undefined : Number(values.parallelism),
    lockTimeout: values['lock-timeout'],
    json: values.json,
  };
}

/** `applied` counts the addresses that were dealt with, also when it failed later. */
function toDocument(outcome: ApplyOutcome, review: Review): unknown {
  return {
    target: review.target,
    directory: review.directory,
    applied: outcome.status === 'refused' ? 0 : outcome.progress.completed.length,
    ...outcome,
  };
}
