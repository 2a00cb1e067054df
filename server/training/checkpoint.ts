import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

export interface NamedValues {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Sums over the batches of the epoch that a checkpoint interrupts. */
export interface EpochSums {
  readonly loss: number;
  readonly accuracy: number;
  readonly samples: number;
  readonly seconds: number;
}

export interface CheckpointState {
  readonly version: 1;
  readonly specHash: string;
  /** Steps done, over the whole run. */
  readonly step: number;
  /** From 1: the epoch that the next step belongs to. */
  readonly epoch: number;
  /** Steps of that epoch that are done. */
  readonly stepInEpoch: number;
  readonly sums: EpochSums;
  /** The best epoch so far, so that a resumed run does not take a worse one for it. */
  readonly best: {
    readonly metric: string;
    readonly value: number;
    readonly epoch: number;
    readonly step: number;
  } | null;
  /** What the last whole epoch measured. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Length of `events.jsonl` when this was written. */
  readonly eventBytes: number;
  readonly optimizer: { readonly iterations: number; readonly scalars: readonly number[] };
}

/** All that a run needs to go on as if it had never stopped. */
export interface Checkpoint {
  readonly state: CheckpointState;
  readonly weights: readonly NamedValues[];
  readonly optimizer: readonly NamedValues[];
}

const STEP_FILE = /^step-(\d+)\.safetensors$/;

/**
 * Writes a checkpoint into `folder`, keeps the newest two and the best. The file appears whole or not at all: written
 * under another name, flushed to the disk, renamed.
 * @returns the name of the file
 */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint): string {
  mkdirSync(folder, { recursive: true });
  const { step, best } = checkpoint.state;
  const name = stepFile(step);
  writeAtomically(path.join(folder, name), toSafetensors(checkpoint));
  const kept = best === null ? undefined : stepFile(best.step);
  for (const old of stepFiles(folder).slice(2)) {
    if (old !== kept) rmSync(path.join(folder, old), { force: true });
  }
  return name;
}

/** The newest checkpoint that can be read; undefined when there is none. */
export function readNewestCheckpoint(folder: string): Checkpoint | undefined {
  for (const name of stepFiles(folder)) {
    const checkpoint = fromSafetensors(readFileSync(path.join(folder, name)));
    if (checkpoint !== undefined) return checkpoint;
  }
  return undefined;
}

/** Writes a file so that a reader, or a crash, never sees half of it. */
export function writeAtomically(file: string, bytes: Uint8Array | string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'w');
  try {
    const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    for (let written = 0; written < data.length;) written += writeSync(handle, data, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

function stepFile(step: number): string {
  return `step-${String(step).padStart(9, '0')}.safetensors`;
}

/** Newest first. */
function stepFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => STEP_FILE.test(name))
    .sort()
    .reverse();
}

/**
 * The safetensors format, which many tools read: a little-endian length of 8 bytes, a JSON header of names, shapes and
 * offsets, then the values.
 */
function toSafetensors({ state, weights, optimizer }: Checkpoint): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { terratrain: JSON.stringify(state) } };
  let end = 0;
  const tensors = [
    ...weights,
    ...optimizer.map((tensor) => ({ ...tensor, name: `optimizer/${tensor.name}` })),
  ];
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = Buffer.alloc(8 + padded + end, ' ');
  bytes.writeBigUInt64LE(BigInt(padded), 0);
  text.copy(bytes, 8);
  let offset = 8 + padded;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return bytes;
}

interface TensorEntry {
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Undefined for a file that is damaged: an older checkpoint is used then. */
function fromSafetensors(bytes: Uint8Array): Checkpoint | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const start = 8 + Number(view.getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Record<
      string,
      TensorEntry
    > & {
      __metadata__: { terratrain: string };
    };
    const { __metadata__, ...entries } = header;
    const weights: NamedValues[] = [];
    const optimizer: NamedValues[] = [];
    for (const [name, { shape, data_offsets }] of Object.entries(entries)) {
      const [from, to] = data_offsets;
      if (start + to > bytes.length) return undefined;
      // Copied, because a view of floats must start at a multiple of 4.
      const values = new Float32Array(new Uint8Array(bytes.subarray(start + from, start + to)).buffer);
      if (name.startsWith('optimizer/'))
        optimizer.push({ name: name.slice('optimizer/'.length), shape, values });
      else weights.push({ name, shape, values });
    }
    return { state: JSON.parse(__metadata__.terratrain) as CheckpointState, weights, optimizer };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError)
      return undefined;
    throw error;
  }
}
