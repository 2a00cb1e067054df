import type { Module } from '../terraform/model';
import { blocksOf } from '../terraform/values';
import type { Snapshot } from './snapshot';

/** Whether something says that Terraform runs in a module's folder: a lock file, values for variables, a backend. */
export function isEvidentRoot(snapshot: Snapshot, module: Module): boolean {
  const names = snapshot.index.files.list(module.directory);
  if (names.some((name) => name === '.terraform.lock.hcl' || /^terraform\.tfvars|\.auto\.tfvars/.test(name)))
    return true;
  return module.files
    .flatMap((file) => blocksOf(file.syntax.body, 'terraform'))
    .some(({ body }) =>
      body.items.some((item) => item.kind === 'block' && (item.type === 'backend' || item.type === 'cloud')),
    );
}
