/** Addresses and networks as numbers. Facts: Terraform 1.11 `internal/ipaddr`, Go's `net`, go-cidr 1.1. */
export interface Address {
  /** Without a sign, of at most `bits` bits. */
  readonly number: bigint;
  /** An IPv4 address in IPv6 form (`::ffff:10.0.0.1`) has 128. */
  readonly bits: 32 | 128;
}

export interface Network {
  readonly address: Address;
  /** The length of the prefix; may lie outside of 0 to `bits`, where arithmetic of go-cidr went too far. */
  readonly prefix: number;
}

/** Undefined for text that is no address. Zeros at the start of a part do not make it octal. */
export function parseAddress(text: string): Address | undefined {
  const mark = /[.:]/.exec(text)?.[0];
  if (mark === undefined) return undefined;
  return mark === '.' ? parseIpv4(text) : parseIpv6(text);
}

/** The network of an address with the length of its prefix, `10.1.2.3/8`. The bits after the prefix are dropped. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const host = text.slice(0, slash);
  const address = parseIpv4(host) ?? parseIpv6(host);
  const digits = text.slice(slash + 1);
  if (address === undefined || !/^\d+$/.test(digits)) return undefined;
  const prefix = Number(digits);
  if (prefix > address.bits) return undefined;
  return { address: masked(address, prefix), prefix };
}

export function networkText({ address, prefix }: Network): string {
  if (prefix < 0 || prefix > address.bits) return '<nil>';
  const isMapped = address.bits === 128 && isIpv4(address);
  if (isMapped && prefix < 96) return `${addressText(address)}/0`;
  return `${addressText(address)}/${isMapped ? prefix - 96 : prefix}`;
}

/** In IPv6 the longest run of zeros is shortened, the first of equal ones (RFC 5952). */
export function addressText(address: Address): string {
  if (isIpv4(address)) return [24n, 16n, 8n, 0n].map((shift) => (address.number >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((address.number >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  const [start, length] = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** Go counts an IPv4 address in IPv6 form as IPv4. */
export function isIpv4({ number, bits }: Address): boolean {
  return bits === 32 || number >> 32n === 0xffffn;
}

/** The mask of a prefix: as many ones as it is long. */
export function maskOf(prefix: number, bits: number): bigint {
  return ((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix);
}

export function masked({ number, bits }: Address, prefix: number): Address {
  return { number: number & maskOf(prefix, bits), bits };
}

export function lastAddress({ address, prefix }: Network): Address {
  const hosts = (1n << BigInt(address.bits - prefix)) - 1n;
  return { number: address.number | hosts, bits: address.bits };
}

/** Whether the address lies in the network. An IPv4 address in IPv6 form is the IPv4 address. */
export function containsAddress(network: Network, address: Address): boolean {
  const [own, other] = [asShort(network.address), asShort(address)];
  if (own.bits !== other.bits) return false;
  const prefix = own.bits === network.address.bits ? network.prefix : Math.max(network.prefix - 96, 0);
  return masked(own, prefix).number === masked(other, prefix).number;
}

function asShort(address: Address): Address {
  return isIpv4(address) ? { number: address.number & 0xffffffffn, bits: 32 } : address;
}

function parseIpv4(text: string): Address | undefined {
  if (!/^\d+(?:\.\d+){3}$/.test(text)) return undefined;
  const parts = text.split('.').map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return { number: parts.reduce((all, part) => (all << 8n) | BigInt(part), 0n), bits: 32 };
}

function parseIpv6(text: string): Address | undefined {
  const ellipsis = text.indexOf('::');
  if (ellipsis < 0) {
    const groups = parseGroups(text);
    return groups?.length === 8 ? fromGroups(groups) : undefined;
  }
  const [before, after] = [text.slice(0, ellipsis), text.slice(ellipsis + 2)];
  if (before.includes('.')) return undefined;
  const [head, tail] = [before === '' ? [] : parseGroups(before), after === '' ? [] : parseGroups(after)];
  // The ellipsis stands for at least one group.
  if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
  return fromGroups([...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail]);
}

/** Groups of 16 bits; the last two may be an IPv4 address. */
function parseGroups(text: string): number[] | undefined {
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const ipv4 = last.includes('.') ? parseIpv4(last) : undefined;
  if (last.includes('.')) {
    if (ipv4 === undefined) return undefined;
    parts.pop();
  }
  const groups: number[] = [];
  for (const part of parts) {
    const group = /^[\da-f]+$/i.test(part) ? Number.parseInt(part, 16) : Number.NaN;
    if (!(group <= 0xffff)) return undefined;
    groups.push(group);
  }
  if (ipv4 !== undefined) groups.push(Number(ipv4.number >> 16n), Number(ipv4.number & 0xffffn));
  return groups;
}

function fromGroups(groups: readonly number[]): Address {
  return { number: groups.reduce((all, group) => (all << 16n) | BigInt(group), 0n), bits: 128 };
}

function longestZeros(groups: readonly string[]): readonly [start: number, length: number] {
  let [start, length] = [0, 0];
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === '0') end++;
    if (end - at > length) [start, length] = [at, end - at];
    at = Math.max(at, end - 1);
  }
  return [start, length];
}
