import { dialectOf } from '../terraform/dialect';
import { isOverride } from '../terraform/fileNames';
import type { ConfigFile, Module } from '../terraform/model';
import { checkBodies } from './checkBodies';
import { checkCalls } from './checkCalls';
import { checkDeclarations } from './checkDeclarations';
import { checkReferences } from './checkReferences';
import { checkUnused } from './checkUnused';
import { checkValues } from './checkValues';
import { checkVariablesFile } from './checkVariablesFile';
import type { Range } from '../text/range';
import type { Diagnostic } from './diagnostic';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';

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
  return found.sort((a, b) => a.range.start - b.range.start).slice(0, mostDiagnostics);
}

function syntaxErrors(config: ConfigFile): Diagnostic[] {
  return config.syntax.errors.map(({ code, message, range }) => ({
    code,
    message,
    range,
    severity: 'error',
  }));
}

function meaning(snapshot: Snapshot, config: ConfigFile): Diagnostic[] {
  const module = moduleOf(snapshot, config.path);
  switch (dialectOf(config.path)) {
    case 'configuration':
      return configuration(snapshot, module, config);
    case 'variables':
      return checkVariablesFile(module, config);
    case 'test':
    case 'query':
    case 'stack':
    case 'deployment':
      return [
        ...checkBodies(snapshot, module, config),
        ...checkReferences(snapshot, module, config),
        ...checkCalls(config),
      ];
    case 'mock':
    case 'lock':
      return checkBodies(snapshot, module, config);
    case 'template':
    case undefined:
      return [];
  }
}

function configuration(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const found = [
    ...checkBodies(snapshot, module, config),
    ...checkReferences(snapshot, module, config),
    ...checkCalls(config),
    ...(isOverride(config.path) ? [] : checkDeclarations(snapshot, module, config)),
  ];
  // A value that could not be had because of another mistake is that mistake again.
  const again = (range: Range) =>
    found.some((other) => other.range.start < range.end && range.start < other.range.end);
  const values = checkValues(snapshot, module, config).filter(({ range }) => !again(range));
  return [...found, ...values, ...checkUnused(module, config)];
}
