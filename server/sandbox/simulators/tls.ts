import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isList, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import {
  encodeSubject,
  keyIdentifier,
  makeCertificate,
  makeRequest,
  readRequest,
  readSubject,
  serialOf,
  simulatedCertificate,
  subjectIdentifiers,
} from './certificates';
import type { CertificateOptions, Names, SubjectPart } from './certificates';
import { describeKey, makeKey } from './keys';
import { flagOf, numberOf, simulatedTime, textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';

/** hashicorp/tls: real keys and certificates, made from the configuration alone, valid from the simulated moment on. */
export const tlsSimulators: Readonly<Record<string, Simulator>> = {
  tls_private_key: privateKey,
  tls_public_key: ({ object }) => {
    const openssh = textOf(object, 'private_key_openssh');
    const pem = textOf(object, 'private_key_pem') ?? openssh ?? '';
    const key = readKey(pem, 'private_key_pem');
    const described = describeKey(key);
    return { ...publicForms(described), algorithm: algorithmOf(key), private_key_pem: described.pem };
  },
  tls_cert_request: ({ object }) => {
    const key = readKey(textOf(object, 'private_key_pem') ?? '', 'private_key_pem');
    const pem = makeRequest({ subject: subjectOf(object), names: namesOf(object) }, key);
    return { cert_request_pem: pem, key_algorithm: algorithmOf(key), id: String(serialOf(pem)) };
  },
  tls_self_signed_cert: (simulation) => {
    const { object } = simulation;
    const key = readKey(textOf(object, 'private_key_pem') ?? '', 'private_key_pem');
    const subject = subjectOf(object);
    const publicKey = createPublicKey(key);
    return {
      ...issue(simulation, {
        subject,
        issuer: subject,
        publicKey,
        signer: key,
        names: namesOf(object),
        authorityKeyId: flagOf(object, 'set_authority_key_id', false) ? keyIdentifier(publicKey) : undefined,
      }),
      key_algorithm: algorithmOf(key),
    };
  },
  tls_locally_signed_cert: (simulation) => {
    const { object } = simulation;
    const signer = readKey(textOf(object, 'ca_private_key_pem') ?? '', 'ca_private_key_pem');
    const request = readRequest(textOf(object, 'cert_request_pem') ?? '');
    return {
      ...issue(simulation, {
        ...request,
        issuer: readSubject(textOf(object, 'ca_cert_pem') ?? ''),
        signer,
        names: { dns: [], addresses: [], uris: [] },
        authorityKeyId: keyIdentifier(createPublicKey(signer)),
      }),
      ca_key_algorithm: algorithmOf(signer),
    };
  },
  tls_certificate: ({ object, fingerprint }) => {
    const pem = textOf(object, 'content') ?? simulatedCertificate(textOf(object, 'url') ?? 'simulated');
    return {
      id: fingerprint.hex(40),
      certificates: [
        {
          cert_pem: pem,
          is_ca: true,
          issuer: 'CN=simulated',
          max_path_length: -1,
          not_after: '2035-01-01T00:00:00Z',
          not_before: simulatedTime,
          public_key_algorithm: 'ECDSA',
          serial_number: String(serialOf(pem)),
          sha1_fingerprint: fingerprint.hex(40),
          signature_algorithm: 'ECDSA-SHA256',
          subject: 'CN=simulated',
          version: 3,
        },
      ],
    };
  },
};

function privateKey({ object, fingerprint }: Simulation): ValueRecord {
  const key = makeKey(
    fingerprint.seed,
    textOf(object, 'algorithm') ?? 'RSA',
    numberOf(object, 'rsa_bits', 2048),
    textOf(object, 'ecdsa_curve') ?? 'P224',
  );
  return {
    ...publicForms(key),
    private_key_pem: key.pem,
    private_key_pem_pkcs8: key.pkcs8,
    private_key_openssh: key.openssh,
  };
}

function publicForms(key: ReturnType<typeof describeKey>): ValueRecord {
  return {
    id: key.id,
    public_key_pem: key.publicPem,
    public_key_openssh: key.publicOpenssh,
    public_key_fingerprint_md5: key.md5,
    public_key_fingerprint_sha256: key.sha256,
  };
}

type Issued = Pick<
  CertificateOptions,
  'subject' | 'issuer' | 'publicKey' | 'signer' | 'names' | 'authorityKeyId' | 'alternatives'
>;

function issue({ object, fingerprint }: Simulation, issued: Issued): ValueRecord {
  const start = new Date(simulatedTime);
  const end = new Date(start.getTime() + numberOf(object, 'validity_period_hours', 1) * 3_600_000);
  const serial = serialOf(fingerprint.seed);
  const pathLength = numberOf(object, 'max_path_length', -1);
  const pem = makeCertificate({
    ...issued,
    serial,
    start,
    end,
    uses: textsOf(object.allowed_uses),
    authority: flagOf(object, 'is_ca_certificate', false),
    pathLength: pathLength < 0 ? undefined : pathLength,
    subjectKeyId: flagOf(object, 'set_subject_key_id', false),
  });
  return {
    id: serial.toString(),
    cert_pem: pem,
    ready_for_renewal: false,
    validity_start_time: simulatedTime,
    validity_end_time: end.toISOString().replace('.000Z', 'Z'),
  };
}

/** @throws Error naming the argument */
function readKey(pem: string, argument: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new Error(
      `${argument} holds no private key in PEM that can be read here: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

function algorithmOf(key: KeyObject): string {
  const names: Readonly<Record<string, string>> = { rsa: 'RSA', ec: 'ECDSA', ed25519: 'ED25519' };
  return names[key.asymmetricKeyType ?? ''] ?? '';
}

function subjectOf(object: ValueRecord): Buffer {
  const block: Value = isList(object.subject) ? (object.subject[0] ?? null) : null;
  if (!isRecord(block)) return encodeSubject([]);
  const parts = subjectIdentifiers.flatMap(([name, identifier]): SubjectPart[] => {
    const value = block[name] ?? null;
    const all = isList(value) ? textsOf(value) : [textOf(block, name)];
    return all.flatMap((text) => (text === undefined ? [] : [[identifier, text] as const]));
  });
  return encodeSubject(parts);
}

function namesOf(object: ValueRecord): Names {
  return {
    dns: textsOf(object.dns_names),
    addresses: textsOf(object.ip_addresses),
    uris: textsOf(object.uris),
  };
}

function textsOf(value: Value | undefined): readonly string[] {
  return isList(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
