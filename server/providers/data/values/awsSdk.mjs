import { readTarball } from '../tarball.mjs';

/**
 * What AWS's own API declares, out of the type declarations of an SDK package.
 *
 * @typedef {{ enums: Map<string, string[]>, shapes: Map<string, Map<string, string>>, words: Set<string> }} Service
 *   `shapes`: the fields of each structure with their types; `words`: what the documentation shows as code
 *
 * @param {string} archive of `@aws-sdk/client-…`
 * @returns {Promise<Service>}
 */
export async function readService(archive) {
  const service = { enums: new Map(), shapes: new Map(), words: new Set() };
  for await (const { path, text } of readTarball(archive, (name) => name === 'package.json' || /^dist-types\/models\/(?:enums|models_\d+)\.d\.ts$/.test(name))) {
    if (path !== 'package.json') readModels(text, service);
    else if (JSON.parse(text).license !== 'Apache-2.0') throw new Error(`${archive} is under another licence than NOTICE.md says`);
  }
  return service;
}

function readModels(text, { enums, shapes, words }) {
  for (const [, name, body] of text.matchAll(/^export declare const (\w+): \{\n([\s\S]*?)\n\};/gm)) {
    enums.set(name, [...body.matchAll(/: "([^"]*)";/g)].map(([, value]) => value));
  }
  let fields;
  for (const line of text.split('\n')) {
    const head = /^export interface (\w+)/.exec(line)?.[1];
    if (head !== undefined) {
      fields = new Map();
      shapes.set(head, fields);
      continue;
    }
    if (line === '}') fields = undefined;
    const [, name, type] = /^ {4}(\w+)\??: (.+?)(?: \| undefined)?;$/.exec(line) ?? [];
    if (fields !== undefined && name !== undefined) fields.set(name, type.replace(/^\(?([\w$]+)\)?(?:\[\])?$/, '$1').replace(/ \| undefined\)?\[\]$/, ''));
    else for (const [, word] of line.matchAll(/<code>"?([\w.-]+)"?<\/code>/g)) words.add(word);
  }
}
