import type { BlockSchema } from '../providers/schema';
import { encodeMessage } from './protobuf';
import { methods } from './protocol';
import type { ResponseOf } from './protocol';
import { toSchemaMessage } from './schemaMessage';
import type { ObjectType } from './scenarioRules';
import type { ServedSchema } from './simulatedProvider';

type Answer = ResponseOf<'GetProviderSchema'>;

const members = {
  resource: 'resourceSchemas',
  data: 'dataSourceSchemas',
  ephemeral: 'ephemeralResourceSchemas',
} as const;

/**
 * The bytes of a provider's whole schema. A message is the same as its parts one after the other, so no more than one
 * type has to be in memory as an object; the largest providers have thousands.
 *
 * @param base what the answer holds beside the types
 * @param shown a type as terraform gets to see it
 */
export function encodeSchemaAnswer(
  base: Answer,
  schema: ServedSchema,
  shown: (type: ObjectType, block: BlockSchema) => BlockSchema,
): Buffer {
  const { response } = methods.GetProviderSchema;
  const parts = [encodeMessage(response, base)];
  for (const kind of ['resource', 'data', 'ephemeral'] as const) {
    for (const name of Object.keys(schema[kind])) {
      const block = schema[kind][name];
      if (block === undefined) continue;
      const types = { [name]: toSchemaMessage(shown(`${kind} ${name}`, block)) };
      const part: Answer = { [members[kind]]: types };
      parts.push(encodeMessage(response, part));
    }
  }
  return Buffer.concat(parts);
}
