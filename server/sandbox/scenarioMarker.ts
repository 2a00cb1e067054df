import type { AttributeSchema, BlockSchema } from '../providers/schema';

/** The argument through which a block says its address to the simulated provider. Nobody else has one of that name. */
export const markerAttribute = 'terratrain_address';

/**
 * Write-only in resources, so that it is in no plan and in no state: a scenario that comes or goes changes nothing.
 * Data sources may not have such arguments, but nobody compares what they answer with what they were asked.
 */
export function withMarker(block: BlockSchema, kind: 'resource' | 'data' | 'ephemeral'): BlockSchema {
  const marker: AttributeSchema = {
    type: 'string',
    optional: true,
    description: 'Which object this is, for the rules of a sandbox scenario.',
    ...(kind === 'resource' && { writeOnly: true }),
  };
  return { ...block, attributes: { ...block.attributes, [markerAttribute]: marker } };
}
