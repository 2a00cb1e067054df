import path from 'node:path';
import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { SideView } from '../../terraform/tests/sideView';
import { attributeOf } from '../../terraform/values';
import type { Diagnostic } from '../diagnostic';
import { Findings } from '../findings';
import type { Snapshot } from '../snapshot';

/** Checks a query file against the others of its folder and the module beside them, which Terraform reads as one. */
export function checkQueryFile(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const findings = new Findings(snapshot, module, config);
  if (!(module instanceof SideView)) return [];
  for (const declaration of factsOf(config).declarations) {
    checkDuplicate(findings, module, declaration);
    if (declaration.kind === 'list') checkRepetition(findings, declaration);
  }
  return findings.found;
}

function checkDuplicate(findings: Findings, view: SideView, declaration: Declaration): void {
  const { address, nameRange, node } = declaration;
  const before = view.ownDeclarations().find((other) => other.address === address);
  const first = view.about.find(address) ?? (before?.node === node ? undefined : before);
  if (first === undefined) return;
  const line = first.file.syntax.text.slice(0, first.nameRange.start).split('\n').length;
  const message = `"${address}" is declared already, at ${path.basename(first.file.path)}:${line}. Rename or remove one of the two.`;
  findings.add('duplicate-declaration', nameRange, message, { facts: { address } });
}

function checkRepetition(findings: Findings, { node }: Declaration): void {
  if (node.kind !== 'block') return;
  const forEach = attributeOf(node.body, 'for_each');
  if (forEach === undefined || attributeOf(node.body, 'count') === undefined) return;
  const message = '"count" and "for_each" exclude each other. Remove one of the two.';
  findings.add('conflicting-arguments', forEach.nameRange, message, {
    facts: { name: 'for_each', other: 'count' },
  });
}
