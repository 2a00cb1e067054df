import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** How to start the trainer process: `node ...execArgv trainerEntry RUN_FOLDER`. */
export interface TrainerProgram {
  /** The bundled `trainer.js`, or the source with `execArgv` that makes Node understand it. */
  readonly trainerEntry: string;
  readonly execArgv?: readonly string[];
}

/** The trainer of this installation: beside the bundle that runs now, else the source, which needs a loader. */
export function trainerProgram(): TrainerProgram {
  const bundled = path.join(__dirname, 'trainer.js');
  if (existsSync(bundled)) return { trainerEntry: bundled };
  const loader = createRequire(__filename).resolve('tsx');
  return {
    trainerEntry: path.join(__dirname, 'main.ts'),
    execArgv: ['--import', pathToFileURL(loader).href],
  };
}
