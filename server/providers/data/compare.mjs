import { createHash } from 'node:crypto';

/**
 * Compares what was extracted with what the provider itself says, attribute by attribute.
 *
 * @param {Map<string, object>} truth blocks by `<kind>.<name>`, from `terraform providers schema -json`
 * @param {Map<string, object>} extracted the same from the bindings
 * @returns {{ what: string, path: string, truth?: unknown, extracted?: unknown }[]} `what` is one of: missing, extra,
 *   type, flags, nesting, limits, sensitive, deprecated, writeOnly, shape (an attribute here, a block there)
 */
export function compareBlocks(truth, extracted) {
  const found = [];
  for (const key of new Set([...truth.keys(), ...extracted.keys()])) {
    const path = key.replace(/^resource\./, '');
    if (!extracted.has(key)) found.push({ what: 'missing', path });
    else if (!truth.has(key)) found.push({ what: 'extra', path });
    else compareBlock(found, path, truth.get(key), extracted.get(key));
  }
  return found;
}

function compareBlock(found, path, truth, extracted) {
  if (extracted.open) {
    found.push({ what: 'open', path });
    return;
  }
  compareFlag(found, path, 'deprecated', truth, extracted);
  compareAttributes(found, path, truth, extracted);
  for (const [name, nested] of Object.entries(truth.blocks)) {
    const here = `${path}.${name}`;
    const other = extracted.blocks[name];
    if (other === undefined) {
      found.push({ what: extracted.attributes[name] === undefined ? 'missing' : 'shape', path: here });
      continue;
    }
    if (nested.nesting !== other.nesting) found.push({ what: 'nesting', path: here, truth: nested.nesting, extracted: other.nesting });
    const limits = ({ minItems, maxItems }) => [minItems, maxItems];
    if (String(limits(nested)) !== String(limits(other))) {
      found.push({ what: 'limits', path: here, truth: limits(nested), extracted: limits(other) });
    }
    compareBlock(found, here, nested.block, other.block);
  }
  for (const name of Object.keys(extracted.blocks)) {
    if (truth.blocks[name] === undefined && truth.attributes[name] === undefined) found.push({ what: 'extra', path: `${path}.${name}` });
  }
}

function compareAttributes(found, path, truth, extracted) {
  for (const [name, attribute] of Object.entries(truth.attributes)) {
    const here = `${path}.${name}`;
    const other = extracted.attributes[name];
    if (other === undefined) {
      found.push({ what: extracted.blocks?.[name] === undefined ? 'missing' : 'shape', path: here });
      continue;
    }
    compareAttribute(found, here, attribute, other);
  }
  for (const name of Object.keys(extracted.attributes)) {
    if (truth.attributes[name] === undefined && truth.blocks?.[name] === undefined) found.push({ what: 'extra', path: `${path}.${name}` });
  }
}

function compareAttribute(found, path, truth, extracted) {
  const shape = ({ type, nested }) => JSON.stringify(nested === undefined ? sortedType(type) : ['nested', nested.nesting]);
  if (shape(truth) !== shape(extracted)) found.push({ what: 'type', path, truth: shape(truth), extracted: shape(extracted) });
  else if (truth.nested !== undefined) compareAttributes(found, path, truth.nested, extracted.nested);
  const flags = (of) => ['required', 'optional', 'computed'].filter((flag) => of[flag]).join(' ');
  if (flags(truth) !== flags(extracted)) found.push({ what: 'flags', path, truth: flags(truth), extracted: flags(extracted) });
  for (const flag of ['sensitive', 'deprecated', 'writeOnly']) compareFlag(found, path, flag, truth, extracted);
}

function compareFlag(found, path, flag, truth, extracted) {
  if (Boolean(truth[flag]) !== Boolean(extracted[flag])) found.push({ what: flag, path, truth: Boolean(truth[flag]), extracted: Boolean(extracted[flag]) });
}

/** Members of object types in one order. */
function sortedType(type) {
  if (typeof type === 'string') return type;
  const [constructor, inner] = type;
  if (constructor === 'object') {
    const members = Object.entries(inner).map(([name, each]) => [name, sortedType(each)]);
    return ['object', Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))];
  }
  return constructor === 'tuple' ? ['tuple', inner.map(sortedType)] : [constructor, sortedType(inner)];
}

/**
 * A checksum of all types, flags and limits, so that two sides can be compared without having both at hand.
 * Descriptions do not count.
 *
 * @param {Map<string, object>} blocks by `<kind>.<name>`
 * @param {ReadonlySet<string>} except paths that do not count, with everything in them
 */
export function digestBlocks(blocks, except) {
  const hash = createHash('sha256');
  let counted = 0;
  const attributes = (path, group) => {
    for (const name of Object.keys(group).sort()) {
      const here = `${path}.${name}`;
      if (except.has(here)) continue;
      counted += 1;
      const { type, nested, required, optional, computed, sensitive, deprecated, writeOnly } = group[name];
      const flags = [required, optional, computed, sensitive, deprecated, writeOnly].map((flag) => (flag ? 1 : 0));
      hash.update(`${here} ${nested === undefined ? JSON.stringify(sortedType(type)) : nested.nesting} ${flags.join('')}\n`);
      if (nested !== undefined) attributes(here, nested.attributes);
    }
  };
  const block = (path, { attributes: group, blocks: inner, deprecated }) => {
    if (deprecated) hash.update(`${path} is deprecated\n`);
    attributes(path, group);
    for (const name of Object.keys(inner).sort()) {
      const here = `${path}.${name}`;
      if (except.has(here)) continue;
      const { nesting, minItems, maxItems } = inner[name];
      hash.update(`${here} ${nesting} ${minItems} ${maxItems}\n`);
      block(here, inner[name].block);
    }
  };
  for (const key of [...blocks.keys()].sort()) {
    const path = key.replace(/^resource\./, '');
    if (!except.has(path)) block(path, blocks.get(key));
  }
  return { counted, sha256: hash.digest('hex') };
}
