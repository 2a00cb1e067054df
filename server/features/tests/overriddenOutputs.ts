import type { Block } from '../../hcl/syntax';
import type { Declaration, Module } from '../../terraform/model';
import { toTraversal } from '../../terraform/traversal';
import { attributeOf, blocksOf, keyName } from '../../terraform/values';
import type { Location, Snapshot } from '../snapshot';
import { findTarget } from './targets';

/** Where tests of `views` give an output of a module instead of the module: keys in `outputs` of `override_module`. */
export function overriddenOutputs(
  snapshot: Snapshot,
  views: readonly Module[],
  output: Declaration,
  module: Module,
): readonly Location[] {
  return views.flatMap((view) =>
    view.files.flatMap((file) =>
      overridesIn(file.syntax.body).flatMap(({ body }): Location[] => {
        const target = attributeOf(body, 'target')?.value;
        const outputs = attributeOf(body, 'outputs')?.value;
        const traversal = target === undefined ? undefined : toTraversal(target);
        if (traversal === undefined || outputs?.kind !== 'object') return [];
        const scope = view.at?.(traversal.range.start) ?? view;
        const found = findTarget(snapshot, scope, traversal);
        if (found.kind !== 'found' || found.declaration.kind !== 'module') return [];
        const called = snapshot.index.called(found.declaration, found.module);
        if (called?.directory !== module.directory) return [];
        return outputs.items
          .filter(({ key }) => keyName(key) === output.name)
          .map(({ key: { kind, range } }) => ({
            path: file.path,
            range: kind === 'template' ? { start: range.start + 1, end: range.end - 1 } : range,
          }));
      }),
    ),
  );
}

function overridesIn(body: Block['body']): Block[] {
  return [body, ...blocksOf(body, 'run').map((run) => run.body)].flatMap((each) =>
    blocksOf(each, 'override_module'),
  );
}
