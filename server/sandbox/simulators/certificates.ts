import { createHash, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Fingerprint } from '../identifiers';
import { der, fromPem, readDer, toPem } from './der';
import { makeKey } from './keys';
import { simulatedTime } from './simulator';

/** The parts of a distinguished name, in the order they are written. */
export type SubjectPart = readonly [identifier: string, text: string];

/** Identifiers of X.520, by the names hashicorp/tls gives the parts; the order is that of Go's pkix.Name. */
export const subjectIdentifiers: readonly (readonly [name: string, identifier: string])[] = [
  ['country', '2.5.4.6'],
  ['organization', '2.5.4.10'],
  ['organizational_unit', '2.5.4.11'],
  ['locality', '2.5.4.7'],
  ['province', '2.5.4.8'],
  ['street_address', '2.5.4.9'],
  ['postal_code', '2.5.4.17'],
  ['common_name', '2.5.4.3'],
  ['serial_number', '2.5.4.5'],
  ['email_address', '1.2.840.113549.1.9.1'],
];

export interface Names {
  readonly dns: readonly string[];
  readonly addresses: readonly string[];
  readonly uris: readonly string[];
}

export interface CertificateRequest {
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly names: Names;
}

export interface CertificateOptions extends CertificateRequest {
  readonly issuer: Buffer;
  readonly signer: KeyObject;
  readonly serial: bigint;
  readonly start: Date;
  readonly end: Date;
  readonly uses: readonly string[];
  readonly authority: boolean;
  readonly pathLength: number | undefined;
  readonly subjectKeyId: boolean;
  /** The issuer's, when it is to be named. */
  readonly authorityKeyId: Buffer | undefined;
  /** The names as a request carries them, instead of `names`. */
  readonly alternatives?: Buffer | undefined;
}

/** A certificate (RFC 5280) as PEM. */
export function makeCertificate(options: CertificateOptions): string {
  const algorithm = signatureAlgorithm(options.signer);
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(options.serial),
    algorithm.encoded,
    options.issuer,
    der.sequence(der.time(options.start), der.time(options.end)),
    options.subject,
    options.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...extensionsOf(options))),
  );
  return toPem('CERTIFICATE', signed(body, options.signer, algorithm));
}

/** A request for a certificate (RFC 2986) as PEM. */
export function makeRequest(
  { subject, names }: Omit<CertificateRequest, 'publicKey'>,
  key: KeyObject,
): string {
  const algorithm = signatureAlgorithm(key);
  const alternatives = namesExtension(names);
  const attributes =
    alternatives === undefined
      ? Buffer.alloc(0)
      : der.sequence(der.object('1.2.840.113549.1.9.14'), der.set(der.sequence(alternatives)));
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const body = der.sequence(der.integer(0), subject, publicKey, der.explicit(0, attributes));
  return toPem('CERTIFICATE REQUEST', signed(body, key, algorithm));
}

/** What a request asks for, ready to be put into a certificate. @throws Error when it is none */
export function readRequest(pem: string): {
  subject: Buffer;
  publicKey: KeyObject;
  alternatives: Buffer | undefined;
} {
  const [outer] = readDer(fromPem(pem));
  const [body] = readDer(outer?.contents ?? Buffer.alloc(0));
  const [, subject, spki, attributes] = readDer(body?.contents ?? Buffer.alloc(0));
  if (subject === undefined || spki === undefined) throw new Error('This is no certificate request in PEM.');
  const [attribute] = readDer(attributes?.contents ?? Buffer.alloc(0));
  const [, set] = readDer(attribute?.contents ?? Buffer.alloc(0));
  const [extensions] = readDer(set?.contents ?? Buffer.alloc(0));
  const alternatives = readDer(extensions?.contents ?? Buffer.alloc(0))[0]?.whole;
  return {
    subject: subject.whole,
    publicKey: createPublicKey({ key: spki.whole, format: 'der', type: 'spki' }),
    alternatives,
  };
}

/** The subject of a certificate. @throws Error when it is none */
export function readSubject(pem: string): Buffer {
  const [outer] = readDer(fromPem(pem));
  const [body] = readDer(outer?.contents ?? Buffer.alloc(0));
  const subject = readDer(body?.contents ?? Buffer.alloc(0))[5];
  if (subject === undefined) throw new Error('This is no certificate in PEM.');
  return subject.whole;
}

export function encodeSubject(parts: readonly SubjectPart[]): Buffer {
  const encoded = parts.map(([identifier, text]) => {
    const isMail = identifier === '1.2.840.113549.1.9.1';
    const value = isMail
      ? der.ia5(text)
      : /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)
        ? der.printable(text)
        : der.utf8(text);
    return der.set(der.sequence(der.object(identifier), value));
  });
  return der.sequence(...encoded);
}

/** SHA-1 of the public key, as authorities identify it. */
export function keyIdentifier(publicKey: KeyObject): Buffer {
  const [spki] = readDer(publicKey.export({ type: 'spki', format: 'der' }));
  const bits = readDer(spki?.contents ?? Buffer.alloc(0))[1]?.contents ?? Buffer.alloc(0);
  return createHash('sha1').update(bits.subarray(1)).digest();
}

const made = new Map<string, string>();

/** A well-formed certificate of an authority that exists only here: for clusters and endpoints that want one. */
export function simulatedCertificate(name: string): string {
  const before = made.get(name);
  if (before !== undefined) return before;
  const { key } = makeKey(`certificate of ${name}`, 'ECDSA', 0, 'P256');
  const subject = encodeSubject([['2.5.4.3', name]]);
  const certificate = makeCertificate({
    subject,
    issuer: subject,
    publicKey: createPublicKey(key),
    signer: key,
    names: { dns: [], addresses: [], uris: [] },
    serial: serialOf(name),
    start: new Date(simulatedTime),
    end: new Date('2035-01-01T00:00:00Z'),
    uses: ['cert_signing', 'digital_signature'],
    authority: true,
    pathLength: undefined,
    subjectKeyId: true,
    authorityKeyId: undefined,
  });
  made.set(name, certificate);
  return certificate;
}

export function serialOf(seed: string): bigint {
  return BigInt(`0x${new Fingerprint(`serial\n${seed}`).hex(31)}`);
}

interface Algorithm {
  readonly encoded: Buffer;
  readonly digest: string | null;
}

function signatureAlgorithm(key: KeyObject): Algorithm {
  if (key.asymmetricKeyType === 'rsa')
    return { encoded: der.sequence(der.object('1.2.840.113549.1.1.11'), der.null()), digest: 'sha256' };
  if (key.asymmetricKeyType === 'ed25519')
    return { encoded: der.sequence(der.object('1.3.101.112')), digest: null };
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const [identifier, digest] =
    curve === 'secp384r1' ? ['3', 'sha384'] : curve === 'secp521r1' ? ['4', 'sha512'] : ['2', 'sha256'];
  return { encoded: der.sequence(der.object(`1.2.840.10045.4.3.${identifier}`)), digest };
}

function signed(body: Buffer, key: KeyObject, { encoded, digest }: Algorithm): Buffer {
  return der.sequence(body, encoded, der.bits(sign(digest, body, key)));
}

const keyUses =
  'digital_signature content_commitment key_encipherment data_encipherment key_agreement cert_signing crl_signing encipher_only decipher_only'.split(
    ' ',
  );
const extendedUses: Readonly<Record<string, string>> = {
  any_extended: '2.5.29.37.0',
  server_auth: '1.3.6.1.5.5.7.3.1',
  client_auth: '1.3.6.1.5.5.7.3.2',
  code_signing: '1.3.6.1.5.5.7.3.3',
  email_protection: '1.3.6.1.5.5.7.3.4',
  ipsec_end_system: '1.3.6.1.5.5.7.3.5',
  ipsec_tunnel: '1.3.6.1.5.5.7.3.6',
  ipsec_user: '1.3.6.1.5.5.7.3.7',
  timestamping: '1.3.6.1.5.5.7.3.8',
  ocsp_signing: '1.3.6.1.5.5.7.3.9',
  microsoft_server_gated_crypto: '1.3.6.1.4.1.311.10.3.3',
  netscape_server_gated_crypto: '2.16.840.1.113730.4.1',
  microsoft_commercial_code_signing: '1.3.6.1.4.1.311.2.1.22',
  microsoft_kernel_code_signing: '1.3.6.1.4.1.311.61.1.1',
};

function extensionsOf(options: CertificateOptions): Buffer[] {
  const { uses, authority, pathLength } = options;
  const bits = keyUses.flatMap((name, index) => (uses.includes(name) ? [index] : []));
  const extended = uses.flatMap((name) => extendedUses[name] ?? []);
  const alternatives = options.alternatives ?? namesExtension(options.names);
  const limits = pathLength === undefined || !authority ? [] : [der.integer(pathLength)];
  return [
    ...(bits.length > 0 ? [extension('2.5.29.15', true, bitString(bits))] : []),
    ...(extended.length > 0
      ? [extension('2.5.29.37', false, der.sequence(...extended.map(der.object)))]
      : []),
    extension('2.5.29.19', true, der.sequence(...(authority ? [der.boolean(true)] : []), ...limits)),
    ...(options.subjectKeyId || authority
      ? [extension('2.5.29.14', false, der.octets(keyIdentifier(options.publicKey)))]
      : []),
    ...(options.authorityKeyId === undefined
      ? []
      : [extension('2.5.29.35', false, der.sequence(der.implicit(0, options.authorityKeyId)))]),
    ...(alternatives === undefined ? [] : [alternatives]),
  ];
}

/** Bits are counted from the left; trailing zeros are left out. */
function bitString(bits: readonly number[]): Buffer {
  const last = Math.max(...bits);
  const bytes = Buffer.alloc(Math.floor(last / 8) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return der.bits(bytes, 7 - (last & 7));
}

function extension(identifier: string, critical: boolean, value: Buffer): Buffer {
  return der.sequence(der.object(identifier), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}

function namesExtension({ dns, addresses, uris }: Names): Buffer | undefined {
  const all = [
    ...dns.map((name) => der.implicit(2, Buffer.from(name, 'latin1'))),
    ...addresses.map((address) => der.implicit(7, addressBytes(address))),
    ...uris.map((uri) => der.implicit(6, Buffer.from(uri, 'latin1'))),
  ];
  return all.length === 0 ? undefined : extension('2.5.29.17', false, der.sequence(...all));
}

/** @throws Error for what is no address of IPv4 or IPv6 */
function addressBytes(address: string): Buffer {
  if (/^\d+(\.\d+){3}$/.test(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const all = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  if (all.length !== 8 || !all.every((each) => /^[0-9a-f]{1,4}$/i.test(each)))
    throw new Error(`"${address}" is no IP address.`);
  return Buffer.from(all.map((each) => each.padStart(4, '0')).join(''), 'hex');
}
