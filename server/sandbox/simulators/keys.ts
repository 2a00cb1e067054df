import { checkPrimeSync, createECDH, createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Fingerprint } from '../identifiers';
import { der, readDer, toPem } from './der';

/** A key pair in the forms that hashicorp/tls gives out. */
export interface SimulatedKey {
  readonly key: KeyObject;
  readonly pem: string;
  readonly pkcs8: string;
  readonly openssh: string;
  readonly publicPem: string;
  /** Empty where OpenSSH knows no such key, with its fingerprints. */
  readonly publicOpenssh: string;
  readonly md5: string;
  readonly sha256: string;
  /** SHA-1 of the public key's encoding. */
  readonly id: string;
}

/** Names of curves: of hashicorp/tls, of OpenSSL, of OpenSSH (none for the smallest), and the curve's identifier. */
const curves: Readonly<
  Record<string, readonly [openssl: string, ssh: string, identifier: string, bytes: number]>
> = {
  P224: ['secp224r1', '', '1.3.132.0.33', 28],
  P256: ['prime256v1', 'nistp256', '1.2.840.10045.3.1.7', 32],
  P384: ['secp384r1', 'nistp384', '1.3.132.0.34', 48],
  P521: ['secp521r1', 'nistp521', '1.3.132.0.35', 66],
};

const known = new Map<string, SimulatedKey>();

/**
 * The same real key for the same seed: it can sign, but whoever has the configuration can make it, so it is for the
 * sandbox only.
 *
 * @throws RangeError for sizes and curves that no key has
 */
export function makeKey(seed: string, algorithm: string, rsaBits: number, curve: string): SimulatedKey {
  const name = [seed, algorithm, rsaBits, curve].join('\n');
  const before = known.get(name);
  if (before !== undefined) return before;
  const fingerprint = new Fingerprint(`key\n${name}`);
  const made = describeKey(
    algorithm === 'RSA'
      ? rsaKey(fingerprint, rsaBits)
      : algorithm === 'ED25519'
        ? edwardsKey(fingerprint)
        : curveKey(fingerprint, curve),
    curve,
  );
  known.set(name, made);
  return made;
}

/** A key that somebody already has, as PEM; without a private part there are no private forms. */
export function describeKey(key: KeyObject, curve = 'P224'): SimulatedKey {
  const publicKey = createPublicKey(key);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const blob = opensshBlob(publicKey, curve);
  const type = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs8';
  const digest = (name: string): Buffer => createHash(name).update(blob).digest();
  const shown = blob.length > 0;
  return {
    key,
    pem: key.export({ type, format: 'pem' }).toString(),
    pkcs8: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    openssh: shown ? opensshPrivate(key, blob) : '',
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicOpenssh: shown
      ? `${blob.subarray(4, 4 + blob.readUInt32BE(0)).toString()} ${blob.toString('base64')}\n`
      : '',
    md5: shown ? (digest('md5').toString('hex').match(/../g) ?? []).join(':') : '',
    sha256: shown ? `SHA256:${digest('sha256').toString('base64').replace(/=+$/, '')}` : '',
    id: createHash('sha1').update(spki).digest('hex'),
  };
}

function edwardsKey(fingerprint: Fingerprint): KeyObject {
  const secret = der.octets(Buffer.from(fingerprint.hex(64), 'hex'));
  const pkcs8 = der.sequence(der.integer(0), der.sequence(der.object('1.3.101.112')), der.octets(secret));
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

function curveKey(fingerprint: Fingerprint, curve: string): KeyObject {
  const [name, , identifier, bytes] = curves[curve] ?? [undefined, '', '', 0];
  if (name === undefined)
    throw new RangeError(`There is no curve ${curve}: P224, P256, P384 and P521 are known.`);
  // A first byte of zero keeps the number below the order of every curve.
  const secret = Buffer.from(`00${fingerprint.hex(2 * (bytes - 1))}`, 'hex');
  const exchange = createECDH(name);
  exchange.setPrivateKey(secret);
  const sec1 = der.sequence(
    der.integer(1),
    der.octets(secret),
    der.explicit(0, der.object(identifier)),
    der.explicit(1, der.bits(exchange.getPublicKey())),
  );
  return createPrivateKey({ key: sec1, format: 'der', type: 'sec1' });
}

const exponent = 65537n;

function rsaKey(fingerprint: Fingerprint, bits: number): KeyObject {
  if (!Number.isInteger(bits) || bits < 1024 || bits > 8192)
    throw new RangeError(`An RSA key of ${bits} bits cannot be made here: 1024 to 8192 are possible.`);
  const p = drawPrime(fingerprint, 'p', Math.ceil(bits / 2));
  const q = drawPrime(fingerprint, 'q', Math.floor(bits / 2));
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const jwk = {
    kty: 'RSA',
    n: base64(p * q),
    e: base64(exponent),
    d: base64(d),
    p: base64(p),
    q: base64(q),
    dp: base64(d % (p - 1n)),
    dq: base64(d % (q - 1n)),
    qi: base64(inverse(q, p)),
  };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

const smallPrimes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
];

/** The two highest bits are set, so that the product of two has exactly twice the length. */
function drawPrime(fingerprint: Fingerprint, salt: string, bits: number): bigint {
  const digits = new Fingerprint(`${fingerprint.seed}\n${salt}`).hex(Math.ceil(bits / 4));
  let candidate = BigInt.asUintN(bits, BigInt(`0x${digits}`)) | (3n << BigInt(bits - 2)) | 1n;
  const residues = smallPrimes.map((prime) => Number(candidate % BigInt(prime)));
  for (let step = 0; ; step += 2) {
    if (smallPrimes.every((prime, index) => ((residues[index] ?? 0) + step) % prime !== 0)) {
      const next = candidate + BigInt(step);
      if ((next - 1n) % exponent !== 0n && checkPrimeSync(next, { checks: 10 })) {
        candidate = next;
        return candidate;
      }
    }
  }
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b > 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function base64(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}

function sshString(bytes: Buffer | string): Buffer {
  const contents = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(contents.length);
  return Buffer.concat([length, contents]);
}

function sshNumber(text: string | undefined): Buffer {
  const bytes = Buffer.from(text ?? '', 'base64url');
  return sshString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** RFC 4253, 6.6 and RFC 5656: the public key as OpenSSH writes it. */
function opensshBlob(publicKey: KeyObject, curve: string): Buffer {
  if (publicKey.asymmetricKeyType === 'ec') {
    const named = publicKey.asymmetricKeyDetails?.namedCurve;
    const found = Object.values(curves).find(([openssl]) => openssl === named) ?? curves[curve];
    if (found === undefined || found[1] === '') return Buffer.alloc(0);
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const point = spki.subarray(spki.length - (2 * found[3] + 1));
    return Buffer.concat([sshString(`ecdsa-sha2-${found[1]}`), sshString(found[1]), sshString(point)]);
  }
  const jwk = publicKey.export({ format: 'jwk' });
  if (publicKey.asymmetricKeyType === 'rsa')
    return Buffer.concat([sshString('ssh-rsa'), sshNumber(jwk.e), sshNumber(jwk.n)]);
  return Buffer.concat([sshString('ssh-ed25519'), sshString(Buffer.from(jwk.x ?? '', 'base64url'))]);
}

/** PROTOCOL.key of OpenSSH, without a passphrase. */
function opensshPrivate(key: KeyObject, blob: Buffer): string {
  const type = blob.subarray(4, 4 + blob.readUInt32BE(0));
  const check = createHash('sha256').update(blob).digest().subarray(0, 4);
  const secret = privateParts(key, blob);
  const body = Buffer.concat([check, check, sshString(type), secret, sshString('')]);
  const padding = Buffer.from(Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, index) => index + 1));
  const count = Buffer.of(0, 0, 0, 1);
  const none = sshString('none');
  const whole = [Buffer.from('openssh-key-v1\0'), none, none, sshString(''), count, sshString(blob)];
  return toPem('OPENSSH PRIVATE KEY', Buffer.concat([...whole, sshString(Buffer.concat([body, padding]))]));
}

function privateParts(key: KeyObject, blob: Buffer): Buffer {
  const rest = blob.subarray(4 + blob.readUInt32BE(0));
  const jwk = key.asymmetricKeyType === 'ec' ? undefined : key.export({ format: 'jwk' });
  if (key.asymmetricKeyType === 'rsa')
    return Buffer.concat([jwk?.n, jwk?.e, jwk?.d, jwk?.qi, jwk?.p, jwk?.q].map(sshNumber));
  if (jwk !== undefined)
    return Buffer.concat([
      rest,
      sshString(Buffer.concat([Buffer.from(jwk.d ?? '', 'base64url'), rest.subarray(4)])),
    ]);
  const [sec1] = readDer(key.export({ type: 'sec1', format: 'der' }));
  const secret = readDer(sec1?.contents ?? Buffer.alloc(0))[1]?.contents ?? Buffer.alloc(0);
  return Buffer.concat([
    rest,
    sshNumber(
      BigInt(`0x${secret.toString('hex')}`) === 0n ? '' : base64(BigInt(`0x${secret.toString('hex')}`)),
    ),
  ]);
}
