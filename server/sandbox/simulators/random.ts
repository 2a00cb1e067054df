import type { Fingerprint } from '../identifiers';
import { isList } from '../values';
import type { ValueRecord } from '../values';
import { flagOf, numberOf, textOf } from './simulator';
import type { Simulator } from './simulator';

/** hashicorp/random: drawn from the fingerprint, so that the same configuration gives the same numbers. */
export const randomSimulators: Readonly<Record<string, Simulator>> = {
  random_bytes: ({ object, fingerprint }) => {
    const drawn = Buffer.from(fingerprint.hex(2 * numberOf(object, 'length', 16)), 'hex');
    return { base64: drawn.toString('base64'), hex: drawn.toString('hex') };
  },
  random_id: ({ object, fingerprint }) => {
    const drawn = Buffer.from(fingerprint.hex(2 * numberOf(object, 'byte_length', 8)), 'hex');
    const prefix = textOf(object, 'prefix') ?? '';
    const url = drawn.toString('base64url');
    return {
      id: url,
      hex: prefix + drawn.toString('hex'),
      dec: prefix + BigInt(`0x${drawn.toString('hex') || '0'}`).toString(),
      b64_std: prefix + drawn.toString('base64'),
      b64_url: prefix + url,
    };
  },
  random_integer: ({ object, fingerprint }) => {
    const low = numberOf(object, 'min', 0);
    const result = low + fingerprint.number(Math.max(1, numberOf(object, 'max', low) - low + 1));
    return { id: String(result), result };
  },
  random_password: ({ object, fingerprint }) => ({
    ...characterDefaults,
    id: 'none',
    result: drawCharacters(object, fingerprint),
    bcrypt_hash: `$2a$10$${fingerprint.hex(53)}`,
  }),
  random_string: ({ object, fingerprint }) => {
    const result = drawCharacters(object, fingerprint);
    return { ...characterDefaults, id: result, result };
  },
  random_pet: ({ object, fingerprint }) => {
    const words = Array.from({ length: numberOf(object, 'length', petDefaults.length) }, (_, index) =>
      pick(index % 2 === 0 ? adjectives : animals, fingerprint, `word ${index}`),
    );
    const prefix = textOf(object, 'prefix');
    const separator = textOf(object, 'separator') ?? petDefaults.separator;
    return {
      ...petDefaults,
      id: [...(prefix === undefined ? [] : [prefix]), ...words].join(separator),
    };
  },
  random_shuffle: ({ object, fingerprint }) => {
    const input = object.input;
    const rest = isList(input) ? [...input] : [];
    const count = Math.min(rest.length, numberOf(object, 'result_count', rest.length));
    const result = Array.from(
      { length: count },
      (_, index) => rest.splice(fingerprint.number(rest.length, String(index)), 1)[0] ?? null,
    );
    return { id: '-', result };
  },
  random_uuid: uuid,
  random_uuid4: uuid,
  random_uuid7: uuid,
};

/** `number` is the old name of `numeric`: each follows the other, and both are true when nobody says anything. */
export function randomDerived(type: string, proposed: ValueRecord): ValueRecord {
  if (type !== 'random_password' && type !== 'random_string') return {};
  const numeric = proposed.numeric ?? proposed.number ?? true;
  return { numeric, number: proposed.number ?? numeric };
}

const petDefaults = { length: 2, separator: '-' };
const characterDefaults = {
  lower: true,
  upper: true,
  numeric: true,
  number: true,
  special: true,
  min_lower: 0,
  min_upper: 0,
  min_numeric: 0,
  min_special: 0,
};
const adjectives = [
  'able',
  'brave',
  'calm',
  'eager',
  'fair',
  'gentle',
  'happy',
  'keen',
  'lucky',
  'proud',
  'quick',
  'sharp',
];
const animals = [
  'badger',
  'crane',
  'dolphin',
  'falcon',
  'gecko',
  'heron',
  'lynx',
  'marten',
  'otter',
  'puffin',
  'raven',
  'tapir',
];

function uuid({ fingerprint }: { readonly fingerprint: Fingerprint }): ValueRecord {
  return { id: fingerprint.uuid(), result: fingerprint.uuid() };
}

function pick(from: readonly string[], fingerprint: Fingerprint, salt: string): string {
  return from[fingerprint.number(from.length, salt)] ?? '';
}

/** The required minimum of each class first, the rest from all allowed classes, then shuffled. */
function drawCharacters(object: ValueRecord, fingerprint: Fingerprint): string {
  const numeric = flagOf(object, 'numeric', flagOf(object, 'number', true));
  const classes = [
    { name: 'lower', allowed: flagOf(object, 'lower', true), characters: 'abcdefghijklmnopqrstuvwxyz' },
    { name: 'upper', allowed: flagOf(object, 'upper', true), characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
    { name: 'numeric', allowed: numeric, characters: '0123456789' },
    {
      name: 'special',
      allowed: flagOf(object, 'special', true),
      characters: textOf(object, 'override_special') ?? '!@#$%&*()-_=+[]{}<>:?',
    },
  ];
  const all = classes
    .filter((each) => each.allowed)
    .map((each) => each.characters)
    .join('');
  const length = numberOf(object, 'length', 16);
  const drawn = classes.flatMap(({ name, characters }) =>
    Array.from({ length: numberOf(object, `min_${name}`, 0) }, (_, index) =>
      pick(Array.from(characters), fingerprint, `${name} ${index}`),
    ),
  );
  for (let index = drawn.length; index < length; index++)
    drawn.push(pick(Array.from(all), fingerprint, `any ${index}`));
  const shuffled: string[] = [];
  while (drawn.length > 0)
    shuffled.push(...drawn.splice(fingerprint.number(drawn.length, `order ${drawn.length}`), 1));
  return shuffled.slice(0, length).join('');
}
