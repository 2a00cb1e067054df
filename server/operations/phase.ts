import * as fs from 'node:fs';
import * as path from 'node:path';
import { startDetached } from './detachedProcess';
import type { DetachedProcess, ProcessEnd } from './detachedProcess';
import { terraformEnvironment } from './environment';
import { followEvents } from './eventStream';
import type { Diagnostic, TerraformEvent } from './events';
import type { OperationListener, Phase } from './operation';
import type { Place } from './requests';
import type { StopControl } from './stopControl';

export interface PhaseEnd extends ProcessEnd {
  /** As terraform wrote them, secrets and all. */
  readonly diagnostics: readonly Diagnostic[];
  /** The end of what was written to stderr: a crash, or a complaint about the command line's own configuration. */
  readonly errors: string;
}

/**
 * Runs one terraform command to its end.
 *
 * @param workspace Set in the environment, so that nobody can switch between the check and the run.
 * @param folder Made here; holds the command's files.
 * @param onEvent Hears every event but diagnostics, which terraform writes last and which come back together.
 */
export async function runPhase(options: {
  readonly phase: Phase;
  readonly args: readonly string[];
  readonly place: Place;
  readonly workspace: string | undefined;
  readonly folder: string;
  readonly control: StopControl;
  readonly onEvent: (event: TerraformEvent) => void;
  readonly listener: OperationListener;
}): Promise<PhaseEnd> {
  const { place, control } = options;
  fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const child = await startDetached({
    program: place.binary.path,
    args: options.args,
    cwd: place.workingDirectory,
    env: terraformEnvironment(place.env, options.workspace),
    folder: options.folder,
    launch: place.launch,
  });
  options.listener({ type: 'process', phase: options.phase, pid: child.pid });
  await control.enter(options.phase, child);
  return watchPhase(child, options.onEvent);
}

/** The second half of `runPhase`, also for a process that an earlier owner started. */
export async function watchPhase(
  child: DetachedProcess,
  onEvent: (event: TerraformEvent) => void,
): Promise<PhaseEnd> {
  const diagnostics: Diagnostic[] = [];
  await followEvents(child.eventsFile, child.ended, (event) => {
    if (event.type === 'diagnostic') diagnostics.push(event.diagnostic);
    else onEvent(event);
  });
  const { exitCode } = await child.ended;
  return { exitCode, diagnostics, errors: readEnd(child.errorsFile) };
}

/** A folder for the next command of an operation: a second plan must not write into the first one's files. */
export function phaseFolder(operationFolder: string, phase: Phase): string {
  const folder = path.join(operationFolder, phase);
  if (!fs.existsSync(folder)) return folder;
  return `${folder}-again`;
}

function readEnd(file: string): string {
  const text = fs.readFileSync(file, 'utf8').trim();
  return text.length > 4000 ? `…${text.slice(-4000)}` : text;
}
