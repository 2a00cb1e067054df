import type { Block } from '../hcl/syntax';
import type { AttributeSchema, BlockSchema } from '../providers/schema';
import type { Edition } from '../terraform/edition';
import { backendBlocks } from '../terraform/language/backends';
import type { LanguageArgument, LanguageBlock } from '../terraform/languageBlock';
import { attributeOf, literalString } from '../terraform/values';

interface Header {
  readonly type: string;
  readonly labels: readonly string[];
  readonly node?: Block | undefined;
}

/** Whether a block reads the state of another configuration. */
export function isRemoteState({ type, labels }: Header): boolean {
  return type === 'data' && labels[0] === 'terraform_remote_state';
}

/** The backend that such a block names, where it is written out. */
export function remoteStateBackend({ node }: Header): LanguageBlock | undefined {
  const name = node === undefined ? undefined : literalString(attributeOf(node.body, 'backend')?.value);
  const backends = backendBlocks();
  return name !== undefined && Object.hasOwn(backends, name) ? backends[name] : undefined;
}

/** The schema of such a block with the backends that an edition has, and with what its backend takes in `config`. */
export function remoteStateSchema(schema: BlockSchema, block: Header, edition: Edition): BlockSchema {
  const { backend, config } = schema.attributes;
  if (backend === undefined || config === undefined) return schema;
  const values = Object.entries(backendBlocks())
    .filter(([, { available }]) => edition.support(available) !== 'none')
    .map(([name]) => name);
  const named: AttributeSchema & Pick<LanguageArgument, 'values'> = { ...backend, values };
  const chosen = remoteStateBackend(block);
  return {
    ...schema,
    attributes: {
      ...schema.attributes,
      backend: named,
      ...(chosen && { config: withMembers(config, objectMembers(chosen, edition)) }),
    },
  };
}

/** The arguments that some release of an edition knows. */
export function argumentsIn(
  attributes: Readonly<Record<string, LanguageArgument>>,
  edition: Edition,
): Readonly<Record<string, LanguageArgument>> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, { available }]) => edition.support(available) !== 'none'),
  );
}

function withMembers(
  { description, optional, required }: AttributeSchema,
  attributes: Readonly<Record<string, AttributeSchema>>,
): AttributeSchema {
  return {
    ...(description !== undefined && { description }),
    ...(optional === true && { optional }),
    ...(required === true && { required }),
    nested: { nesting: 'single', attributes },
  };
}

/** In an object, blocks are members as arguments are. */
function objectMembers(block: LanguageBlock, edition: Edition): Readonly<Record<string, AttributeSchema>> {
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, AttributeSchema] => [
    name,
    withMembers(
      { optional: true, description: nested.block.description },
      objectMembers(nested.block, edition),
    ),
  ]);
  return { ...argumentsIn(block.attributes, edition), ...Object.fromEntries(blocks) };
}
