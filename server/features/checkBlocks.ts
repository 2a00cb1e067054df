import type { Block } from '../hcl/syntax';
import { isJsonConfig } from '../terraform/fileNames';
import type { ConfigFile, Module } from '../terraform/model';
import { attributeOf } from '../terraform/values';
import { checkImport, checkMoved, checkRemoved } from './checkAddresses';
import { checkConstants } from './checkConstants';
import { checkConditions, checkDependsOn, checkLifecycle } from './checkLifecycle';
import { checkLocalNames, checkNames } from './checkNames';
import { checkModuleCall } from './checkModuleCall';
import { checkChosenProvider } from './checkProviders';
import { checkProvisioners } from './checkProvisioners';
import { checkSettings } from './checkSettings';
import { checkVariable } from './checkVariable';
import type { Diagnostic } from './diagnostic';
import { Findings } from './findings';
import type { Snapshot } from './snapshot';

/** Checks top-level blocks by rules of the language that go beyond what arguments and blocks they may hold. */
export function checkBlocks(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const findings = new Findings(snapshot, module, config);
  const isJson = isJsonConfig(config.path);
  for (const block of config.syntax.body.items) {
    if (block.kind !== 'block') continue;
    checkNames(findings, block);
    checkRepetition(findings, block);
    // In JSON references stand in strings, and inner blocks look like arguments.
    if (isJson) continue;
    checkConstants(findings, block);
    for (const check of Object.hasOwn(checks, block.type) ? (checks[block.type] ?? []) : [])
      check(findings, block);
  }
  return findings.found;
}

type Check = (findings: Findings, block: Block) => void;

const object: readonly Check[] = [checkChosenProvider, checkDependsOn, checkLifecycle, checkProvisioners];

const checks: Readonly<Record<string, readonly Check[]>> = {
  resource: object,
  data: object,
  ephemeral: object,
  action: [checkChosenProvider],
  module: [checkDependsOn, checkModuleCall],
  variable: [checkVariable],
  output: [checkDependsOn, checkConditions],
  check: [checkConditions],
  locals: [checkLocalNames],
  terraform: [checkSettings],
  moved: [checkMoved],
  removed: [checkRemoved, checkProvisioners],
  import: [checkImport, checkChosenProvider],
};

function checkRepetition(findings: Findings, block: Block): void {
  const count = attributeOf(block.body, 'count');
  const forEach = attributeOf(block.body, 'for_each');
  if (count === undefined || forEach === undefined || !repeated.has(block.type)) return;
  const [first, second] = count.range.start < forEach.range.start ? [count, forEach] : [forEach, count];
  // Terraform names the for_each, wherever it stands.
  const other = second === forEach ? first : second;
  const message =
    'A block is repeated by "count" or by "for_each", not by both. Remove one of them, and write the filter into the other.';
  findings.add('conflicting-arguments', forEach.nameRange, message, {
    facts: { name: 'for_each', other: other.name },
  });
}

const repeated = new Set(['resource', 'data', 'ephemeral', 'module', 'action']);
