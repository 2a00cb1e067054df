import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { base64Bytes } from './base64';
import { ArgumentError } from './function';
import { quote } from './goQuote';
import { readOpenSshKey } from './openSshKey';

/**
 * The text that was encrypted with RSA (PKCS #1 v1.5) for a private key: PEM of PKCS #1, PKCS #8 or OpenSSH, without a
 * passphrase. The cipher text is in base64. Throws Terraform's words where it has some.
 */
export function rsaDecrypt(cipherText: string, privateKey: string): string {
  const bytes = base64Bytes(cipherText);
  if (bytes === undefined) {
    throw new ArgumentError(
      0,
      `failed to decode input ${quote(cipherText)}: cipher text must be base64-encoded`,
    );
  }
  const key = readKey(privateKey);
  const size = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  const plain = bytes.length <= size ? withoutPadding(decryptBlock(bytes, key, size)) : undefined;
  if (plain === undefined) throw new Error('failed to decrypt: crypto/rsa: decryption error');
  return plain.toString('utf8');
}

/** Node refuses to take off PKCS #1 v1.5 padding itself: a server that does can be made to tell secrets. Here is none. */
function decryptBlock(bytes: Buffer, key: KeyObject, size: number): Buffer | undefined {
  const block = Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block);
  } catch {
    return undefined;
  }
}

const leastPadding = 8;

/** RFC 8017, 7.2.2: 0, 2, at least eight bytes that are not 0, then 0 and the message. */
function withoutPadding(block: Buffer | undefined): Buffer | undefined {
  if (block?.[0] !== 0 || block[1] !== 2) return undefined;
  const end = block.indexOf(0, 2);
  return end < 2 + leastPadding ? undefined : block.subarray(end + 1);
}

const protectedKey = 'ssh: this private key is passphrase protected';

function readKey(text: string): KeyObject {
  const block = firstPemBlock(text);
  if (block === undefined) return refuse('ssh: no key found');
  if (block.isEncrypted) return refuse(protectedKey);
  const key = keyIn(block);
  if (key.asymmetricKeyType === 'rsa') return key;
  throw new ArgumentError(
    1,
    `invalid private key type ${key.asymmetricKeyType ?? 'unknown'}; an RSA key is required`,
  );
}

function keyIn(block: PemBlock): KeyObject {
  const { bytes, label } = block;
  try {
    switch (label) {
      case 'RSA PRIVATE KEY':
        if (isPkcs8(bytes)) return refuse('it has the format of PRIVATE KEY, not of RSA PRIVATE KEY');
        return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs1' });
      case 'PRIVATE KEY':
        return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
      case 'EC PRIVATE KEY':
        return createPrivateKey({ key: bytes, format: 'der', type: 'sec1' });
      case 'OPENSSH PRIVATE KEY':
        return readOpenSshKey(bytes);
      default:
        return refuse(`ssh: unsupported key type ${quote(label)}`);
    }
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    return refuse(error instanceof Error ? error.message : String(error), error);
  }
}

/** After the number of the version comes the algorithm, not a number (RFC 5958). Node would take it for PKCS #1 too. */
function isPkcs8(bytes: Buffer): boolean {
  const lengthOfLength = (bytes[1] ?? 0) & 0x80 ? (bytes[1] ?? 0) & 0x7f : 0;
  const [version, sequence] = [Buffer.from([2, 1, 0]), 0x30];
  const start = 2 + lengthOfLength;
  return bytes.subarray(start, start + 3).equals(version) && bytes[start + 3] === sequence;
}

function refuse(why: string, cause?: unknown): never {
  throw new ArgumentError(1, `invalid private key: ${why}`, { cause });
}

interface PemBlock {
  readonly label: string;
  readonly bytes: Buffer;
  readonly isEncrypted: boolean;
}

/** The first well-formed block; text around it does not matter (RFC 7468, with the headers of RFC 1421). */
function firstPemBlock(text: string): PemBlock | undefined {
  const blocks =
    /^-----BEGIN ([^\r\n]*)-----[ \t]*\r?\n((?:[^\r\n:]+:[^\r\n]*\r?\n)*)([^-:]*?)^-----END \1-----[ \t]*$/gm;
  for (const [, label = '', headers = '', body = ''] of text.replaceAll('\r\n', '\n').matchAll(blocks)) {
    const bytes = base64Bytes(body.replace(/\s/g, ''));
    if (bytes !== undefined) return { label, bytes, isEncrypted: /^Proc-Type:.*ENCRYPTED/m.test(headers) };
  }
  return undefined;
}
