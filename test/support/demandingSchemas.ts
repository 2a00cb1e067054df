import type { ProviderSchema, SchemaLookup } from '../../server/providers/schema';
import { fakeSchemas } from './fakeSchemas';

/** With a provider that has one resource type that needs much. */
export const demandingSchemas: SchemaLookup = {
  ...fakeSchemas,
  provider: (source) => (source.endsWith('/demo') ? demo : fakeSchemas.provider(source)),
  sources: () => ['registry.terraform.io/acme/demo', ...fakeSchemas.sources()],
};

export const demo: ProviderSchema = {
  provenance: { source: 'registry.terraform.io/acme/demo', version: '2.3.4', origin: 'bundled' },
  names: (kind) => (kind === 'resource' ? ['demo_box', 'demo_lid'] : []),
  functions: () => [],
  block: (kind, name) =>
    kind === 'resource' && name === 'demo_box'
      ? {
          attributes: {
            size: { type: 'number', required: true },
            on: { type: 'bool', required: true },
            title: { type: 'string', required: true },
            sides: { type: ['list', 'string'], required: true },
            note: { type: 'string', optional: true },
          },
          blocks: {
            lock: {
              nesting: 'list',
              minItems: 1,
              maxItems: 1,
              block: { attributes: { key: { type: 'string', required: true } }, blocks: {} },
            },
          },
        }
      : { attributes: {}, blocks: {} },
};
