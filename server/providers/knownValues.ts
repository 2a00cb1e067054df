import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { KnownValue, SchemaKind } from './schema';
import { checksum, kindLetters } from './schemaWriter';
import { toFullSource } from './sourceAddress';

/** Raised when the layout changes; files of another version are refused. */
export const valuesVersion = 1;

/** Lists that are kept ready: a person looks at few arguments in turn. */
const keptLists = 40;
const none: readonly KnownValue[] = [];

/** One provider's file, unpacked. The format is in `data/README.md`. */
interface Values {
  /** One line per list, then one line per type, sorted: its arguments, each with the number of its list. */
  readonly text: string;
  /** Where each line starts. */
  readonly starts: Uint32Array;
  /** How many of the lines are lists. */
  readonly lists: number;
  readonly ready: Map<string, readonly KnownValue[]>;
}

/** The values that arguments of bundled providers are known to take; see `SchemaLookup.knownValues`. */
export type KnownValues = (
  source: string,
  kind: SchemaKind,
  type: string,
  path: readonly string[],
) => readonly KnownValue[];

/**
 * Nothing is read before a provider is asked about; then its file as a whole. A file that cannot be used is reported
 * once and then counts as one that knows nothing.
 */
export function openKnownValues(folder: string, onProblem: (message: string) => void): KnownValues {
  const opened = new Map<string, Values | undefined>();
  return (source, kind, type, names) => {
    const address = toFullSource(source);
    if (!opened.has(address)) opened.set(address, readValues(folder, address, onProblem));
    const values = opened.get(address);
    return values === undefined ? none : valuesAt(values, kind, type, names.join('.'));
  };
}

function readValues(
  folder: string,
  source: string,
  onProblem: (message: string) => void,
): Values | undefined {
  const [host, namespace, name] = source.split('/');
  if (host !== 'registry.terraform.io' || namespace === undefined || name === undefined) return undefined;
  const file = path.join(folder, `${namespace}-${name}.tfv`);
  if (!existsSync(file)) return undefined;
  try {
    return unpack(readFileSync(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onProblem(`The known values of ${source} are not usable: ${file}: ${reason}. Reinstall Terratrain.`);
    return undefined;
  }
}

function unpack(bytes: Buffer): Values {
  const packed = bytes.subarray(8);
  if (!checksum(packed).equals(bytes.subarray(0, 8))) {
    throw new Error('its contents are not those that were written');
  }
  // One byte a character: the generator writes nothing that does not fit.
  const text = brotliDecompressSync(packed).toString('latin1');
  const head = text.indexOf('\n');
  const [version, count] = text.slice(0, head).split(' ').map(Number);
  if (version !== valuesVersion) throw new Error(`format version ${String(version)} is not known`);
  const starts: number[] = [];
  for (let at = head + 1; at < text.length; at = text.indexOf('\n', at) + 1) starts.push(at);
  return { text, starts: Uint32Array.from(starts), lists: count ?? 0, ready: new Map() };
}

function valuesAt(values: Values, kind: SchemaKind, type: string, name: string): readonly KnownValue[] {
  const letter = kindLetters[kind];
  // A type that is newer than the data is answered from what holds for all of that kind: regions, locations.
  const line =
    lineOf(values, kind === 'provider' ? letter : `${letter}.${type}`) ?? lineOf(values, `${letter}.*`);
  const entry = line === undefined ? undefined : entryIn(line, name);
  if (entry === undefined) return none;
  const ready = values.ready.get(entry) ?? readList(values, entry);
  values.ready.delete(entry);
  values.ready.set(entry, ready);
  if (values.ready.size > keptLists) {
    const oldest = values.ready.keys().next();
    if (!oldest.done) values.ready.delete(oldest.value);
  }
  return ready;
}

/** What stands behind a type in its line; the lines are in the order of their types. */
function lineOf({ text, starts, lists }: Values, place: string): string | undefined {
  let low = lists;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = starts[middle] ?? 0;
    const end = text.indexOf(' ', start);
    const found = text.slice(start, end);
    if (found === place) return text.slice(end, text.indexOf('\n', end));
    if (found < place) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

/** `12` or `12:3`: the number of a list, and of the value in it that is taken where none is written; base 36. */
function entryIn(line: string, name: string): string | undefined {
  const at = line.indexOf(` ${name}=`);
  if (at < 0) return undefined;
  const end = line.indexOf(' ', at + 1);
  return line.slice(at + name.length + 2, end < 0 ? undefined : end);
}

function readList({ text, starts }: Values, entry: string): readonly KnownValue[] {
  const [list = 0, main] = entry.split(':').map((part) => parseInt(part, 36));
  const start = starts[list] ?? 0;
  const line = text.slice(start, text.indexOf('\n', start));
  return line.split('\t').map((item, index): KnownValue => {
    const deprecated = item.startsWith('\x01');
    const [value = '', detail = '', documentation = ''] = item.slice(deprecated ? 1 : 0).split('\x02');
    const details = [...(index === main ? ['default'] : []), ...(detail === '' ? [] : [detail])];
    return {
      value,
      ...(details.length > 0 && { detail: details.join(' · ') }),
      ...(documentation !== '' && { documentation: documentation.replaceAll('\x03', '\n') }),
      ...(deprecated && { deprecated }),
    };
  });
}
