import type { CtyType } from '../cty/type';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, Nesting } from '../providers/schema';

const known = new WeakMap<BlockSchema, CtyType>();

/** The object type of a block's body, as Terraform derives it from the schema. */
export function impliedType(block: BlockSchema): CtyType {
  let type = known.get(block);
  if (type === undefined) {
    const members: Record<string, CtyType> = {};
    for (const [name, attribute] of Object.entries(block.attributes))
      members[name] = attributeType(attribute);
    for (const [name, nested] of Object.entries(block.blocks)) {
      members[name] = blockType(nested);
    }
    type = ['object', members];
    known.set(block, type);
  }
  return type;
}

/**
 * A list or map needs elements of one type, which parts of any type make impossible: Terraform then sends the whole
 * collection as a value of any type.
 */
export function blockType({ block, nesting }: NestedBlockSchema): CtyType {
  const type = impliedType(block);
  return (nesting === 'list' || nesting === 'map') && hasAnyType(type) ? 'dynamic' : wrap(type, nesting);
}

function hasAnyType(type: CtyType): boolean {
  if (typeof type === 'string') return type === 'dynamic';
  if (type[0] === 'object') return Object.values(type[1]).some(hasAnyType);
  return type[0] === 'tuple' ? type[1].some(hasAnyType) : hasAnyType(type[1]);
}

export function attributeType(attribute: AttributeSchema): CtyType {
  if (attribute.nested === undefined) return attribute.type ?? 'dynamic';
  const members: Record<string, CtyType> = {};
  for (const [name, member] of Object.entries(attribute.nested.attributes))
    members[name] = attributeType(member);
  return wrap(['object', members], attribute.nested.nesting);
}

function wrap(type: CtyType, nesting: Nesting): CtyType {
  return nesting === 'single' || nesting === 'group' ? type : [nesting, type];
}
