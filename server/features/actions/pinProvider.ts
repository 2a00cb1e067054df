import { nodePathAt } from '../../hcl/walk';
import type { Attribute, Block } from '../../hcl/syntax';
import { builtinProvider, chosenProvider, impliedProvider, sourceOf } from '../../terraform/providerSource';
import { touches } from '../../text/range';
import { schemaDirectories } from '../schemaPlaces';
import type { Change } from './codeAction';
import type { Selected } from './context';
import { pinning } from './requirements';

/** Pins the provider of the block, or of the requirement, that the cursor stands at. */
export function pins(selected: Selected): readonly Change[] {
  const { snapshot, module } = selected;
  const name = providerAt(selected);
  if (name === undefined) return [];
  const source = sourceOf(name, module);
  const provider = snapshot.schemas.provider(source, schemaDirectories(snapshot, module));
  if (provider === undefined || source === builtinProvider) return [];
  const [major, minor] = provider.provenance.version.split('.');
  const version = minor === undefined ? undefined : `~> ${major ?? '0'}.${minor}`;
  const pinned = pinning(selected, { name, source, version });
  return pinned === undefined ? [] : [{ ...pinned, kind: 'refactor.rewrite' }];
}

/** The local name of the provider: of a block at whose header the cursor stands, or of an entry by its name. */
function providerAt({ file, selection: { start } }: Selected): string | undefined {
  const nodes = nodePathAt(file.syntax, start);
  const blocks = nodes.filter((node): node is Block => node.kind === 'block');
  const [top] = blocks;
  const label = top?.labels[0]?.value;
  const entry = nodes.find((node): node is Attribute => node.kind === 'attribute');
  if (blocks.at(-1)?.type === 'required_providers')
    return entry !== undefined && touches(entry.nameRange, start) ? entry.name : undefined;
  if (top === undefined || label === undefined || start > top.body.range.start) return undefined;
  if (top.type === 'provider') return label;
  return top.type === 'resource' || top.type === 'data' || top.type === 'ephemeral'
    ? (chosenProvider(top) ?? impliedProvider(label))
    : undefined;
}
