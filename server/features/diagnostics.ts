import { dialectOf } from '../terraform/dialect';
import { isOverride } from '../terraform/fileNames';
import type { ConfigFile, Module } from '../terraform/model';
import { checkBlocks } from './checkBlocks';
import { checkBodies } from './checkBodies';
import { checkCalls } from './checkCalls';
import { checkCycles } from './checkCycles';
import { checkDeclarations, checkOverrides } from './checkDeclarations';
import { checkEdition } from './checkEdition';
import { checkExpressions } from './checkExpressions';
import { checkKinds } from './checkKinds';
import { checkReferences } from './checkReferences';
import { checkLockFile } from './stacks/checkLockFile';
import { checkRequirements } from './checkRequirements';
import { checkStackFile } from './stacks/checkStackFile';
import { checkUnused } from './checkUnused';
import { checkValues } from './checkValues';
import { checkVariablesFile } from './checkVariablesFile';
import type { Range } from '../text/range';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import { editionOf } from './editionOf';
import { isDiagnosticCode } from './diagnosticCodes';
import { withoutIgnored } from './ignoreComments';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';
import { checkTemplate } from './templates/checkTemplate';
import { checkTemplateCalls } from './templates/checkTemplateCalls';
import { checkQueryFile } from './tests/checkQueryFile';
import { checkMockFile, checkTestFile } from './tests/checkTestFile';

/** More says nothing new, and a file of random bytes must not flood anybody. */
const mostDiagnostics = 200;

/**
 * Everything that is wrong with a file, in the order of its text. What Terraform accepts gets no error: where a
 * provider, its version or a module is not known, nothing is said about it.
 */
export function diagnose(snapshot: Snapshot, file: string): readonly Diagnostic[] {
  const config = snapshot.index.file(file);
  if (config === undefined) return [];
  const found = [...syntaxErrors(config), ...meaning(snapshot, config)];
  const wanted = withoutIgnored(config, found, snapshot.ignored ?? []);
  return [...wanted].sort((a, b) => a.range.start - b.range.start).slice(0, mostDiagnostics);
}

function syntaxErrors(config: ConfigFile): Diagnostic[] {
  return config.syntax.errors.map(({ code, message, range }) =>
    diagnosticOf(isDiagnosticCode(code) ? code : 'item-expected', range, message),
  );
}

function meaning(snapshot: Snapshot, config: ConfigFile): Diagnostic[] {
  const module = moduleOf(snapshot, config.path);
  switch (dialectOf(config.path)) {
    case 'configuration':
      return configuration(snapshot, module, config);
    case 'variables':
      return checkVariablesFile(snapshot, module, config);
    case 'test':
      return [
        ...checkBodies(snapshot, module, config),
        ...checkTestFile(snapshot, module, config),
        ...checkEdition(snapshot, module, config),
        ...checkCalls(config, editionOf(snapshot, module)),
      ];
    case 'query':
      return [
        ...checkBodies(snapshot, module, config),
        ...checkReferences(snapshot, module, config),
        ...checkQueryFile(snapshot, module, config),
        ...checkEdition(snapshot, module, config),
        ...checkCalls(config, editionOf(snapshot, module)),
      ];
    case 'stack':
    case 'deployment':
      return checkStackFile(snapshot, module, config);
    case 'mock':
      return [
        ...checkBodies(snapshot, module, config),
        ...checkMockFile(snapshot, module, config),
        ...checkEdition(snapshot, module, config),
      ];
    case 'lock':
      return [...checkBodies(snapshot, module, config), ...checkLockFile(snapshot, config)];
    case 'template':
      return checkTemplate(snapshot, config);
    case undefined:
      return [];
  }
}

function configuration(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const found = [
    ...checkBodies(snapshot, module, config),
    ...checkReferences(snapshot, module, config),
    ...checkExpressions(snapshot, module, config),
    ...checkBlocks(snapshot, module, config),
    ...checkCycles(snapshot, module, config),
    ...checkCalls(config, editionOf(snapshot, module)),
    ...checkKinds(snapshot, module, config),
    ...checkTemplateCalls(snapshot, module, config),
    ...(isOverride(config.path)
      ? checkOverrides(module, config)
      : checkDeclarations(snapshot, module, config)),
  ];
  // A value that could not be had because of another mistake is that mistake again.
  const faults = found.filter(({ severity, tag }) => severity !== 'hint' && tag === undefined);
  const again = (range: Range) =>
    faults.some((other) => other.range.start < range.end && range.start < other.range.end);
  const values = checkValues(snapshot, module, config).filter(({ range }) => !again(range));
  return [
    ...found,
    ...values,
    ...checkEdition(snapshot, module, config),
    ...checkRequirements(snapshot, module, config),
    ...checkUnused(snapshot, module, config),
  ];
}
