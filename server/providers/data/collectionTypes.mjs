const getters = {
  getStringAttribute: 'string',
  getNumberAttribute: 'number',
  getBooleanAttribute: 'bool',
  getListAttribute: ['list', 'string'],
  getNumberListAttribute: ['list', 'number'],
  getStringMapAttribute: ['map', 'string'],
  getNumberMapAttribute: ['map', 'number'],
  getBooleanMapAttribute: ['map', 'bool'],
  // The generator reads an attribute of any type as a map of any.
  getAnyMapAttribute: 'dynamic',
};
const simple = { string: 'string', number: 'number', boolean: 'bool', any: 'dynamic' };

/**
 * The type of a member that holds no structure, from its stored class, its HCL entry or its getter, in that order.
 * `skipped` marks trees that the generator of the bindings replaced by "any".
 */
export function memberType(member, hcl) {
  const stored = /= new cdktf\.(\w+)\(this, "[^"]*"(?:, (true|false))?/.exec(member.body);
  if (stored) return typed(collectionType(stored[1], stored[2] === 'true'));
  if (hcl !== undefined) {
    if (hcl.type !== 'simple') return typed(collectionType(hcl.storage, hcl.type === 'set'));
    if (hcl.storage === 'any') return { type: 'dynamic', skipped: true };
    return typed(simple[hcl.storage]);
  }
  const getter = /this\.(get\w+Attribute)\(/.exec(member.body)?.[1];
  if (getter === undefined && member.body.includes('interpolationForAttribute')) return { type: 'dynamic', skipped: true };
  const type = getters[getter];
  if (type === undefined) throw new Error(`no type found for the member ${member.name}:\n${member.body.slice(0, 300)}`);
  return typed(member.body.includes('Fn.tolist(') ? ['set', type[1]] : type);
}

export function wrapType(inner, wrapper) {
  return [wrapper, inner];
}

function typed(type) {
  if (type === undefined) throw new Error('an unknown storage type');
  return { type };
}

/** Reads names such as `stringListMap`: a base, then wrappers from the inside out. */
function collectionType(name, set) {
  const [, base, wrappers] = /^(string|number|boolean|any)((?:List|Map)*)$/i.exec(name) ?? [];
  if (base === undefined) throw new Error(`unknown collection class ${name}`);
  if (base.toLowerCase() === 'any' && wrappers === 'Map') return 'dynamic';
  let type = simple[base.toLowerCase()];
  for (const wrapper of wrappers.match(/List|Map/g) ?? []) type = [wrapper.toLowerCase(), type];
  return set && type[0] === 'list' ? ['set', type[1]] : type;
}
