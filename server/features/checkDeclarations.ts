import path from 'node:path';
import { factsOf } from '../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import { isOpenTofuName, isOverride } from '../terraform/fileNames';
import { isLocalSource, moduleSource } from '../terraform/moduleCalls';
import { attributeOf } from '../terraform/values';
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

function duplicate(declaration: Declaration, first: Declaration): Diagnostic {
  const place = `${path.basename(first.file.path)}:${lineOf(first)}`;
  return {
    range: declaration.nameRange,
    severity: 'error',
    code: 'duplicate-declaration',
    message: `"${declaration.address}" is declared already, at ${place}. Rename or remove one of the two.`,
  };
}

function lineOf(declaration: Declaration): number {
  return declaration.file.syntax.text.slice(0, declaration.nameRange.start).split('\n').length;
}

function missingModule(snapshot: Snapshot, module: Module, call: Declaration): Diagnostic[] {
  const source = moduleSource(call);
  if (source === undefined || !isLocalSource(source) || snapshot.index.called(call, module) !== undefined)
    return [];
  const range = call.node.kind === 'block' ? attributeOf(call.node.body, 'source')?.value.range : undefined;
  return [
    {
      range: range ?? call.nameRange,
      severity: 'error',
      code: 'module-not-found',
      message: `There is no module at "${source}": the folder does not exist or holds no Terraform files.`,
    },
  ];
}
