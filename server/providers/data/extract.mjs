import { memberType, wrapType } from './collectionTypes.mjs';

/**
 * Turns the generated declarations of one type back into the provider's schema. The rules invert the generator of
 * the bindings; each is explained in docs of the data format (README.md beside this file).
 *
 * Shapes: Block = { attributes: {name: Attribute}, blocks: {name: {nesting, minItems, maxItems, block}} }: BlockSchema of
 *         ../schema.ts
 *         Attribute = { type | struct: {members, wrappers, proof}, required, optional, computed, description }
 * `struct` is resolved by settleStructs once the whole provider is known.
 */

/** How often a recursive structure may contain itself before it is cut. */
const recursionLimit = 2;

export function extractEntry(entry) {
  const context = { pieces: entry.pieces, provider: entry.kind === 'provider', path: [] };
  const members = classMembers(entry.main);
  const hcl = hclEntries(entry.main.text.slice(entry.main.text.indexOf('synthesizeHclAttributes')));
  // Usually the class's name and "Config", but not where another type is called that.
  const config = /constructor\([^)]*\bconfig: (\w+)/.exec(entry.main.text)?.[1] ?? `${entry.main.name}Config`;
  const docs = interfaceDocs(context, config);
  const block = readBlock(context, members, hcl, docs);
  if (context.provider) delete block.attributes.alias;
  return block;
}

function readBlock(context, members, hcl, docs) {
  const block = { attributes: {}, blocks: {} };
  for (const member of members) {
    const doc = docs.get(member.name);
    const shape = readMember(context, member, hcl.get(member.name), doc);
    if (shape === undefined) continue;
    if (shape.block) block.blocks[member.name] = shape;
    else block.attributes[member.name] = withFlags(member, shape, doc);
  }
  return block;
}

/** @returns the nested block, or what distinguishes the attribute; undefined where recursion is cut. */
function readMember(context, member, hcl, doc) {
  const struct = findStruct(context, member, hcl);
  if (struct === undefined) return memberType(member, hcl);
  if (context.path.filter((name) => name === struct.name).length >= recursionLimit) return undefined;
  const inner = { ...context, path: [...context.path, struct.name] };
  const nesting = blockNesting(member, hcl, struct, doc);
  if (nesting === undefined || context.insideAttribute) {
    return readStructAttribute({ ...inner, insideAttribute: true }, member, struct);
  }
  const counted = nesting === 'list' || nesting === 'set';
  const single = counted && hcl !== undefined && !hcl.value.includes('listMapper');
  return {
    nesting,
    minItems: counted && member.required ? 1 : 0,
    maxItems: single ? 1 : 0,
    block: readStructBlock(inner, struct.name),
  };
}

/** undefined when the member is an attribute that holds objects. */
function blockNesting(member, hcl, struct, doc) {
  const collection = struct.wrappers[0] ?? 'single';
  const settled = member.required || member.optional || member.computed;
  if (hcl === undefined) {
    const described = doc?.block ?? false;
    return !settled || (!member.computed && described) ? collection : undefined;
  }
  if (hcl.type === 'list' || hcl.type === 'set') {
    const mapper = /listMapperHcl\(\w+, (true|false)\)/.exec(hcl.value)?.[1];
    return mapper === 'false' && settled ? undefined : hcl.type;
  }
  if (doc?.block || !settled) return hcl.type === 'map' ? 'map' : 'single';
  return undefined;
}

function readStructBlock(context, name) {
  const { members, hcl, docs } = structParts(context, name);
  return readBlock(context, members, hcl, docs);
}

function readStructAttribute(context, member, struct) {
  const { members, hcl, docs } = structParts(context, struct.name);
  const proof = members.some(
    (each) => each.optional !== member.optional || each.required !== member.required || each.computed !== member.computed,
  );
  const block = readBlock(context, members, hcl, docs);
  return { struct: { members: block.attributes, wrappers: struct.wrappers, proof: proof && !context.provider } };
}

function structParts(context, name) {
  const outputReference = context.pieces.get(`class ${name}OutputReference`);
  const mapper = context.pieces.get(`function ${name[0].toLowerCase()}${name.slice(1)}ToHclTerraform`);
  const docs = interfaceDocs(context, name);
  const hcl = mapper === undefined ? new Map() : hclEntries(mapper.text);
  const members = outputReference === undefined ? [] : classMembers(outputReference);
  // The provider's own structures have no usable classes: only the interface tells the flags there.
  return { docs, hcl, members: members.length > 0 ? members : interfaceMembers(docs) };
}

/** The structure a member holds and the collections around it, outermost first; undefined for plain types. */
function findStruct(context, member, hcl) {
  const stored = /= new (\w+)\(this, "[^"]*"(?:, (true|false))?/.exec(member.body);
  let name = stored?.[1];
  if (name === undefined && hcl !== undefined) {
    const mapper = /(\w+)ToHclTerraform\b/.exec(hcl.value.replaceAll(/cdktf\.\w+ToHclTerraform/g, ''))?.[1];
    if (mapper !== undefined) {
      const struct = mapper[0].toUpperCase() + mapper.slice(1);
      return { name: struct, wrappers: hcl.type === 'struct' ? [] : [hcl.type] };
    }
  }
  const wrappers = [];
  while (name !== undefined) {
    if (name.endsWith('OutputReference')) {
      if (stored?.[2] === 'true' && wrappers[0] === 'list') wrappers[0] = 'set';
      return { name: name.slice(0, -'OutputReference'.length), wrappers };
    }
    const piece = context.pieces.get(`class ${name}`);
    if (piece === undefined) return undefined;
    const base = /extends cdktf\.(\w+)/.exec(piece.text)?.[1] ?? '';
    wrappers.push(base.endsWith('List') ? 'list' : 'map');
    name = /return new (\w+)\(this/.exec(piece.text)?.[1];
  }
  return undefined;
}

function classMembers(piece) {
  const end = piece.text.search(/^ {2}\/\/ =+\n {2}\/\/ SYNTHESIS/m);
  const text = end < 0 ? piece.text : piece.text.slice(0, end);
  const flags = /^ {2}\/\/ (\S+) - computed: (true|false), optional: (true|false), required: (true|false)$/gm;
  const heads = [...text.matchAll(flags)];
  return heads.map((head, index) => ({
    name: head[1],
    computed: head[2] === 'true',
    optional: head[3] === 'true',
    required: head[4] === 'true',
    body: text.slice(head.index, heads[index + 1]?.index ?? text.length),
  }));
}

function interfaceMembers(docs) {
  return [...docs].map(([name, doc]) => ({ name, computed: false, optional: doc.optional, required: !doc.optional, body: '' }));
}

function hclEntries(text) {
  const entry = /^ +(\w+): \{\n +value: (.*),\n +isBlock: (?:true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",$/gm;
  return new Map([...text.matchAll(entry)].map((match) => [match[1], { value: match[2], type: match[3], storage: match[4] }]));
}

/** Descriptions by Terraform name; the generator's own "x block" is no description but marks a block. */
function interfaceDocs(context, name) {
  const piece = context.pieces.get(`interface ${name}`);
  const docs = new Map();
  if (piece === undefined) return docs;
  const member = /^ {2}\/\*\*\n((?: {2}\*.*\n)+?) {2}\*\/\n {2}readonly \w+(\?)?:/gm;
  for (const [, comment, optional] of piece.text.matchAll(member)) {
    const key = /\{@link \S+#(\w+) /.exec(comment)?.[1];
    if (key === undefined) continue;
    const text = comment
      .split('\n')
      .map((line) => line.replace(/^ {2}\* ?/, ''))
      .filter((line) => !/^(Docs at Terraform Registry: |Please be aware that the id field |If you experience problems )/.test(line))
      .join('\n')
      .trim();
    const block = text === `${key} block`;
    docs.set(key, { description: block || text === '' ? undefined : text, block, optional: optional === '?' });
  }
  return docs;
}

function withFlags(member, shape, doc) {
  return {
    ...shape,
    ...(member.required && { required: true }),
    ...(member.optional && { optional: true }),
    // The generator hands a parent's "computed" down to required members, which Terraform refuses.
    ...(member.computed && !member.required && { computed: true }),
    ...(doc?.description !== undefined && { description: doc.description }),
  };
}

/**
 * Decides between object types and nested attributes, in place. Members with flags of their own prove that a
 * provider has nested attributes; without any proof in the whole provider, all structures are object types.
 */
export function settleStructs(blocks, known = false) {
  let proven = known;
  const attributes = [];
  const visit = (block) => {
    visitAttributes(block.attributes);
    for (const nested of Object.values(block.blocks)) visit(nested.block);
  };
  const visitAttributes = (group) => {
    for (const attribute of Object.values(group)) {
      if (attribute.struct === undefined) continue;
      proven ||= attribute.struct.proof;
      visitAttributes(attribute.struct.members);
      attributes.push(attribute);
    }
  };
  blocks.forEach(visit);
  for (const attribute of attributes) settle(attribute, proven);
}

function settle(attribute, proven) {
  const { members, wrappers, proof } = attribute.struct;
  delete attribute.struct;
  const settable = attribute.optional || attribute.required;
  if (wrappers.length <= 1 && (proof || (proven && settable))) {
    attribute.nested = { nesting: wrappers[0] ?? 'single', attributes: members };
  } else {
    const object = ['object', Object.fromEntries(Object.entries(members).map(([name, member]) => [name, plainType(member)]))];
    attribute.type = wrappers.reduceRight(wrapType, object);
  }
}

function plainType(member) {
  if (member.type !== undefined) return member.type;
  const { nesting, attributes } = member.nested;
  const object = ['object', Object.fromEntries(Object.entries(attributes).map(([name, each]) => [name, plainType(each)]))];
  return nesting === 'single' ? object : [nesting, object];
}
