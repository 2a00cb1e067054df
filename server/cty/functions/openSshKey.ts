import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const magic = Buffer.from('openssh-key-v1\0');
const badFormat = 'ssh: invalid openssh private key format';

/**
 * The RSA key in the bytes of an `OPENSSH PRIVATE KEY` (PROTOCOL.key of OpenSSH), which Node does not read itself.
 * Throws Go's words for keys that it refuses: those with a passphrase, of several owners, or damaged.
 */
export function readOpenSshKey(bytes: Buffer): KeyObject {
  if (!bytes.subarray(0, magic.length).equals(magic)) throw new Error(badFormat);
  const outer = new Reader(bytes.subarray(magic.length));
  const cipher = outer.field().toString();
  const derivation = outer.field().toString();
  outer.field();
  if (cipher !== 'none' || derivation !== 'none')
    throw new Error('ssh: this private key is passphrase protected');
  if (outer.number() !== 1) throw new Error('ssh: multi-key files are not supported');
  outer.field();
  const inner = new Reader(outer.field());
  if (inner.number() !== inner.number()) throw new Error('ssh: malformed OpenSSH key');
  const kind = inner.field().toString();
  if (kind !== 'ssh-rsa') throw new Error(`the key is of the type ${kind}; an RSA key is required`);
  const [n, e, d, inverse, p, q] = Array.from({ length: 6 }, () => inner.field());
  if (!n || !e || !d || !inverse || !p || !q) throw new Error(badFormat);
  const key = {
    kty: 'RSA',
    n: text(n),
    e: text(e),
    d: text(d),
    p: text(p),
    q: text(q),
    dp: text(remainder(d, p)),
    dq: text(remainder(d, q)),
    qi: text(inverse),
  };
  return createPrivateKey({ key, format: 'jwk' });
}

/** Reads numbers of four bytes and fields with such a length before them. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  number(): number {
    if (this.at + 4 > this.bytes.length) throw new Error(badFormat);
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  field(): Buffer {
    const length = this.number();
    if (this.at + length > this.bytes.length) throw new Error(badFormat);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** JWK holds numbers without leading zeros, in base64url (RFC 7518, 6.3). */
function text(number: Buffer): string {
  let start = 0;
  while (start < number.length - 1 && number[start] === 0) start++;
  return number.subarray(start).toString('base64url');
}

/** Of the exponent by a prime less one (RFC 8017, 3.2). */
function remainder(exponent: Buffer, prime: Buffer): Buffer {
  const digits = (toBigInt(exponent) % (toBigInt(prime) - 1n)).toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

function toBigInt(number: Buffer): bigint {
  return BigInt(`0x${number.toString('hex')}`);
}
