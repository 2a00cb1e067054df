import type { Diagnostic } from './diagnostic';
import { diagnose } from './diagnostics';
import type { Snapshot } from './snapshot';

const known = new WeakMap<Snapshot, Map<string, readonly Diagnostic[]>>();

/** What is wrong with a file, found once for each snapshot: what is published is what actions mend. */
export function diagnosticsOf(snapshot: Snapshot, file: string): readonly Diagnostic[] {
  const ofFiles = known.get(snapshot) ?? new Map<string, readonly Diagnostic[]>();
  known.set(snapshot, ofFiles);
  const before = ofFiles.get(file);
  if (before !== undefined) return before;
  const found = diagnose(snapshot, file);
  ofFiles.set(file, found);
  return found;
}
