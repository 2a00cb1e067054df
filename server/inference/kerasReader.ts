import type * as Hdf5 from 'h5wasm';
import { METADATA_ATTRIBUTE } from '../training/modelMetadata';
import type { ModelMetadata } from '../training/modelMetadata';

/** Weights of one layer, in the order in which Keras and TensorFlow.js list them: trainable ones first. */
export interface LayerValues {
  readonly layer: string;
  readonly weights: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[];
}

export interface KerasFile {
  readonly topology: Readonly<Record<string, unknown>>;
  readonly metadata: ModelMetadata | undefined;
  /** In the order of the file, layers without weights left out. */
  readonly layers: readonly LayerValues[];
}

/**
 * Reads the bytes of a Keras `.h5` file, written here, by Keras 2 or by Keras 3.
 * @param file the name to put in messages
 * @throws an Error that says what is missing in the file
 */
export async function readKerasFile(bytes: Uint8Array, file: string): Promise<KerasFile> {
  const hdf5 = await import('h5wasm');
  const { FS } = await hdf5.ready;
  const name = `read-${process.pid}.h5`;
  FS.writeFile(name, bytes);
  const root = new hdf5.File(name, 'r');
  try {
    const config = textAttribute(root, 'model_config');
    if (config === undefined) {
      throw new Error(
        `${file} holds weights without a model. Save the whole model: model.save(), not model.save_weights().`,
      );
    }
    const weights = root.get('model_weights');
    if (!isGroup(weights)) throw new Error(`${file} holds a model without weights.`);
    const metadata = textAttribute(root, METADATA_ATTRIBUTE);
    return {
      topology: forTensorFlowJs(JSON.parse(config)) as Readonly<Record<string, unknown>>,
      metadata: metadata === undefined ? undefined : (JSON.parse(metadata) as ModelMetadata),
      layers: readLayers(weights),
    };
  } finally {
    root.close();
    FS.unlink(name);
  }
}

function readLayers(weights: Hdf5.Group): LayerValues[] {
  return names(weights, 'layer_names').flatMap((layer) => {
    const group = weights.get(layer);
    if (!isGroup(group)) return [];
    const values = names(group, 'weight_names').map((name) => readWeight(group, name, layer));
    return values.length === 0 ? [] : [{ layer, weights: values }];
  });
}

function readWeight(group: Hdf5.Group, name: string, layer: string): LayerValues['weights'][number] {
  const dataset = group.get(name);
  if (dataset === null || !('value' in dataset) || !('shape' in dataset)) {
    throw new Error(`The weight ${name} of the layer ${layer} is missing in the file.`);
  }
  const { value, shape } = dataset;
  if (!ArrayBuffer.isView(value))
    throw new Error(`The weight ${name} of the layer ${layer} is not an array of numbers.`);
  return { shape: shape ?? [], values: Float32Array.from(value as unknown as ArrayLike<number>) };
}

/** A list of names; Keras splits one that is too long for an attribute into NAME0, NAME1, … */
function names(group: Hdf5.Group, attribute: string): string[] {
  const attributes = group.attrs;
  const parts = attribute in attributes ? [attribute] : numbered(attribute, Object.keys(attributes));
  return parts.flatMap((part) => {
    const value = attributes[part]?.value;
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  });
}

function numbered(attribute: string, present: readonly string[]): string[] {
  const found: string[] = [];
  while (present.includes(`${attribute}${found.length}`)) found.push(`${attribute}${found.length}`);
  return found;
}

function textAttribute(group: Hdf5.Group, name: string): string | undefined {
  const value = name in group.attrs ? group.attrs[name]?.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function isGroup(entity: unknown): entity is Hdf5.Group {
  return typeof entity === 'object' && entity !== null && 'create_group' in entity;
}

/** What Keras 3 writes differently: data types as objects, `batch_shape`, and where each class comes from. */
function forTensorFlowJs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forTensorFlowJs);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  if (object.class_name === 'DTypePolicy')
    return (object.config as { name?: string } | undefined)?.name ?? 'float32';
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => key !== 'module' && key !== 'registered_name' && key !== 'build_config')
      .map(([key, inner]) => [key === 'batch_shape' ? 'batch_input_shape' : key, forTensorFlowJs(inner)]),
  );
}
