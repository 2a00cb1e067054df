import { applyEdits, modify, parse } from 'jsonc-parser';
import { summarize } from './modelCheck';
import { readSpec } from './spec';
import type { TrainSpec } from './trainSpec';

/** A field of the spec that a form lets a person change; the same shape as the panel's `SpecField`. */
export interface SpecFieldValue {
  /** Path in the spec: `epochs`, `optimizer.learningRate`. */
  readonly key: string;
  readonly label: string;
  readonly kind: 'integer' | 'number' | 'text' | 'choice';
  readonly value: string | number;
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly help?: string;
  /** What is wrong with the value, if anything. */
  readonly problem?: string;
}

interface FieldKind extends Omit<SpecFieldValue, 'value' | 'problem'> {
  /** Shown when the spec has no such key. */
  readonly fallback: string | number;
}

const FIELDS: readonly FieldKind[] = [
  {
    key: 'epochs',
    label: 'Epochs',
    kind: 'integer',
    minimum: 1,
    fallback: 5,
    help: 'How many times every training image is seen.',
  },
  {
    key: 'batchSize',
    label: 'Batch size',
    kind: 'integer',
    minimum: 1,
    fallback: 32,
    help: 'Images in one step.',
  },
  {
    key: 'optimizer.type',
    label: 'Optimizer',
    kind: 'choice',
    choices: ['adam', 'sgd', 'rmsprop'],
    fallback: 'adam',
    help: 'How weights change.',
  },
  {
    key: 'optimizer.learningRate',
    label: 'Learning rate',
    kind: 'number',
    minimum: 0,
    fallback: 0.001,
    help: 'Length of a step.',
  },
  {
    key: 'validationSplit',
    label: 'Validation part',
    kind: 'number',
    minimum: 0,
    fallback: 0,
    help: 'Part of the training images that is only measured, after each epoch.',
  },
  {
    key: 'seed',
    label: 'Seed',
    kind: 'integer',
    minimum: 0,
    fallback: 1,
    help: 'Same seed, same data, same backend: same result.',
  },
  {
    key: 'backend',
    label: 'Backend',
    kind: 'choice',
    choices: ['auto', 'cuda', 'webgpu', 'wasm', 'cpu'],
    fallback: 'auto',
    help: 'Where to compute. auto: the fastest that works here.',
  },
  {
    key: 'data.path',
    label: 'Data',
    kind: 'text',
    fallback: '',
    help: 'Folder of the images, relative to the spec.',
  },
  {
    key: 'data.use',
    label: 'Data set',
    kind: 'choice',
    choices: ['auto', 'path', 'full'],
    fallback: 'auto',
    help: 'auto: the full set where this machine has it, which takes minutes; path: the folder above.',
  },
  {
    key: 'save',
    label: 'Saved as',
    kind: 'text',
    fallback: 'model.h5',
    help: 'The Keras file that the run leaves.',
  },
];

/**
 * The fields of a spec with their values and what is wrong with each. Works on a spec with mistakes, so that a form can
 * show and mend them; text that is no JSON gives no fields.
 */
export function specFields(text: string, file: string): SpecFieldValue[] {
  const value: unknown = parse(text);
  if (typeof value !== 'object' || value === null) return [];
  const reading = readSpec(text, file);
  const problems = new Map(reading.ok ? [] : reading.problems.map(({ path, message }) => [path, message]));
  return FIELDS.map(({ fallback, ...field }) => {
    const found = valueAt(value, field.key.split('.'));
    const problem = problems.get(field.key);
    return {
      ...field,
      value: typeof found === 'string' || typeof found === 'number' ? found : fallback,
      ...(problem === undefined ? {} : { problem }),
    };
  });
}

/**
 * Sets one value in the text of a spec and leaves every other character as it was.
 * @param key path as in {@link SpecFieldValue.key}
 */
export function setSpecField(text: string, key: string, value: string | number): string {
  const indent = /\n( +|\t)"/.exec(text)?.[1] ?? '  ';
  const edits = modify(text, key.split('.'), value, {
    formattingOptions: {
      insertSpaces: !indent.startsWith('\t'),
      tabSize: indent.startsWith('\t') ? 1 : indent.length,
      eol: text.includes('\r\n') ? '\r\n' : '\n',
    },
  });
  return applyEdits(text, edits);
}

/** One line a layer, as a person reads a network: `conv2d 32 · 3×3 · relu → 26×26×32`. */
export function describeLayers(spec: Pick<TrainSpec, 'model'>): string[] {
  const summaries = summarize(spec);
  return spec.model.layers.map((layer, index) => {
    const parts: string[] = [];
    if ('filters' in layer) parts.push(String(layer.filters));
    if ('units' in layer) parts.push(String(layer.units));
    if ('kernelSize' in layer) parts.push(sizeText(layer.kernelSize));
    if ('poolSize' in layer) parts.push(sizeText(layer.poolSize));
    if ('rate' in layer) parts.push(String(layer.rate));
    if ('activation' in layer) parts.push(layer.activation);
    const output = summaries[index]?.output.join('×') ?? '';
    return `${layer.type}${parts.length === 0 ? '' : ` ${parts.join(' · ')}`} → ${output}`;
  });
}

function sizeText(size: number | readonly [number, number]): string {
  return typeof size === 'number' ? `${size}×${size}` : size.join('×');
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}
