import type { ProviderSchema } from '../../providers/schema';
import type { Module } from '../../terraform/model';
import { impliedProvider, sourceOf } from '../../terraform/providerSource';
import { schemaDirectories } from '../schemaPlaces';
import type { Snapshot } from '../snapshot';

/** The provider whose type is mocked: the one with that local name, else the one that the type's name implies. */
export function mockedProvider(
  snapshot: Snapshot,
  module: Module,
  type: string,
  localName: string | undefined,
): ProviderSchema | undefined {
  const source = sourceOf(localName ?? impliedProvider(type), module);
  return snapshot.schemas.provider(source, schemaDirectories(snapshot, module));
}
