import { createHash } from 'node:crypto';
import type { Value } from '../value';
import { stringValue, unknownValue } from '../value';
import { textOf, wholeNumberOf } from './argumentValues';
import { argument } from './contents';
import { readPath } from './files';
import type { FunctionDefinition, FunctionTable, World } from './function';
import { rsaDecrypt } from './rsaDecrypt';
import { uuidV5 } from './uuid';

type Encoding = 'hex' | 'base64';

/** Hashes, keys and identifiers. Facts: Terraform 1.11 `lang/funcs`. What is random is unknown, each time. */
export const hashAndCryptoFunctions: FunctionTable = {
  base64sha256: hashOfText('sha256', 'base64'),
  base64sha512: hashOfText('sha512', 'base64'),
  bcrypt: {
    parameters: [{ name: 'str', type: 'string' }],
    variadic: { name: 'cost', type: 'number' },
    type: 'string',
    notNull: true,
    call: bcrypt,
  },
  filebase64sha256: hashOfFile('sha256', 'base64'),
  filebase64sha512: hashOfFile('sha512', 'base64'),
  filemd5: hashOfFile('md5', 'hex'),
  filesha1: hashOfFile('sha1', 'hex'),
  filesha256: hashOfFile('sha256', 'hex'),
  filesha512: hashOfFile('sha512', 'hex'),
  md5: hashOfText('md5', 'hex'),
  rsadecrypt: {
    parameters: [
      { name: 'ciphertext', type: 'string' },
      { name: 'privatekey', type: 'string' },
    ],
    type: 'string',
    notNull: true,
    call: (args) => stringValue(rsaDecrypt(textOf(args[0]), textOf(args[1]))),
  },
  sha1: hashOfText('sha1', 'hex'),
  sha256: hashOfText('sha256', 'hex'),
  sha512: hashOfText('sha512', 'hex'),
  uuid: { parameters: [], type: 'string', notNull: true, call: () => unknownValue('string', true) },
  uuidv5: {
    parameters: [
      { name: 'namespace', type: 'string' },
      { name: 'name', type: 'string' },
    ],
    type: 'string',
    notNull: true,
    call: (args) => stringValue(uuidV5(textOf(args[0]), textOf(args[1]))),
  },
};

function hashOfText(algorithm: string, encoding: Encoding): FunctionDefinition {
  return {
    parameters: [{ name: 'str', type: 'string' }],
    type: 'string',
    notNull: true,
    call: (args) => digest(textOf(args[0]), algorithm, encoding),
  };
}

function hashOfFile(algorithm: string, encoding: Encoding): FunctionDefinition {
  return {
    parameters: [{ name: 'path', type: 'string' }],
    type: 'string',
    notNull: true,
    call: (args: readonly Value[], type, world: World) => {
      const bytes = readPath(textOf(args[0]), world);
      return bytes === undefined ? unknownValue(type, true) : digest(bytes, algorithm, encoding);
    },
  };
}

function digest(content: string | Uint8Array, algorithm: string, encoding: Encoding): Value {
  return stringValue(createHash(algorithm).update(content).digest(encoding));
}

const [leastCost, mostCost] = [4, 31];
const longestPassword = 72;

/** The salt is random, so only the arguments can be judged. A cost below the least one counts as the default. */
function bcrypt(args: readonly Value[]): Value {
  const cost = args.length > 1 ? wholeNumberOf(args[1]) : leastCost;
  if (args.length > 2) throw new Error('bcrypt() takes no more than two arguments');
  if (Buffer.byteLength(textOf(argument(args, 0))) > longestPassword) {
    throw new Error('error occured generating password bcrypt: password length exceeds 72 bytes');
  }
  if (cost > mostCost) {
    throw new Error(
      `error occured generating password crypto/bcrypt: cost ${cost} is outside allowed range (${leastCost},${mostCost})`,
    );
  }
  return unknownValue('string', true);
}
