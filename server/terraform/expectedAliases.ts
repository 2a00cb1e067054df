import type { Module } from './model';
import { toTraversal } from './traversal';
import { blocksOf, keyName } from './values';

/** The provider configurations that `configuration_aliases` asks the caller for: `aws.west`. */
export function expectedAliases(module: Module): string[] {
  return module.files.flatMap(({ syntax }) =>
    blocksOf(syntax.body, 'terraform')
      .flatMap((terraform) => blocksOf(terraform.body, 'required_providers'))
      .flatMap(({ body }) => body.items)
      .flatMap((item) => {
        if (item.kind !== 'attribute' || item.value.kind !== 'object') return [];
        const aliases = item.value.items.find(({ key }) => keyName(key) === 'configuration_aliases')?.value;
        return aliases?.kind === 'tuple' ? aliases.items : [];
      })
      .flatMap((alias) => {
        const traversal = toTraversal(alias);
        const [step] = traversal?.steps ?? [];
        return traversal !== undefined && step?.kind === 'name'
          ? [`${traversal.root.name}.${step.name}`]
          : [];
      }),
  );
}
