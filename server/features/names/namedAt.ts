import { dialectOf } from '../../terraform/dialect';
import { isStackDialect } from '../../terraform/stacks/stackModule';
import { declarationAt, focusAt } from '../focus';
import type { Snapshot } from '../snapshot';
import { stackProviderAt } from '../stacks/stackNames';
import { templateKeyAt, templateNameAt } from '../templates/templateNames';
import { namedDeclaration } from './declarationNames';
import { namedLocalAt } from './localNames';
import type { Named } from './named';
import { keyAt, namedKey } from './objectKeys';
import { namedProvider, providerAt } from './providerNames';

/** What has a name at `offset` and can be found everywhere; `undefined` for text, and for names of the language. */
export function namedAt(snapshot: Snapshot, path: string, offset: number): Named | undefined {
  const file = snapshot.index.file(path);
  if (file === undefined) return undefined;
  const local = namedLocalAt(file, offset);
  if (local !== undefined) return local;
  if (dialectOf(path) === 'template') return templateNameAt(snapshot, file, offset);
  if (isStackDialect(dialectOf(path))) {
    const ofStack = stackProviderAt(snapshot.index.view(path), path, offset);
    if (ofStack !== undefined) return ofStack;
  } else {
    const provider = providerAt(snapshot, path, offset);
    if (provider !== undefined) return namedProvider(snapshot, provider);
  }
  const templateKey = templateKeyAt(snapshot, file, offset);
  if (templateKey !== undefined) return templateKey;
  const key = keyAt(snapshot, path, offset);
  if (key !== undefined) return namedKey(snapshot, key);
  const focus = focusAt(snapshot, path, offset);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  return found === undefined ? undefined : namedDeclaration(snapshot, found);
}
