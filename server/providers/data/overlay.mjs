/**
 * Repairs what the bindings lost. An overlay is a small reviewed JSON file, `overlays/<namespace>-<name>.json`:
 *
 *   sources    where the statements come from and for which version they were checked
 *   sensitive  paths of attributes whose values must be masked
 *   deprecated paths of attributes and nested blocks not to be used any more
 *   current    paths that another source calls deprecated and the provider does not
 *   items      path of a block → [min, max]
 *   graft      path → path of the block to copy there
 *   open       paths of nested blocks whose contents are unknown: [nesting, min, max]
 *   drop       paths to leave out
 *   types      path of an attribute → its type
 *   functions  function → type of its result
 *   defines    functions that the bindings leave out
 *
 * A path is `type.attribute[.attribute]`, for others than resources with `data.`, `ephemeral.` or `provider.` in
 * front. A path that matches nothing is an error, so that overlays cannot go stale.
 *
 * @param {{ blocks: Map<string, object>, functions: object[] }} provider its blocks by `<kind>.<name>`
 */
export function applyOverlay({ blocks, functions }, overlay) {
  for (const path of overlay.drop ?? []) remove(blocks, path);
  for (const [path, from] of Object.entries(overlay.graft ?? {})) put(blocks, path, globalThis.structuredClone(find(blocks, from)));
  for (const [path, [nesting, min, max]] of Object.entries(overlay.open ?? {})) {
    put(blocks, path, { nesting, minItems: min, maxItems: max, block: { attributes: {}, blocks: {}, open: true } });
  }
  for (const [path, [min, max]] of Object.entries(overlay.items ?? {})) Object.assign(find(blocks, path), { minItems: min, maxItems: max });
  for (const [path, type] of Object.entries(overlay.types ?? {})) find(blocks, path).type = type;
  for (const path of overlay.sensitive ?? []) find(blocks, path).sensitive = true;
  for (const path of overlay.deprecated ?? []) {
    const found = find(blocks, path);
    (found.block ?? found).deprecated = true;
  }
  for (const path of overlay.current ?? []) {
    const found = find(blocks, path);
    if (!(found.block ?? found).deprecated) throw new Error(`overlay path ${path} is not called deprecated`);
    delete (found.block ?? found).deprecated;
  }
  for (const definition of overlay.defines ?? []) functions.push(definition);
  for (const [name, returns] of Object.entries(overlay.functions ?? {})) {
    const found = functions.find((each) => each.name === name);
    if (found === undefined) throw new Error(`overlay function ${name} matches nothing`);
    found.returns = returns;
  }
}

/** A settable argument named `…_wo` is write-only: Terraform must not store it. */
export function markWriteOnly(block) {
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (name.endsWith('_wo') && !attribute.computed) attribute.writeOnly = true;
  }
  for (const nested of Object.values(block.blocks)) markWriteOnly(nested.block);
}

/** @returns the attribute or nested block at a path, or the block of a whole type */
export function find(blocks, path) {
  const whole = blocks.get(path) ?? blocks.get(`resource.${path}`);
  if (whole !== undefined) return whole;
  const { parent, name } = locate(blocks, path);
  const found = parent.blocks?.[name] ?? parent.attributes?.[name] ?? parent.nested?.attributes[name];
  if (found === undefined) throw new Error(`overlay path ${path} matches nothing`);
  return found;
}

function put(blocks, path, nested) {
  const { parent, name } = locate(blocks, path);
  if (parent.attributes[name] === undefined) throw new Error(`overlay path ${path} replaces nothing`);
  delete parent.attributes[name];
  parent.blocks[name] = nested;
}

function remove(blocks, path) {
  find(blocks, path);
  const { parent, name } = locate(blocks, path);
  delete parent.blocks[name];
  delete parent.attributes[name];
}

function locate(blocks, path) {
  const steps = path.split('.');
  const kind = ['data', 'ephemeral', 'provider'].includes(steps[0]) ? steps.shift() : 'resource';
  let parent = blocks.get(`${kind}.${steps.shift()}`);
  const name = steps.pop();
  for (const step of steps) parent = parent?.blocks?.[step]?.block ?? parent?.attributes?.[step]?.nested;
  if (parent === undefined || name === undefined) throw new Error(`overlay path ${path} matches nothing`);
  return { parent, name };
}
