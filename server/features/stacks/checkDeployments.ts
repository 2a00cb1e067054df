import type { Block } from '../../hcl/syntax';
import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Module } from '../../terraform/model';
import { attributeOf, blocksOf } from '../../terraform/values';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import { checkDuplicates } from './checkDuplicates';
import { checkInputs } from './checkInputs';
import { checkStackReferences } from './checkStackReferences';

/** Everything about a deployment file that only its neighbours and its stack can tell. */
export function checkDeployments(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  return [
    ...checkDuplicates(module, config),
    ...checkStackReferences(snapshot, module, config),
    ...factsOf(config).declarations.flatMap((each) =>
      each.kind === 'deployment' ? checkInputs(snapshot, module, each) : [],
    ),
    ...blocksOf(config.syntax.body, 'store').flatMap(store),
  ];
}

/** A variable set is known by its identifier or by its name. */
function store(block: Block): Diagnostic[] {
  if (block.labels[0]?.value !== 'varset' || !block.closed) return [];
  const id = attributeOf(block.body, 'id');
  const name = attributeOf(block.body, 'name');
  if (id !== undefined && name !== undefined) {
    const facts = { name: 'name', other: 'id' };
    const message = 'A variable set is named by "id" or by "name", not by both. Remove one of them.';
    return [diagnosticOf('conflicting-arguments', name.nameRange, message, { facts })];
  }
  if (id !== undefined || name !== undefined) return [];
  const message = 'This store needs the "id" or the "name" of a variable set.';
  return [diagnosticOf('missing-argument', block.typeRange, message, { facts: { name: 'name' } })];
}
