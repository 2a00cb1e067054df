import { brotliCompressSync, constants } from 'node:zlib';
import { tsImport } from 'tsx/esm/api';

const { checksum, kindLetters } = await tsImport('../../schemaWriter.ts', import.meta.url);
const { valuesVersion } = await tsImport('../../knownValues.ts', import.meta.url);

/**
 * The file of one provider's values, read by `knownValues.ts`. The format is in `../README.md`.
 *
 * @param {{ kind: string, type: string, path: string, values: { value: string, detail?: string, documentation?: string,
 *   deprecated?: boolean, isDefault?: boolean }[] }[]} places
 * @param {{ kind: string, path: string, values: object[] }[]} common what holds for types that are not known either
 * @returns {{ bytes: Buffer, lists: number, values: number, characters: number }}
 */
export function packValues(places, common) {
  const used = countLists([...places, ...common]);
  const types = new Map();
  const add = (place, path, values) => {
    const main = values.findIndex((each) => each.isDefault);
    const entry = `${path}=${used.get(listText(values)).toString(36)}${main < 0 ? '' : `:${main.toString(36)}`}`;
    types.set(place, [...(types.get(place) ?? []), entry]);
  };
  for (const { kind, type, path, values } of places) add(kind === 'provider' ? 'p' : `${kindLetters[kind]}.${type}`, path, values);
  for (const { kind, path, values } of common) add(`${kindLetters[kind]}.*`, path, values);
  const lines = [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([place, entries]) => `${place} ${entries.sort().join(' ')}`);
  const text = `${valuesVersion} ${used.size}\n${[...used.keys()].map((each) => `${each}\n`).join('')}${lines.join('\n')}\n`;
  const packed = brotliCompressSync(Buffer.from(toLatin1(text), 'latin1'), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  });
  return {
    bytes: Buffer.concat([checksum(packed), packed]),
    lists: used.size,
    values: new Set(places.flatMap(({ values }) => values.map(({ value }) => value))).size,
    characters: text.length,
  };
}

/** Numbers of the lists, those used most first, so that they are short. */
function countLists(places) {
  const counts = new Map();
  for (const { values } of places) counts.set(listText(values), (counts.get(listText(values)) ?? 0) + 1);
  const sorted = [...counts].sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
  return new Map(sorted.map(([text], index) => [text, index]));
}

function listText(values) {
  return values
    .map(({ value, detail = '', documentation = '', deprecated = false }) => {
      if ([...value, ...detail].some((character) => character < ' ')) throw new Error(`a value cannot be packed: ${value}`);
      const parts = [value, detail, documentation.replaceAll('\n', '\x03').replaceAll('\t', ' ')];
      while (parts.at(-1) === '') parts.pop();
      return `${deprecated ? '\x01' : ''}${parts.join('\x02')}`;
    })
    .join('\t');
}

function toLatin1(text) {
  const plain = text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/[–—‑]/g, '-').replaceAll('…', '...').replaceAll('≥', '>=').replaceAll('≤', '<=').replaceAll(/[\u200b-\u200f\ufeff]/g, '');
  const strange = [...plain].findIndex((character) => character > '\xff');
  if (strange >= 0) throw new Error(`a character cannot be packed: ${plain.slice(Math.max(0, strange - 40), strange + 5)}`);
  return plain;
}
