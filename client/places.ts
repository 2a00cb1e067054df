import * as path from 'node:path';
import { describeSimulation, type Place, type Target } from '../server/operations/operations';
import { describeProviders, type SandboxSession } from '../server/sandbox/sandbox';
import type { Installation } from './installation';
import { log } from './log';
import type { OperationTerminal } from './operationTerminal';
import { Sandboxes } from './sandboxes';
import { terraformFor } from './terraformBinary';
import { launcherOn } from './terminalLauncher';

export interface WantedPlace {
  /** The root module. */
  readonly directory: string;
  readonly target: Target;
  /** Addresses whose provisioners the person agreed to; without one the sandbox runs none. */
  readonly agreedProvisioners: readonly string[];
}

/** A target that is ready for terraform. */
export interface OpenPlace extends Place {
  /** Keeps what the target needs alive until the process has ended. */
  holdFor?(pid: number): void;
  /** Addresses. */
  readonly silencedProvisioners: readonly string[];
  /** @throws SandboxError when applying this plan would run provisioners that nobody agreed to now */
  checkPlan?(file: string): void;
}

/** Opens targets. */
export class Places {
  private readonly sandboxes: Sandboxes;

  constructor(installation: Installation['sandbox']) {
    this.sandboxes = new Sandboxes(installation);
  }

  /**
   * Finds terraform and, for the sandbox, starts the simulated providers for as long as `work` runs.
   * @returns `undefined` when something is missing, which the person was told
   */
  async at<T>(
    wanted: WantedPlace,
    terminal: OperationTerminal,
    work: (place: OpenPlace) => Promise<T>,
  ): Promise<T | undefined> {
    const { directory, target, agreedProvisioners } = wanted;
    const binary = await terraformFor(directory);
    if (binary === undefined) return undefined;
    terminal.show();
    const place = { directory, binary, target, launch: launcherOn(terminal) };
    if (target === 'real') {
      return work({ ...place, workingDirectory: directory, env: process.env, silencedProvisioners: [] });
    }
    const session = await this.sandboxes.open(directory, agreedProvisioners.length > 0);
    if (session === undefined) return undefined;
    const { workingDirectory, env, silencedProvisioners } = session;
    try {
      return await work({
        ...place,
        workingDirectory,
        env,
        silencedProvisioners,
        notices: noticesOf(wanted, session),
        checkPlan: (file) => {
          session.checkPlan(file);
        },
        holdFor: (pid) => {
          session.holdFor(pid);
        },
      });
    } finally {
      await session.dispose();
    }
  }
}

/** What differs from a real run, for the terminal; the log has it as well. */
function noticesOf(
  { directory, agreedProvisioners }: WantedPlace,
  session: SandboxSession,
): readonly string[] {
  const notices = [
    ...describeSimulation(session, {
      providers: describeProviders(session.providers),
      howToRun: 'the command "Terratrain: Run Provisioners This Time" runs them',
    }),
    ...(agreedProvisioners.length === 0
      ? []
      : [`sandbox: provisioners really run, as agreed for this plan (${agreedProvisioners.join(', ')}).`]),
  ];
  for (const notice of notices) log().info(`${path.basename(directory)}: ${notice}`);
  return notices;
}
