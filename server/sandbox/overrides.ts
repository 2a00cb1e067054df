import type { Module } from '../terraform/model';
import type { Block } from '../hcl/syntax';
import { SandboxError } from './sandboxError';

/** Override files are merged last, in the order of their names. */
export const overrideFile = 'zz_sandbox_override.tf';

/**
 * What the shadow of a module says differently from the module: the root keeps its state in `stateFile`, and
 * provisioners do nothing, because terraform runs them itself, whoever plays the provider.
 *
 * @throws SandboxError for a provisioner that no override reaches
 */
export function overrideText(
  module: Module,
  state: { readonly stateFile: string; readonly workspaces: string } | undefined,
): string {
  const parts = ['# Written by Terratrain for the sandbox. Changes here are lost.\n'];
  if (state !== undefined) {
    parts.push(
      'terraform {',
      '  backend "local" {',
      `    path          = ${quote(state.stateFile)}`,
      `    workspace_dir = ${quote(state.workspaces)}`,
      '  }',
      '}\n',
    );
  }
  for (const { node } of module.declarations.filter((each) => each.kind === 'resource')) {
    const labels = node.kind === 'block' ? node.labels.map((label) => quote(label.value)).join(' ') : '';
    if (node.kind !== 'block' || !hasProvisioner(node)) continue;
    // One provisioner in an override replaces all of the resource; this one does nothing, in every shell.
    parts.push(
      `resource ${labels} {`,
      '  provisioner "local-exec" {',
      '    command = "exit 0"',
      '  }',
      '}\n',
    );
  }
  refuseOthers(module);
  return parts.join('\n');
}

function hasProvisioner(block: Block): boolean {
  return block.body.items.some((item) => item.kind === 'block' && item.type === 'provisioner');
}

function refuseOthers(module: Module): void {
  for (const file of module.files) {
    for (const item of file.syntax.body.items) {
      if (item.kind !== 'block' || item.type !== 'removed' || !hasProvisioner(item)) continue;
      throw new SandboxError(
        `${file.path} holds a provisioner in a "removed" block. Terraform would really run it, so the sandbox cannot be used; remove the provisioner first.`,
      );
    }
  }
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');
}
