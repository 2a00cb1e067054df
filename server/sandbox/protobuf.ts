/**
 * The part of protocol buffers that Terraform's plugin protocol needs: messages described by tables, read and written
 * without generated code. Fields that are absent on the wire are absent in the object; unknown fields are skipped.
 */
export interface Field<T> {
  readonly number: number;
  readonly type: 'text' | 'bytes' | 'flag' | 'integer' | Message<object>;
  readonly shape: 'one' | 'many' | 'map';
  /** The value is written even when it is what an absent field means: the field is one of several. */
  readonly always?: boolean;
  /** Only for the compiler: what a value of this field looks like. */
  readonly value?: T;
}

/** How one kind of message is laid out. The table is asked for late, so that messages may contain themselves. */
export interface Message<T extends object> {
  readonly fields: () => { readonly [K in keyof T]-?: Field<NonNullable<T[K]>> };
}

export type MessageOf<F extends Record<string, Field<unknown>>> = {
  readonly [K in keyof F]?: F[K] extends Field<infer T> ? T : never;
};

export const text = (number: number): Field<string> => ({ number, type: 'text', shape: 'one' });
export const bytes = (number: number): Field<Uint8Array> => ({ number, type: 'bytes', shape: 'one' });
export const flag = (number: number): Field<boolean> => ({ number, type: 'flag', shape: 'one' });
/** An int64 or an enumeration; the protocol's own values all fit a double. */
export const integer = (number: number): Field<number> => ({ number, type: 'integer', shape: 'one' });
/** An integer of which 0 is different from absent. */
export const index = (number: number): Field<number> => ({
  number,
  type: 'integer',
  shape: 'one',
  always: true,
});
export const one = <T extends object>(number: number, type: Message<T>): Field<T> => ({
  number,
  type: type,
  shape: 'one',
});
export const many = <T extends object>(number: number, type: Message<T>): Field<readonly T[]> => ({
  number,
  type: type,
  shape: 'many',
});
/** Keys are always text. */
export const map = <T extends object>(
  number: number,
  type: Message<T>,
): Field<Readonly<Record<string, T>>> => ({ number, type: type, shape: 'map' });

export function message<F extends Record<string, Field<unknown>>>(fields: F): Message<MessageOf<F>> {
  return { fields: () => fields as unknown as ReturnType<Message<MessageOf<F>>['fields']> };
}

/** For a message that contains itself; its shape is written out by hand. */
export function recursiveMessage<T extends object>(fields: Message<T>['fields']): Message<T> {
  return { fields };
}

export function encodeMessage<T extends object>(type: Message<T>, value: T): Buffer {
  const parts: Uint8Array[] = [];
  writeMessage(parts, type, value as Record<string, unknown>);
  return Buffer.concat(parts);
}

/** @throws RangeError or Error when the bytes are no such message */
export function decodeMessage<T extends object>(type: Message<T>, buffer: Uint8Array): T {
  return readMessage(type, Buffer.from(buffer.buffer, buffer.byteOffset, buffer.length)) as T;
}

const varintType = 0;
const fixed64Type = 1;
const bytesType = 2;
const fixed32Type = 5;

function writeMessage(parts: Uint8Array[], type: Message<object>, value: Record<string, unknown>): void {
  const fields = type.fields() as Record<string, Field<unknown>>;
  for (const [name, field] of Object.entries(fields)) {
    const content = value[name];
    if (content === undefined) continue;
    if (field.shape === 'many') for (const item of content as unknown[]) writeField(parts, field, item);
    else if (field.shape === 'map') writeMap(parts, field, content as Record<string, unknown>);
    // A default value is what an absent field means.
    else if (field.always === true || (content !== '' && content !== false && content !== 0))
      writeField(parts, field, content);
  }
}

function writeMap(parts: Uint8Array[], field: Field<unknown>, content: Record<string, unknown>): void {
  for (const [key, item] of Object.entries(content)) {
    const entry: Uint8Array[] = [];
    writeBytes(entry, 1, Buffer.from(key));
    writeField(entry, { ...field, number: 2 }, item);
    writeBytes(parts, field.number, Buffer.concat(entry));
  }
}

function writeField(parts: Uint8Array[], field: Field<unknown>, content: unknown): void {
  switch (field.type) {
    case 'text':
      writeBytes(parts, field.number, Buffer.from(content as string));
      return;
    case 'bytes':
      writeBytes(parts, field.number, content as Uint8Array);
      return;
    case 'flag':
      parts.push(varint(field.number * 8 + varintType), varint(content === true ? 1 : 0));
      return;
    case 'integer':
      parts.push(varint(field.number * 8 + varintType), varint(content as number));
      return;
    default: {
      const inner: Uint8Array[] = [];
      writeMessage(inner, field.type, content as Record<string, unknown>);
      writeBytes(parts, field.number, Buffer.concat(inner));
    }
  }
}

function writeBytes(parts: Uint8Array[], number: number, content: Uint8Array): void {
  parts.push(varint(number * 8 + bytesType), varint(content.length), content);
}

/** Almost all numbers are small: these need no arithmetic of 64 bits. */
const smallVarints = Array.from({ length: 0x4000 }, (_, value) =>
  value < 0x80 ? Uint8Array.of(value) : Uint8Array.of((value & 0x7f) | 0x80, value >> 7),
);

function varint(value: number): Uint8Array {
  const small = smallVarints[value];
  if (small !== undefined) return small;
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}

const layouts = new WeakMap<Message<object>, ReadonlyMap<number, readonly [string, Field<unknown>]>>();

function layoutOf(type: Message<object>): ReadonlyMap<number, readonly [string, Field<unknown>]> {
  let layout = layouts.get(type);
  if (layout === undefined) {
    const fields = Object.entries(type.fields() as Record<string, Field<unknown>>);
    layout = new Map(fields.map((entry) => [entry[1].number, entry]));
    layouts.set(type, layout);
  }
  return layout;
}

function readMessage(type: Message<object>, buffer: Buffer): Record<string, unknown> {
  const byNumber = layoutOf(type);
  const result: Record<string, unknown> = {};
  const cursor = { buffer, at: 0 };
  while (cursor.at < buffer.length) {
    const tag = readVarint(cursor);
    const content = readContent(cursor, tag % 8);
    const known = byNumber.get(Math.floor(tag / 8));
    if (known === undefined || content === undefined) continue;
    const [name, field] = known;
    if (field.shape === 'many')
      result[name] = [...((result[name] as unknown[] | undefined) ?? []), fromWire(field, content)];
    else if (field.shape === 'map')
      result[name] = { ...(result[name] as object | undefined), ...readEntry(field, content) };
    else result[name] = fromWire(field, content);
  }
  return result;
}

interface Cursor {
  readonly buffer: Buffer;
  at: number;
}

/** undefined for wire types that the protocol does not use. */
function readContent(cursor: Cursor, wireType: number): number | Buffer | undefined {
  switch (wireType) {
    case varintType:
      return readVarint(cursor);
    case bytesType: {
      const length = readVarint(cursor);
      const start = cursor.at;
      cursor.at += length;
      if (cursor.at > cursor.buffer.length) throw new Error('a field is longer than its message');
      return cursor.buffer.subarray(start, cursor.at);
    }
    case fixed64Type:
      cursor.at += 8;
      return undefined;
    case fixed32Type:
      cursor.at += 4;
      return undefined;
    default:
      throw new Error(`wire type ${wireType} is not known`);
  }
}

function readVarint(cursor: Cursor): number {
  const first = cursor.buffer[cursor.at];
  if (first !== undefined && first < 0x80) {
    cursor.at += 1;
    return first;
  }
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.buffer.readUInt8(cursor.at++);
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return Number(BigInt.asIntN(64, value));
  }
  throw new Error('a number is longer than 64 bits');
}

function fromWire(field: Field<unknown>, content: number | Buffer): unknown {
  if (typeof content === 'number') return field.type === 'flag' ? content !== 0 : content;
  if (field.type === 'text') return content.toString('utf8');
  if (field.type === 'bytes') return content;
  if (typeof field.type === 'string') throw new Error(`field ${field.number} has the wrong wire type`);
  return readMessage(field.type, content);
}

function readEntry(field: Field<unknown>, content: number | Buffer): Record<string, unknown> {
  if (typeof content === 'number') throw new Error(`field ${field.number} has the wrong wire type`);
  const cursor = { buffer: content, at: 0 };
  let key = '';
  let value: unknown = {};
  while (cursor.at < content.length) {
    const tag = readVarint(cursor);
    const part = readContent(cursor, tag % 8);
    if (part === undefined) continue;
    if (Math.floor(tag / 8) === 1) key = part.toString();
    else value = fromWire(field, part);
  }
  return { [key]: value };
}
