export interface Options {
  /** Fewer cases, for a look in between; what is promised is measured without it. */
  readonly quick: boolean;
  readonly seed: number;
}

/** From the command line: `--quick`, `--seed N`. Without a seed it is today's date, so that each day brings new cases. */
export function readOptions(args: readonly string[]): Options {
  const at = args.indexOf('--seed');
  const seed =
    at < 0 ? Number(new Date().toISOString().slice(0, 10).replaceAll('-', '')) : Number(args[at + 1]);
  if (!Number.isInteger(seed)) throw new Error(`--seed takes a whole number, not "${args[at + 1] ?? ''}".`);
  return { quick: args.includes('--quick'), seed };
}
