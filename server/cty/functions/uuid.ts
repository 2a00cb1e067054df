import { createHash } from 'node:crypto';
import { quote } from './goQuote';

/** The namespaces of RFC 4122, appendix C. */
const namespaces: Readonly<Record<string, string>> = {
  dns: '6ba7b8109dad11d180b400c04fd430c8',
  url: '6ba7b8119dad11d180b400c04fd430c8',
  oid: '6ba7b8129dad11d180b400c04fd430c8',
  x500: '6ba7b8149dad11d180b400c04fd430c8',
};

/**
 * The UUID of version 5 (RFC 4122) for a name. The namespace is `dns`, `url`, `oid`, `x500` or a UUID in a form that
 * Terraform takes. Throws Terraform's words for another one.
 */
export function uuidV5(namespace: string, name: string): string {
  const space = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined;
  const bytes = createHash('sha1')
    .update(Buffer.from(space ?? digitsOf(namespace), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const prefix = 'urn:uuid:';
const dashed = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/i;

/** The 32 digits of a UUID: bare, with dashes, in braces (any two bytes do), or after `urn:uuid:`. */
function digitsOf(text: string): string {
  const bytes = Buffer.from(text).toString('latin1');
  const refuse = (why: string): never => {
    throw new Error(`uuidv5() doesn't support namespace ${text} (${why})`);
  };
  const format = 'invalid UUID format';
  const head = bytes.slice(0, prefix.length);
  switch (bytes.length) {
    case 32:
      return /^[\da-f]{32}$/i.test(bytes) ? bytes : refuse(format);
    case 36:
      return plainDigits(bytes) ?? refuse(format);
    case 38:
      return plainDigits(bytes.slice(1, -1)) ?? refuse(format);
    case 36 + prefix.length:
      if (head.toLowerCase() !== prefix) return refuse(`invalid urn prefix: ${quote(head)}`);
      return plainDigits(bytes.slice(prefix.length)) ?? refuse(format);
    default:
      return refuse(`invalid UUID length: ${bytes.length}`);
  }
}

function plainDigits(text: string): string | undefined {
  return dashed.exec(text)?.slice(1).join('');
}
