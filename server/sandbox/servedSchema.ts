import type { BlockSchema, ProviderSchema, SchemaKind } from '../providers/schema';
import { servedFunctions } from './providerFunctions';
import type { UsedTypes } from './request';
import type { ServedSchema } from './simulatedProvider';

/**
 * The part of a provider that is served. Types are looked up each time they are needed, because the provider's schema
 * keeps those in use and forgets the others.
 *
 * @param types undefined for all the provider has
 */
export function servedSchema(schema: ProviderSchema, types: UsedTypes | undefined): ServedSchema {
  const blocks = (kind: Exclude<SchemaKind, 'provider'>): Readonly<Record<string, BlockSchema>> => {
    const served: Record<string, BlockSchema> = {};
    const known = new Set(schema.names(kind));
    for (const name of types?.[kind] ?? known) {
      // An unknown type is left to Terraform, which reports it with its place in the configuration.
      if (!known.has(name)) continue;
      Object.defineProperty(served, name, { enumerable: true, get: () => schema.block(kind, name) });
    }
    return served;
  };
  return {
    provider: schema.block('provider', '') ?? { attributes: {}, blocks: {} },
    resource: blocks('resource'),
    data: blocks('data'),
    ephemeral: blocks('ephemeral'),
    functions: servedFunctions(schema.provenance.source, schema.functions()),
    source: schema.provenance.source,
  };
}
