import path from 'node:path';
import type { InitializationOptions, TerraformProgram } from './protocol';

/** The terraform or tofu around a workspace. */
export interface ProgramAtHand {
  /** What the person runs: says which edition of the language is meant. */
  readonly known: TerraformProgram | undefined;
  /** The same where the workspace is trusted: running it runs the programs of providers. */
  readonly runnable: TerraformProgram | undefined;
}

/**
 * The program that the client names, else the one that `find` finds in a trusted workspace. What is no absolute path may
 * lie in the workspace, and is no program to run.
 */
export async function programAtHand(
  options: InitializationOptions,
  find: (() => Promise<TerraformProgram | undefined>) | undefined,
): Promise<ProgramAtHand> {
  const isTrusted = options.trusted === true;
  const named = options.terraform ?? (isTrusted ? await find?.() : undefined);
  const known = named !== undefined && path.isAbsolute(named.path) ? named : undefined;
  return { known, runnable: isTrusted ? known : undefined };
}
