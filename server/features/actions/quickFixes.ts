import { nodePathAt } from '../../hcl/walk';
import type { ConfigFile, Module } from '../../terraform/model';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import type { Change } from './codeAction';
import { bodyFixes } from './fixBodies';
import { declarationFixes } from './fixDeclarations';
import { providerFixes } from './fixProviders';
import { referenceFixes } from './fixReferences';
import { stackFixes } from './fixStacks';
import { syntaxFixes } from './fixSyntax';
import { testFixes } from './fixTests';
import { valueFixes } from './fixValues';
import { versionFixes } from './fixVersions';
import type { Case, Fix, Mending } from './quickFix';

/** The ways to mend what a diagnostic says, the likeliest first. */
export function quickFixes(
  snapshot: Snapshot,
  module: Module,
  file: ConfigFile,
  diagnostic: Diagnostic,
): readonly Change[] {
  const nodes = nodePathAt(file.syntax, diagnostic.range.start);
  const given: Case = { snapshot, module, file, diagnostic, nodes };
  const own = Object.hasOwn(fixes, diagnostic.code) ? fixes[diagnostic.code] : undefined;
  const found = [...changeTo(given), ...(own?.(given) ?? [])];
  return found.map((action, index) => ({
    ...action,
    kind: 'quickfix',
    diagnostic,
    preferred: index === 0 && action.preferred !== false,
  }));
}

const fixes: Readonly<Record<string, Fix>> = {
  ...syntaxFixes,
  ...bodyFixes,
  ...declarationFixes,
  ...referenceFixes,
  ...providerFixes,
  ...versionFixes,
  ...valueFixes,
  ...stackFixes,
  ...testFixes,
};

/** A longer text says nothing in a menu. */
const longestShown = 60;

function changeTo({ file, diagnostic }: Case): Mending[] {
  const { suggestion, range } = diagnostic;
  if (suggestion === undefined) return [];
  const isShown = suggestion.length <= longestShown && !suggestion.includes('\n');
  const title = isShown ? `Change to "${suggestion}"` : 'Write it as suggested';
  return [{ title, edits: [{ path: file.path, range, newText: suggestion }] }];
}
