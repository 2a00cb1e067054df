import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';

/**
 * A text that is the same as long as a process lives and differs for a later process with the same number.
 * `undefined` when no such process runs (a zombie does not run).
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return linuxIdentity(pid);
  if (process.platform === 'win32') {
    const script = `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToUniversalTime().Ticks`;
    return firstLine('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]);
  }
  return firstLine('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

async function linuxIdentity(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      fs.readFile(`/proc/${pid}/stat`, 'utf8'),
      fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name in parentheses may hold anything; the fields after it are counted from 3 (proc(5)): 3 state, 22 start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, start] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' || start === undefined ? undefined : `${boot.trim()}:${start}`;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ESRCH';
}

function firstLine(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...args], { windowsHide: true, timeout: 10_000 }, (error, stdout) => {
      const line = stdout.trim().split('\n')[0]?.trim();
      resolve(error || line === undefined || line === '' ? undefined : line);
    });
  });
}
