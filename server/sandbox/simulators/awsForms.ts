import type { ValueRecord } from '../values';
import type { Fingerprint } from '../identifiers';
import { textOf } from './simulator';

/** The account number that AWS itself uses in its documentation. */
export const account = '123456789012';

/** What a form is filled with. */
export interface FormContext {
  readonly object: ValueRecord;
  readonly fingerprint: Fingerprint;
  readonly region: string;
}

/**
 * Fills the braces of a form: `{name}` an attribute, `{name/}` its last part between slashes, `{name:}` the whole of an
 * ARN that names something else, `{hex:8}`, `{digits:9}`, `{upper:13}`, `{uuid}` drawn ones, `{region}`, `{account}`.
 *
 * @returns undefined when an attribute it needs has no value
 */
export function fillForm(form: string, { object, fingerprint, region }: FormContext): string | undefined {
  const missing: string[] = [];
  const filled = form.replaceAll(
    /\{(\w+)(\/)?(?::(\d*))?\}/g,
    (_, name: string, last?: string, length?: string) => {
      const drawn =
        length === undefined || length === '' ? undefined : draw(name, Number(length), fingerprint);
      if (drawn !== undefined) return drawn;
      if (name === 'uuid') return textOf(object, 'uuid') ?? fingerprint.uuid();
      if (name === 'account') return account;
      if (name === 'region') return region;
      if (name === 'path') return textOf(object, 'path') ?? '/';
      const value = textOf(object, name) ?? (name === 'cluster' ? 'default' : undefined);
      if (value === undefined) missing.push(name);
      return last === undefined ? (value ?? '') : (value ?? '').replace(/^.*\//, '');
    },
  );
  return missing.length === 0 ? filled : undefined;
}

/** An ARN; what begins with one already names the service, region and account. */
export function arn(
  partition: string,
  service: string,
  scope: 'full' | 'account' | 'none',
  region: string,
  resource: string,
): string {
  if (resource.startsWith('arn:')) return resource;
  const place = scope === 'full' ? `${region}:${account}` : scope === 'account' ? `:${account}` : ':';
  return `arn:${partition}:${service}:${place}:${resource.replace(/^\//, '').replaceAll('//', '/')}`;
}

/** The partition a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The domain of a region's endpoints. */
export function dnsSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function draw(kind: string, length: number, fingerprint: Fingerprint): string | undefined {
  if (kind === 'hex') return fingerprint.hex(length);
  const alphabet = kind === 'upper' ? capitals : kind === 'digits' ? '0123456789' : undefined;
  if (alphabet === undefined) return undefined;
  const bytes = Buffer.from(fingerprint.hex(length * 2), 'hex');
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}
