import { gunzipSync } from 'node:zlib';
import { valuesEqual } from '../equality';
import { convert } from '../convert';
import { readTypeConstraint } from '../typeConstraint';
import { applyDefaults } from '../typeDefaults';
import { isWhollyKnown } from '../marks';
import type { CtyType } from '../type';
import { friendlyName, isCollection } from '../types';
import type { Value } from '../value';
import { boolValue, listValue, mapValue, stringValue, unknownValue, withMarks } from '../value';
import { setValue } from '../set';
import { membersOf, textOf } from './argumentValues';
import { base64Bytes } from './base64';
import { argument, bigIntegerOf, redacted } from './contents';
import type { FunctionDefinition, FunctionTable, LazyArgument, Parameter } from './function';
import { ArgumentError } from './function';
import { quote } from './goQuote';
import { graphemes } from './graphemes';
import type { Address, Network } from './ipAddress';
import { containsAddress, isIpv4, lastAddress, parseAddress, parseNetwork } from './ipAddress';

const prefixes = ['containing_prefix', 'contained_ip_or_prefix'] as const;
const anything: Omit<Parameter, 'name'> = {
  type: 'dynamic',
  allowNull: true,
  allowUnknown: true,
  allowDynamic: true,
};
const lengths = { '': ['min_length', 'max_length'], min: ['min_length'], max: ['max_length'] } as const;

/**
 * What OpenTofu adds to Terraform's functions. Facts: OpenTofu 1.12 `internal/lang/funcs`. What the `assume` functions
 * promise of values that are not known yet is kept only as far as such values can hold it here: that they are not null.
 */
export const openTofuFunctions: FunctionTable = {
  assumeequal: {
    parameters: ['actual_value', 'expected_value'].map((name) => ({ name, ...anything, allowMarked: true })),
    type: (args) => argument(args, 1).type,
    call: assumeEqual,
  },
  ...lengthAssumptions('list'),
  ...lengthAssumptions('map'),
  ...lengthAssumptions('set'),
  assumenotnull: {
    parameters: [{ name: 'value', ...anything }],
    type: 'dynamic',
    call: (args) => {
      const value = argument(args, 0);
      if (value.type === 'dynamic') {
        throw new ArgumentError(
          0,
          'given value must have a known type; consider using the "convert" function to specify a type to assume',
        );
      }
      if (value.kind === 'null') throw notUpheld();
      return value.kind === 'unknown' ? { ...value, notNull: true } : value;
    },
  },
  assumestringprefix: {
    parameters: [
      { ...anything, name: 'value', type: 'string' },
      { name: 'prefix', type: 'string' },
    ],
    type: 'string',
    call: (args) => assumePrefix(argument(args, 0), textOf(args[1])),
  },
  base64gunzip: {
    parameters: [{ name: 'str', type: 'string', allowMarked: true }],
    type: 'string',
    notNull: true,
    call: gunzip,
  },
  cidrcontains: {
    parameters: prefixes.map((name) => ({ name, type: 'string' })),
    type: 'bool',
    call: (args) => boolValue(networkContains(textOf(args[0]), textOf(args[1]))),
  },
  convert: {
    parameters: [
      { name: 'value', ...anything, allowMarked: true },
      { name: 'type', type: 'dynamic' },
    ],
    type: 'dynamic',
    call: (args) => argument(args, 0),
    callLazily: convertTo,
  },
  urldecode: {
    parameters: [{ name: 'str', type: 'string' }],
    type: 'string',
    notNull: true,
    call: (args) => stringValue(urlDecode(textOf(args[0]))),
  },
};

function notUpheld(): ArgumentError {
  return new ArgumentError(0, 'assumption was not upheld');
}

function assumeEqual(args: readonly Value[]): Value {
  const [actual, expected] = [argument(args, 0), argument(args, 1)];
  let converted: Value;
  try {
    converted = convert(actual, expected.type);
  } catch (error) {
    const names = [actual, expected]
      .map((value) => friendlyName(value.type))
      .join(' does not match assumed value type ');
    throw new ArgumentError(0, `actual value type ${names}`, { cause: error });
  }
  const equal = valuesEqual(converted, expected);
  if (equal.kind !== 'known' || equal.content === true) return expected;
  throw new ArgumentError(0, 'the actual value does not match the assumed value');
}

/** Go compares bytes, and leaves out the end of the prefix where what follows could change its last character. */
function assumePrefix(value: Value, prefix: string): Value {
  if (value.kind !== 'known') return value;
  const [text, wanted] = [Buffer.from(textOf(value)), Buffer.from(safePrefix(prefix))];
  const length = Math.min(text.length, wanted.length);
  if (text.subarray(0, length).equals(wanted.subarray(0, length))) return value;
  throw notUpheld();
}

function safePrefix(prefix: string): string {
  const clusters = graphemes(prefix.normalize('NFC'));
  const last = clusters.at(-1) ?? '';
  return (/^[-_:;/\\,.(){}[\]|?!~ \t@#$%^&*+"']$/.test(last) ? clusters : clusters.slice(0, -1)).join('');
}

function lengthAssumptions(kind: 'list' | 'set' | 'map'): FunctionTable {
  const definitions = (Object.keys(lengths) as (keyof typeof lengths)[]).map(
    (bound): [string, FunctionDefinition] => [
      `assume${kind}length${bound}`,
      {
        parameters: [
          { ...anything, name: 'value', type: [kind, 'dynamic'] },
          ...lengths[bound].map((name) => ({ name, type: 'number' }) as const),
        ],
        type: (args) => argument(args, 0).type,
        call: (args, type) => {
          const [first = 0, second] = args.slice(1).map((arg, at) => lengthOf(arg, at + 1));
          const least = bound === 'max' ? 0 : first;
          const most = bound === 'max' ? first : (second ?? Number.POSITIVE_INFINITY);
          return assumeLength(argument(args, 0), type, least, most);
        },
      },
    ],
  );
  return Object.fromEntries(definitions);
}

const longest = 2n ** 63n - 1n;

function lengthOf(value: Value, index: number): number {
  const refuse = (): never => {
    throw new ArgumentError(index, `must be a whole number between 0 and ${longest}`);
  };
  const length = faultless(() => bigIntegerOf(value)) ?? refuse();
  return length < -longest || length >= longest ? refuse() : Number(length);
}

function faultless<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function assumeLength(value: Value, type: CtyType, least: number, most: number): Value {
  if (value.kind === 'null' || least > most) throw notUpheld();
  if (value.kind === 'unknown') return value.notNull && most === 0 ? emptyOf(type) : value;
  const { length } = membersOf(value);
  // Members of a set that are not known may turn out to be one, but not none.
  const atLeast =
    isWhollyKnown(value) || typeof type === 'string' || type[0] !== 'set' ? length : Math.min(length, 1);
  if (length < least || atLeast > most) throw notUpheld();
  return value;
}

function emptyOf(type: CtyType): Value {
  if (!isCollection(type)) return unknownValue(type);
  if (type[0] === 'map') return mapValue(type[1], []);
  return type[0] === 'set' ? setValue(type[1], []) : listValue(type[1], []);
}

/** As large a text as is still quick to work on. */
const longestText = 16 * 1024 * 1024;

function gunzip(args: readonly Value[], type: CtyType): Value {
  const value = argument(args, 0);
  const text = textOf(value);
  const bytes = base64Bytes(text);
  if (bytes === undefined) throw new Error(`failed to decode base64 data ${redacted(text, value.marks)}`);
  try {
    const plain = gunzipSync(bytes, { maxOutputLength: longestText });
    return withMarks(stringValue(plain.toString('utf8')), value.marks);
  } catch (error) {
    if (error instanceof RangeError) return withMarks(unknownValue(type), value.marks);
    throw new Error(
      `failed to gunzip bytestream: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

function networkContains(prefix: string, other: string): boolean {
  const network = parseNetwork(prefix);
  if (network === undefined) throw new Error(`invalid CIDR address: ${prefix}`);
  const [first, last] = boundsOf(other);
  if (isIpv4(first) !== isIpv4(network.address))
    throw new Error(`address family mismatch: ${prefix} vs. ${other}`);
  return containsAddress(network, first) && containsAddress(network, last);
}

/** The first and the last address of a network, or twice the one there is. */
function boundsOf(text: string): readonly [Address, Address] {
  const address = parseAddress(text);
  if (address !== undefined) return [address, address];
  const network: Network | undefined = parseNetwork(text);
  if (network === undefined) throw new Error(`invalid IP address or prefix: ${text}`);
  return [network.address, lastAddress(network)];
}

function convertTo(args: readonly LazyArgument[]): Value {
  const [source, target, ...more] = args;
  if (source === undefined || target === undefined || more.length > 0) {
    throw new Error(`wrong number of arguments (2 required; ${args.length} given)`);
  }
  if (target.expression === undefined) throw new ArgumentError(1, 'a type is required, as in list(string)');
  const { type, defaults, errors } = readTypeConstraint(target.expression);
  const [fault] = errors;
  if (fault) throw new ArgumentError(1, fault.message);
  const { value, faults } = source.evaluate();
  if (faults[0] !== undefined) throw new ArgumentError(0, faults[0]);
  return convert(value.kind === 'null' ? value : applyDefaults(value, defaults), type);
}

/** As in a query: `+` is a space. */
function urlDecode(text: string): string {
  const wrong = /%(?![\da-f]{2}).{0,2}/i.exec(text);
  if (wrong) throw new Error(`failed to decode URL '${text}': invalid URL escape ${quote(wrong[0])}`);
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/(?:%[\da-f]{2})+/gi, (escapes) =>
      Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
    );
  return bytes;
}
