import { parseAllDocuments, stringify } from 'yaml';
import { AnyValue, isList, isRecord } from '../values';
import type { Value } from '../values';
import { FunctionError, textArgument } from './providerFunction';
import type { Implementation } from './providerFunction';

/** provider::kubernetes::…: https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/functions/manifest_decode. */
export const manifestFunctions: Readonly<Record<string, Implementation>> = {
  manifest_decode: {
    parameters: [['manifest', 'string']],
    returns: 'dynamic',
    call: (values) => {
      const [first, ...others] = decodeManifests(textArgument(values, 0));
      if (first === undefined) throw new FunctionError('Invalid manifest: YAML document is empty', 0);
      if (others.length > 0)
        throw new FunctionError(
          'YAML manifest contains multiple resources: use manifest_decode_multi to decode them',
          0,
        );
      return first;
    },
  },
  manifest_decode_multi: {
    parameters: [['manifest', 'string']],
    returns: 'dynamic',
    call: (values) => decodeManifests(textArgument(values, 0)),
  },
  manifest_encode: {
    parameters: [['manifest', 'dynamic']],
    returns: 'string',
    call: ([manifest]) => {
      const plain = toPlain(manifest ?? null);
      const documents = Array.isArray(plain) ? (plain as unknown[]) : [plain];
      return documents.map((each) => stringify(each, { sortMapEntries: true })).join('---\n');
    },
  },
};

function decodeManifests(text: string): readonly Value[] {
  return [...parseAllDocuments(text)].flatMap((document) => {
    if (!('contents' in document) || document.contents === null) return [];
    const [problem] = document.errors;
    if (problem !== undefined) throw new FunctionError(`Invalid manifest: ${problem.message}`, 0);
    const manifest = document.toJS() as Value;
    if (!isRecord(manifest)) throw new FunctionError('Invalid manifest: a mapping is needed at the top', 0);
    for (const name of ['apiVersion', 'kind', 'metadata'])
      if (manifest[name] === undefined) throw new FunctionError(`Invalid manifest: it has no "${name}"`, 0);
    return [manifest];
  });
}

function toPlain(value: Value): unknown {
  if (value instanceof AnyValue) return toPlain(value.value);
  if (isList(value)) return value.map(toPlain);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toPlain(part)]));
  return typeof value === 'bigint' ? Number(value) : value;
}
