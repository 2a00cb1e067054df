import type { Value } from '../value';
import { listValue, stringValue } from '../value';
import { textOf, wholeNumberOf } from './argumentValues';
import { argument, bigIntegerOf, faultOf } from './contents';
import type { FunctionTable, Parameter } from './function';
import { ArgumentError } from './function';
import type { Address, Network } from './ipAddress';
import {
  addressText,
  containsAddress,
  isIpv4,
  lastAddress,
  masked,
  maskOf,
  networkText,
  parseNetwork,
} from './ipAddress';

const prefix: Parameter = { name: 'prefix', type: 'string' };

/** Addresses and networks. Facts: Terraform 1.11 `lang/funcs`, go-cidr 1.1. */
export const ipNetworkFunctions: FunctionTable = {
  cidrhost: {
    parameters: [prefix, { name: 'hostnum', type: 'number' }],
    type: 'string',
    notNull: true,
    call: (args) => {
      const host = bigIntegerOf(argument(args, 1));
      return stringValue(addressText(hostAddress(networkIn(args), host)));
    },
  },
  cidrnetmask: {
    parameters: [prefix],
    type: 'string',
    notNull: true,
    call: (args) => {
      const network = networkIn(args);
      if (!isIpv4(network.address))
        throw new Error(`IPv6 addresses cannot have a netmask: ${textOf(args[0])}`);
      const { bits } = network.address;
      return stringValue(addressText({ number: maskOf(network.prefix, bits), bits }));
    },
  },
  cidrsubnet: {
    parameters: [prefix, { name: 'newbits', type: 'number' }, { name: 'netnum', type: 'number' }],
    type: 'string',
    notNull: true,
    call: (args) => {
      const bits = wholeNumberOf(args[1]);
      const number = bigIntegerOf(argument(args, 2));
      return stringValue(networkText(subnet(networkIn(args), bits, number)));
    },
  },
  cidrsubnets: {
    parameters: [prefix],
    variadic: { name: 'newbits', type: 'number' },
    type: ['list', 'string'],
    notNull: true,
    call: (args) =>
      listValue(
        'string',
        subnets(args).map((network) => stringValue(networkText(network))),
      ),
  },
};

function networkIn(args: readonly Value[]): Network {
  const text = textOf(args[0]);
  const network = parseNetwork(text);
  if (network === undefined) throw new Error(`invalid CIDR expression: invalid CIDR address: ${text}`);
  return network;
}

const low64 = (1n << 64n) - 1n;

/** The size of a number, of which Go looks only at the lowest 64 bits where it compares. */
function lowBits(number: bigint): bigint {
  return (number < 0n ? -number : number) & low64;
}

/** A negative number counts from the last address. */
function hostAddress({ address, prefix: length }: Network, number: bigint): Address {
  const { bits } = address;
  const most = (1n << BigInt(bits - length)) - 1n;
  const host = number < 0n ? most + number + 1n : number;
  const size = number < 0n ? -number - 1n : BigInt.asIntN(64, lowBits(number));
  if (size > most) throw new Error(`prefix of ${length} does not accommodate a host numbered ${host}`);
  return inserted(address, host, isIpv4(address) ? 32 : 128);
}

function subnet({ address, prefix: length }: Network, newBits: number, number: bigint): Network {
  const newLength = length + newBits;
  if (newLength > address.bits) {
    throw new Error(`insufficient address space to extend prefix of ${length} by ${newBits}`);
  }
  const most = newBits < 0 || newBits >= 64 ? low64 : (1n << BigInt(newBits)) - 1n;
  if (lowBits(number) > most) {
    throw new Error(`prefix extension of ${newBits} does not accommodate a subnet numbered ${number}`);
  }
  return { address: inserted(address, number, newLength), prefix: newLength };
}

/** The address with a number put where the prefix ends. */
function inserted({ number: base, bits }: Address, number: bigint, length: number): Address {
  const signed = base | (number << BigInt(bits - length));
  const whole = signed < 0n ? -signed : signed;
  if (whole >> BigInt(bits) !== 0n)
    throw new Error(`the number ${number} does not fit into an address of ${bits} bits`);
  return { number: whole, bits };
}

/** Terraform allows no more, so that results do not depend on the machine. */
const mostNewBits = 32;

function subnets(args: readonly Value[]): Network[] {
  const network = faultOf(0, () => networkIn(args));
  const { address, prefix: start } = network;
  const { bits } = address;
  const found: Network[] = [];
  if (args.length > 1 && bits === 128 && isIpv4(address)) {
    throw new ArgumentError(1, 'an IPv4 network in IPv6 form cannot be divided; write it as IPv4');
  }
  // The first subnet starts where the network does; each other one at the first fitting place after the one before.
  let next = address.number;
  let before = { address: previous(address), prefix: 0 };
  for (const [at, arg] of args.slice(1).entries()) {
    const index = at + 1;
    const added = faultOf(index, () => wholeNumberOf(arg));
    const length = checkedLength(added, start, bits, index);
    const size = 1n << BigInt(bits - length);
    const place = ((next + size - 1n) / size) * size;
    const candidate: Network = { address: { number: place, bits }, prefix: length };
    if (at === 0) before = { address: masked(before.address, length), prefix: length };
    // Go takes the first address of all for the one after the last.
    const isOver = place === 0n || place >> BigInt(bits) !== 0n;
    if (isOver || !containsAddress(network, candidate.address)) {
      throw new ArgumentError(
        index,
        `not enough remaining address space for a subnet with a prefix of ${length} bits after ${networkText(before)}`,
      );
    }
    found.push(candidate);
    before = candidate;
    next = lastAddress(candidate).number + 1n;
  }
  return found;
}

function previous({ number, bits }: Address): Address {
  return { number: BigInt.asUintN(bits, number - 1n), bits };
}

function checkedLength(added: number, start: number, bits: number, index: number): number {
  if (added < 1) throw new ArgumentError(index, 'must extend prefix by at least one bit');
  if (added > mostNewBits) throw new ArgumentError(index, 'may not extend prefix by more than 32 bits');
  const length = start + added;
  if (length <= bits) return length;
  const protocol = bits === 32 ? 'IPv4' : 'IPv6';
  throw new ArgumentError(
    index,
    `would extend prefix to ${length} bits, which is too long for an ${protocol} address`,
  );
}
