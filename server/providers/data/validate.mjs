/**
 * The rules Terraform applies when it loads a schema (internal/configs/configschema/internal_validate.go).
 * One violation makes it reject the whole provider, so none may be shipped.
 *
 * @returns {string[]} one sentence per violation
 */
export function violations(name, block) {
  const found = [];
  checkBlock(found, name, block, false);
  return found;
}

function checkBlock(found, path, block, insideSet) {
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (block.blocks[name] !== undefined) found.push(`${path}.${name} is both an attribute and a block`);
    checkAttribute(found, `${path}.${name}`, attribute, insideSet);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const here = `${path}.${name}`;
    if (!/^[a-z0-9_]+$/.test(name)) found.push(`${here} is no block name`);
    checkCounts(found, here, nested);
    checkBlock(found, here, nested.block, insideSet || nested.nesting === 'set');
  }
}

function checkCounts(found, path, { nesting, minItems: min, maxItems: max }) {
  if (nesting === 'single' && (min !== max || min > 1)) found.push(`${path}: a single block needs equal counts of 0 or 1`);
  if ((nesting === 'group' || nesting === 'map') && (min !== 0 || max !== 0)) found.push(`${path}: a ${nesting} block has no counts`);
  if ((nesting === 'list' || nesting === 'set') && max !== 0 && min > max) found.push(`${path}: min is above max`);
}

function checkAttribute(found, path, attribute, insideSet) {
  const { required, optional, computed, type, nested, writeOnly } = attribute;
  if (!/^[a-z0-9_]+$/.test(path.slice(path.lastIndexOf('.') + 1))) found.push(`${path} is no attribute name`);
  if (!required && !optional && !computed) found.push(`${path} is neither optional, required nor computed`);
  if (required && (optional || computed)) found.push(`${path} is required and also optional or computed`);
  if ((type === undefined) === (nested === undefined)) found.push(`${path} needs either a type or nested attributes`);
  if (insideSet && writeOnly) found.push(`${path} is write-only inside a set`);
  if (insideSet && type !== undefined && JSON.stringify(type).includes('"dynamic"')) found.push(`${path} is of any type inside a set`);
  if (nested !== undefined) {
    const inner = insideSet || nested.nesting === 'set';
    for (const [name, each] of Object.entries(nested.attributes)) checkAttribute(found, `${path}.${name}`, each, inner);
  }
}
