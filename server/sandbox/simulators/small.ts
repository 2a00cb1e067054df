import { createHash } from 'node:crypto';
import { simulatedTime, textOf } from './simulator';
import type { Simulator } from './simulator';

const moment = new Date(simulatedTime);
const timeParts = {
  rfc3339: simulatedTime,
  id: simulatedTime,
  year: moment.getUTCFullYear(),
  month: moment.getUTCMonth() + 1,
  day: moment.getUTCDate(),
  hour: 0,
  minute: 0,
  second: 0,
  unix: moment.getTime() / 1000,
};

/** Providers that only compute: nothing is run, read, written or fetched in the sandbox. */
export const smallSimulators: Readonly<Record<string, Simulator>> = {
  null_resource: ({ fingerprint }) => ({ id: String(fingerprint.number(9_999_999_999)) }),
  time_static: () => timeParts,
  time_offset: ({ object }) => ({
    ...timeParts,
    base_rfc3339: textOf(object, 'base_rfc3339') ?? simulatedTime,
  }),
  time_rotating: () => ({ ...timeParts, rotation_rfc3339: '2100-01-01T00:00:00Z' }),
  time_sleep: () => ({ id: simulatedTime }),
  local_file: ({ object }) => contentHashes(textOf(object, 'content') ?? ''),
  local_sensitive_file: ({ object }) => contentHashes(textOf(object, 'content') ?? ''),
  http: () => ({ status_code: 200, response_body: '{}', body: '{}', response_body_base64: 'e30=' }),
  external: () => ({ id: '-', result: {} }),
};

/** Arguments these providers plan with a default of their own when they are left out. */
export function smallDefaults(type: string): Readonly<Record<string, string>> {
  if (type === 'local_file') return { directory_permission: '0777', file_permission: '0777' };
  return type === 'local_sensitive_file' ? { directory_permission: '0700', file_permission: '0700' } : {};
}

function contentHashes(content: string): Record<string, string> {
  const hash = (algorithm: string, encoding: 'hex' | 'base64' = 'hex'): string =>
    createHash(algorithm).update(content).digest(encoding);
  return {
    id: hash('sha1'),
    content_md5: hash('md5'),
    content_sha1: hash('sha1'),
    content_sha256: hash('sha256'),
    content_sha512: hash('sha512'),
    content_base64sha256: hash('sha256', 'base64'),
    content_base64sha512: hash('sha512', 'base64'),
  };
}
