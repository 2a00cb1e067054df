import type { Block } from '../../hcl/syntax';
import { factsOf } from '../../terraform/facts';
import { labelText } from '../../terraform/labels';
import type { Declaration, Module } from '../../terraform/model';
import { inputsOf } from '../../terraform/stacks/stackCalls';
import { requirementsBlock } from '../../terraform/stacks/stackFacts';
import { blocksOf } from '../../terraform/values';
import { touches } from '../../text/range';
import type { Range } from '../../text/range';
import { distinct, rewritten } from '../names/named';
import type { Named, NamedPlace } from '../names/named';
import type { Snapshot } from '../snapshot';

/** The keys in `inputs` of components, embedded stacks and deployments that set a variable. */
export function inputPlaces(snapshot: Snapshot, { name }: Declaration, module: Module): NamedPlace[] {
  return snapshot.index.stackCallsOf(module).flatMap(({ call }) =>
    inputsOf(call)
      .filter((input) => input.name === name)
      .map(({ range }): NamedPlace => ({ path: call.file.path, range, role: 'write' })),
  );
}

/** Why a name of a stack cannot be changed by writing another one; `undefined` where it can. */
export function stackRefusal({ kind, name }: Declaration): string | undefined {
  if (kind !== 'deployment') return undefined;
  return `HCP Terraform knows the deployment by its name: with another one, it would destroy "${name}" and make a new one.`;
}

/** What a stack calls a provider, at `offset`: in `required_providers`, in the label of a block, in an address. */
export function stackProviderAt(module: Module, file: string, offset: number): Named | undefined {
  const found = providerPlaces(module).find(
    ({ place }) => place.path === file && touches(place.range, offset),
  );
  if (found === undefined) return undefined;
  const all = providerPlaces(module);
  const { name } = found;
  const places = distinct(all.filter((each) => each.name === name).map(({ place }) => place));
  return {
    name,
    places,
    rename: (newName) => {
      if (all.some((each) => each.name === newName))
        throw new Error(`This stack has a provider "${newName}" already.`);
      return rewritten(places, newName);
    },
  };
}

interface ProviderPlace {
  readonly name: string;
  readonly place: NamedPlace;
}

function providerPlaces(module: Module): readonly ProviderPlace[] {
  return module.files.flatMap((file) => {
    const found: ProviderPlace[] = [];
    const add = (name: string, range: Range, role: NamedPlace['role']) => {
      found.push({ name, place: { path: file.path, range, role } });
    };
    for (const block of blocksOf(file.syntax.body, requirementsBlock)) requirements(block, add);
    for (const block of blocksOf(file.syntax.body, 'provider')) {
      const [label] = block.labels;
      if (label !== undefined && block.labels.length > 1) add(label.value, labelText(label), 'read');
    }
    for (const { target, traversal } of [...factsOf(file).uses.values()].flat()) {
      const [step] = traversal.steps;
      if (target.startsWith('provider.') && step?.kind === 'name') add(step.name, step.range, 'read');
    }
    return found;
  });
}

function requirements(
  block: Block,
  add: (name: string, range: Range, role: NamedPlace['role']) => void,
): void {
  for (const item of block.body.items)
    if (item.kind === 'attribute') add(item.name, item.nameRange, 'declaration');
}
