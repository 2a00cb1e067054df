import type { Launcher } from '../server/operations/operations';
import type { OperationTerminal } from './operationTerminal';
import { spawnPty } from './pty';

/**
 * Starts terraform on a pseudo-terminal of its own, shown in the operation's terminal: a provisioner that asks for a
 * terminal finds one, and what is typed reaches it. Terraform's output goes to files all the same, and the process
 * outlives the window.
 */
export function launcherOn(terminal: OperationTerminal): Launcher {
  return async (program, args, { cwd, env }) => {
    const process = await spawnPty(program, args, { cwd, env, ...terminal.size });
    if (process === undefined) return undefined;
    terminal.attach(process);
    return process.pid;
  };
}
