import path from 'node:path';
import { factsOf } from '../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { isOpenTofuName, isOverride } from '../terraform/fileNames';
import { isLocalSource, moduleSource } from '../terraform/moduleCalls';
import { attributeOf } from '../terraform/values';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import type { Snapshot } from './snapshot';

/** Checks what a file declares against the rest of its module: names used twice, modules that are not there. */
export function checkDeclarations(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  const firsts = firstDeclarations(module);
  for (const declaration of factsOf(config).declarations) {
    const first = firsts.get(declaration.address);
    if (first !== undefined && first.node !== declaration.node && areReadTogether(declaration, first)) {
      found.push(duplicate(declaration, first));
    }
    if (declaration.kind === 'module') found.push(...missingModule(snapshot, module, declaration));
  }
  return found;
}

/** Terraform does not see what stands in a .tofu file. */
function areReadTogether(a: Declaration, b: Declaration): boolean {
  return isOpenTofuName(a.file.path) === isOpenTofuName(b.file.path);
}

function firstDeclarations(module: Module): ReadonlyMap<string, Declaration> {
  const firsts = new Map<string, Declaration>();
  for (const file of module.files) {
    if (isOverride(file.path)) continue;
    for (const declaration of factsOf(file).declarations) {
      if (!firsts.has(declaration.address)) firsts.set(declaration.address, declaration);
    }
  }
  return firsts;
}

/** Checks that what an override file changes is there, and that it may be changed in that way. */
export function checkOverrides(module: Module, config: ConfigFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  // Files nobody read may declare what is overridden.
  const firsts = module.unread.length > 0 ? undefined : firstDeclarations(module);
  for (const { kind, address, nameRange, node } of factsOf(config).declarations) {
    // A provider without a block has an empty configuration, which may be overridden.
    if (kind === 'check' || (kind === 'provider' && address.split('.').length === 2)) continue;
    if (firsts !== undefined && !firsts.has(address)) {
      const message = `There is no ${address} for this to override. An override file only changes what another file declares.`;
      found.push(diagnosticOf('override-without-base', nameRange, message, { facts: { address } }));
    }
    const dependsOn = node.kind === 'block' ? attributeOf(node.body, 'depends_on') : undefined;
    const isEmpty = dependsOn?.value.kind === 'tuple' && dependsOn.value.items.length === 0;
    if (dependsOn === undefined || isEmpty) continue;
    const message = '"depends_on" cannot be overridden. Change it in the block itself.';
    found.push(diagnosticOf('invalid-override', dependsOn.nameRange, message));
  }
  for (const block of config.syntax.body.items) {
    if (block.kind !== 'block' || !notOverridden.has(block.type)) continue;
    const message = `A "${block.type}" block cannot stand in an override file. Move it to another file.`;
    found.push(diagnosticOf('invalid-override', block.typeRange, message));
  }
  return found;
}

const notOverridden = new Set(['moved', 'import', 'removed', 'check']);

/** An override file may say where the module is instead. */
function isOverridden({ files }: Module, { address }: Declaration): boolean {
  return files.some(
    (file) => isOverride(file.path) && factsOf(file).declarations.some((other) => other.address === address),
  );
}

function duplicate(declaration: Declaration, first: Declaration): Diagnostic {
  const place = `${path.basename(first.file.path)}:${lineOf(first)}`;
  const message = `"${declaration.address}" is declared already, at ${place}. Rename or remove one of the two.`;
  return diagnosticOf('duplicate-declaration', declaration.nameRange, message, {
    facts: { address: declaration.address },
  });
}

function lineOf(declaration: Declaration): number {
  return declaration.file.syntax.text.slice(0, declaration.nameRange.start).split('\n').length;
}

function missingModule(snapshot: Snapshot, module: Module, call: Declaration): Diagnostic[] {
  const source = moduleSource(call);
  if (isOverridden(module, call)) return [];
  if (source === undefined || !isLocalSource(source) || snapshot.index.called(call, module) !== undefined)
    return [];
  const range = call.node.kind === 'block' ? attributeOf(call.node.body, 'source')?.value.range : undefined;
  const message = `There is no module at "${source}": the folder does not exist or holds no Terraform files.`;
  return [diagnosticOf('module-not-found', range ?? call.nameRange, message, { facts: { source } })];
}
