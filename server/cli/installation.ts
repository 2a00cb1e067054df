import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** This version of Terratrain. */
export function installedVersion(): string {
  const manifest = ['../package.json', '../../package.json']
    .map((file) => path.join(__dirname, file))
    .find((file) => fs.existsSync(file));
  if (manifest === undefined) return 'unknown';
  const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}

/** Where the command line keeps what must outlive it, by the platform's custom; made for this person only. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  const folder = path.join(stateRoot(env), 'terratrain');
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function stateRoot(env: NodeJS.ProcessEnv): string {
  if (env.XDG_STATE_HOME) return env.XDG_STATE_HOME;
  if (process.platform === 'win32') return env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support');
  return path.join(os.homedir(), '.local', 'state');
}
