import path from 'node:path';
import { factsOf } from '../terraform/facts';
import type { Range } from '../text/range';
import { referencesTo } from './references';
import { moduleOf } from './snapshot';
import type { Location, Snapshot } from './snapshot';

/** A line above a declaration. */
export interface CodeLens {
  readonly range: Range;
  readonly title: string;
  /** What a click shows. */
  readonly references: readonly Location[];
}

/** How often each declaration of a file is named elsewhere. Data sources in a check, providers and checks are left out. */
export function codeLenses(snapshot: Snapshot, file: string): readonly CodeLens[] {
  const config = snapshot.index.file(file);
  if (config === undefined || path.extname(file) === '.json') return [];
  const module = moduleOf(snapshot, file);
  return factsOf(config).declarations.flatMap((declaration): CodeLens[] => {
    if (declaration.kind === 'provider' || declaration.kind === 'check') return [];
    const references = referencesTo(snapshot, declaration, module);
    const title = references.length === 1 ? '1 reference' : `${references.length} references`;
    return [{ range: declaration.nameRange, title, references }];
  });
}
