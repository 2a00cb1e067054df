import type { ValueSource } from '../fill';
import { isRecord } from '../values';
import type { Value, ValueRecord } from '../values';

/**
 * The values of an object that existed before: what an update made unknown mostly is what it was, only versions count
 * on and checksums and times of change are made anew.
 */
export function withHistory(source: ValueSource, prior: ValueRecord): ValueSource {
  return {
    ...source,
    simulated(name) {
      const before = prior[name] ?? null;
      if (before === null || before === '') return source.simulated(name);
      if (/(^|_)(version|revision|generation|serial)(_number)?$/.test(name))
        return counted(before) ?? source.simulated(name);
      if (/(^|_)(etag|checksum|hash|fingerprint|sha\d*|md5)$|^version_id$/.test(name))
        return source.simulated(name) ?? source.text(name, 'exported');
      if (/_arn$|^arn$|^qualified_|_without_revision$/.test(name)) return source.simulated(name) ?? before;
      return rotates(name) ? (source.simulated(name) ?? before) : before;
    },
  };
}

/** Moments that follow from arguments: hashicorp/time computes them anew. */
function rotates(name: string): boolean {
  return /^(rotation_rfc3339|rfc3339|unix|year|month|day|hour|minute|second)$/.test(name);
}

function counted(before: Value): Value | undefined {
  if (typeof before === 'number') return before + 1;
  if (typeof before === 'bigint') return before + 1n;
  if (typeof before === 'string' && /^\d{1,15}$/.test(before)) return String(Number(before) + 1);
  return isRecord(before) ? undefined : before;
}
