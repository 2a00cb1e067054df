import type { CtyType } from '../cty/type';
import type {
  AttributeSchema,
  BlockSchema,
  FunctionParameter,
  NestedBlockSchema,
  ProviderFunction,
} from '../providers/schema';
import { nestingNumbers } from './protocol';
import type {
  AttributeMessage,
  BlockMessage,
  FunctionMessage,
  NestedBlockMessage,
  SchemaMessage,
} from './protocol';

/** A schema as Terraform asks for it. Descriptions stay behind: Terraform only prints them in `providers schema`. */
export function toSchemaMessage(block: BlockSchema): SchemaMessage {
  return { version: 0, block: toBlockMessage(block) };
}

/** A function as Terraform asks for it. */
export function toFunctionMessage(declared: ProviderFunction): FunctionMessage {
  const { variadic, deprecated } = declared;
  return {
    parameters: declared.parameters.map(toParameterMessage),
    ...(variadic !== undefined && { variadicParameter: toParameterMessage(variadic) }),
    return: { type: typeBytes(declared.returns) },
    ...(deprecated === true && { deprecationMessage: 'Deprecated by its provider.' }),
  };
}

function toParameterMessage({ name, type, nullable }: FunctionParameter): {
  readonly name: string;
  readonly type: Uint8Array;
  readonly allowNullValue?: boolean;
} {
  return { name, type: typeBytes(type), ...(nullable === true && { allowNullValue: true }) };
}

function typeBytes(type: CtyType): Uint8Array {
  return Buffer.from(JSON.stringify(withoutOptions(type)));
}

function toBlockMessage(block: BlockSchema): BlockMessage {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) =>
      toAttributeMessage(name, attribute),
    ),
    blockTypes: Object.entries(block.blocks).map(([name, nested]) => toNestedBlockMessage(name, nested)),
    ...(block.deprecated === true && { deprecated: true }),
  };
}

function toNestedBlockMessage(typeName: string, nested: NestedBlockSchema): NestedBlockMessage {
  return {
    typeName,
    block: toBlockMessage(nested.block),
    nesting: nestingNumbers[nested.nesting],
    minItems: nested.minItems,
    maxItems: nested.maxItems,
  };
}

function toAttributeMessage(name: string, attribute: AttributeSchema): AttributeMessage {
  const { type, nested, required, optional, computed, sensitive, deprecated, writeOnly } = attribute;
  return {
    name,
    ...(type !== undefined && { type: typeBytes(type) }),
    ...(nested !== undefined && {
      nestedType: {
        nesting: nestingNumbers[nested.nesting],
        attributes: Object.entries(nested.attributes).map(([each, member]) =>
          toAttributeMessage(each, member),
        ),
      },
    }),
    ...(required === true && { required }),
    ...(optional === true && { optional }),
    ...(computed === true && { computed }),
    ...(sensitive === true && { sensitive }),
    ...(deprecated === true && { deprecated }),
    ...(writeOnly === true && { writeOnly }),
  };
}

/** Optional members exist only in type constraints of variables. */
function withoutOptions(type: CtyType): CtyType {
  return typeof type !== 'string' && type[0] === 'object' ? ['object', type[1]] : type;
}
