import { tsImport } from 'tsx/esm/api';

const { openBundledSchemas } = await tsImport('../../bundled.ts', import.meta.url);

/**
 * @typedef {{ source: string, kind: string, type: string, path: string, name: string, numeric: boolean, text: string,
 *   siblings: ReadonlySet<string> }} Argument `type` is empty for a provider; `path` is joined by dots
 *
 * @param {string} folder of the bundled schemas
 * @returns {Map<string, { version: string, types: Map<string, string[]>, arguments: Argument[] }>} by source; arguments that
 *   a configuration can write as a string, a number, or a list or set of these
 */
export function readArguments(folder) {
  const schemas = openBundledSchemas(folder, {
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  const found = new Map();
  for (const source of schemas.sources()) {
    const provider = schemas.provider(source);
    const list = [];
    walk({ source, kind: 'provider', type: '' }, [], provider.block('provider', ''), list);
    for (const kind of ['resource', 'data', 'ephemeral']) {
      for (const type of provider.names(kind)) walk({ source, kind, type }, [], provider.block(kind, type), list);
    }
    found.set(source, { version: provider.provenance.version, arguments: list });
  }
  return found;
}

function walk(place, path, block, list) {
  const siblings = new Set([...Object.keys(block.attributes), ...Object.keys(block.blocks)]);
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.nested !== undefined) walk(place, [...path, name], { attributes: attribute.nested.attributes, blocks: {} }, list);
    else if (attribute.required || attribute.optional) {
      const scalar = scalarOf(attribute.type);
      if (scalar === 'string' || scalar === 'number') {
        list.push({ ...place, path: [...path, name].join('.'), name, numeric: scalar === 'number', text: attribute.description ?? '', siblings });
      }
      for (const member of membersOf(attribute.type)) {
        const own = { ...place, path: [...path, name, member.name].join('.'), name: member.name, numeric: member.type === 'number', text: '', siblings };
        list.push(own);
      }
    }
  }
  for (const [name, { block: inner }] of Object.entries(block.blocks)) walk(place, [...path, name], inner, list);
}

function scalarOf(type) {
  return Array.isArray(type) && (type[0] === 'list' || type[0] === 'set') ? type[1] : type;
}

/** Of an attribute that is an object or a collection of objects: `ingress.protocol`. */
function membersOf(type) {
  const object = Array.isArray(type) && ['list', 'set', 'map'].includes(type[0]) ? type[1] : type;
  if (!Array.isArray(object) || object[0] !== 'object') return [];
  return Object.entries(object[1]).flatMap(([name, member]) => (scalarOf(member) === 'string' || scalarOf(member) === 'number' ? [{ name, type: scalarOf(member) }] : []));
}
