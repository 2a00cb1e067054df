import path from 'node:path';
import type { Block } from '../../hcl/syntax';
import { labelText } from '../../terraform/labels';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { requirementsBlock } from '../../terraform/stacks/stackFacts';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';

/** Names used twice in a stack or its deployments, names that are none, and a second list of providers. */
export function checkDuplicates(module: Module, config: ConfigFile): Diagnostic[] {
  return [...names(config), ...duplicates(module, config), ...requirements(module, config)];
}

function duplicates(module: Module, config: ConfigFile): Diagnostic[] {
  return module.declarations.flatMap((declaration): Diagnostic[] => {
    const first = module.find(declaration.address);
    if (declaration.file !== config || first === undefined || first.node === declaration.node) return [];
    const message = `"${declaration.address}" is declared already, at ${placeOf(first)}. Rename or remove one of the two.`;
    const facts = { address: declaration.address };
    return [diagnosticOf('duplicate-declaration', declaration.nameRange, message, { facts })];
  });
}

/** All providers of a stack stand in one block. */
function requirements(module: Module, config: ConfigFile): Diagnostic[] {
  const all = module.files.flatMap((file) =>
    file.syntax.body.items
      .filter((item): item is Block => item.kind === 'block' && item.type === requirementsBlock)
      .map((block) => ({ file, block })),
  );
  const [first, ...more] = all;
  if (first === undefined) return [];
  const place = `${path.basename(first.file.path)}:${lineAt(first.file, first.block.range.start)}`;
  const message = `A stack has one ${requirementsBlock} block, and it stands at ${place}. Move these providers there.`;
  return more
    .filter(({ file }) => file === config)
    .map(({ block }) =>
      diagnosticOf('duplicate-setting', block.typeRange, message, { facts: { name: requirementsBlock } }),
    );
}

/** HCP Terraform shows these names and builds addresses of them. */
function names(config: ConfigFile): Diagnostic[] {
  return config.syntax.body.items.flatMap((item) => {
    if (item.kind !== 'block') return [];
    return item.labels
      .filter((label) => !/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(label.value) && label.value !== '')
      .map((label) => {
        const message = `"${label.value}" is no name: use letters, digits, _ and -, and start with a letter or _.`;
        return diagnosticOf('invalid-name', labelText(label), message, { facts: { name: label.value } });
      });
  });
}

function placeOf({ file, nameRange }: Declaration): string {
  return `${path.basename(file.path)}:${lineAt(file, nameRange.start)}`;
}

function lineAt(file: ConfigFile, offset: number): number {
  return file.syntax.text.slice(0, offset).split('\n').length;
}
