import os from 'node:os';
import path from 'node:path';

/** Where a person's schemas of installed providers are kept, by the custom of the platform. */
export function schemaCacheFolder(env: NodeJS.ProcessEnv): string {
  return path.join(cacheRoot(env), 'terratrain', 'schemas');
}

function cacheRoot(env: NodeJS.ProcessEnv): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (process.platform === 'win32') return env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches');
  return path.join(os.homedir(), '.cache');
}
