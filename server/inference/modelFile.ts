import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ModelMetadata } from '../training/modelMetadata';
import { readKerasFile } from './kerasReader';
import type { LayerValues } from './kerasReader';

/** What a model file says, read without TensorFlow.js. */
export interface ModelFile {
  /** Absolute path of what was given. */
  readonly path: string;
  readonly name: string;
  /** Keras' description of the network: `{ class_name, config }`. */
  readonly topology: Readonly<Record<string, unknown>>;
  /** Of one sample: [height, width, channels] for images. */
  readonly input: readonly number[];
  /** Numbers from 0 when the file names no classes. */
  readonly classes: readonly string[];
  /** Unknown for models that were trained elsewhere. */
  readonly lightOnDark: boolean | undefined;
  /** By layer in a Keras file; all in one in a folder of TensorFlow.js, with their names. */
  readonly weights:
    | { readonly kind: 'layers'; readonly layers: readonly LayerValues[] }
    | { readonly kind: 'manifest'; readonly specs: readonly unknown[]; readonly data: Uint8Array };
}

/**
 * Reads a model: a run folder, a folder of TensorFlow.js (model.json) or a Keras `.h5` file.
 * @throws an Error that says what was found instead and what to give
 */
export async function readModelFile(given: string): Promise<ModelFile> {
  const absolute = path.resolve(given);
  if (!existsSync(absolute)) {
    throw new Error(
      `There is no ${given}. Give a run folder, a folder with a model.json, or a Keras .h5 file.`,
    );
  }
  if (statSync(absolute).isDirectory()) {
    const folder = modelFolder(absolute);
    if (folder !== undefined) return readModelFolder(absolute, folder);
    if (existsSync(path.join(absolute, 'run.json'))) {
      throw new Error(
        `The run ${path.basename(absolute)} has saved no model yet. Wait until it ends, or stop it.`,
      );
    }
    throw new Error(
      `${given} holds no model.json. Give a run folder, a folder with a model.json, or a Keras .h5 file.`,
    );
  }
  if (path.extname(absolute) === '.keras') {
    throw new Error(
      `${given} is in the .keras format, which is not read yet. Save it from Keras as .h5: model.save("model.h5").`,
    );
  }
  const bytes = readFileSync(absolute);
  if (!isHdf5(bytes)) {
    throw new Error(`${given} is not a Keras .h5 file: it does not start with the signature of HDF5.`);
  }
  const file = await readKerasFile(bytes, given);
  return described(absolute, file.topology, file.metadata, { kind: 'layers', layers: file.layers });
}

/** The folder with the model.json: the one given, or `model` inside a run folder. */
function modelFolder(folder: string): string | undefined {
  return [folder, path.join(folder, 'model')].find((each) => existsSync(path.join(each, 'model.json')));
}

interface ModelJson {
  readonly modelTopology?: Readonly<Record<string, unknown>> & {
    readonly model_config?: Readonly<Record<string, unknown>>;
  };
  readonly weightsManifest?: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly unknown[];
  }[];
  readonly userDefinedMetadata?: { readonly terratrain?: ModelMetadata };
  readonly format?: string;
}

function readModelFolder(given: string, folder: string): ModelFile {
  const file = path.join(folder, 'model.json');
  const model = readJson(file);
  const { modelTopology, weightsManifest = [] } = model;
  if (model.format === 'graph-model' || modelTopology === undefined) {
    throw new Error(
      `${file} is a graph model of TensorFlow.js; only layers models are read. Save the Keras model as .h5 instead.`,
    );
  }
  const specs = weightsManifest.flatMap((group) => group.weights);
  const parts = weightsManifest.flatMap((group) =>
    group.paths.map((name) => readFileSync(path.join(folder, name))),
  );
  const topology = modelTopology.model_config ?? modelTopology;
  return described(given, topology, model.userDefinedMetadata?.terratrain, {
    kind: 'manifest',
    specs,
    data: Buffer.concat(parts),
  });
}

function readJson(file: string): ModelJson {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ModelJson;
  } catch (error) {
    throw new Error(`${file} is damaged and cannot be read as JSON.`, { cause: error });
  }
}

function described(
  file: string,
  topology: Readonly<Record<string, unknown>>,
  metadata: ModelMetadata | undefined,
  weights: ModelFile['weights'],
): ModelFile {
  const layers = layersOf(topology);
  const input = inputOf(layers, file);
  return {
    path: file,
    name: safeName(metadata?.name ?? path.basename(file, path.extname(file))),
    topology,
    input,
    classes: metadata?.classes ?? Array.from({ length: outputsOf(layers) }, (_, index) => String(index)),
    lightOnDark: metadata?.lightOnDark,
    weights,
  };
}

interface LayerJson {
  readonly class_name?: string;
  readonly config?: {
    readonly batch_input_shape?: readonly (number | null)[];
    readonly batch_shape?: readonly (number | null)[];
    readonly units?: number;
    readonly filters?: number;
  };
}

function layersOf(topology: Readonly<Record<string, unknown>>): readonly LayerJson[] {
  const config = topology.config as
    readonly LayerJson[] | { readonly layers?: readonly LayerJson[] } | undefined;
  if (config === undefined) return [];
  return Array.isArray(config)
    ? (config as readonly LayerJson[])
    : ((config as { layers?: readonly LayerJson[] }).layers ?? []);
}

function inputOf(layers: readonly LayerJson[], file: string): readonly number[] {
  const shapes = layers.map(({ config }) => config?.batch_input_shape ?? config?.batch_shape);
  const shape = shapes.find((each) => each !== undefined)?.slice(1);
  if (shape === undefined || shape.some((size) => size === null)) {
    throw new Error(
      `${file} does not say the size of its input. Build the model with a fixed input shape and save it again.`,
    );
  }
  return shape as readonly number[];
}

/** Outputs of the last layer that says how many it has: the classes, for a classifier. */
function outputsOf(layers: readonly LayerJson[]): number {
  const sizes = layers.map(({ config }) => config?.units ?? config?.filters);
  return sizes.findLast((size) => size !== undefined) ?? 0;
}

/** A name that can stand in an address. */
function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]+/g, '-') || 'model';
}

function isHdf5(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).equals(Buffer.from('\u0089HDF\r\n\u001a\n', 'latin1'));
}
