import { attributeOf } from '../terraform/values';
import { declarationAt, focusAt } from './focus';
import type { Location, Snapshot } from './snapshot';

/** Where the type of what stands at `offset` is written: a variable's constraint, a called module's first file. */
export function findTypeDefinition(snapshot: Snapshot, path: string, offset: number): Location | undefined {
  const focus = focusAt(snapshot, path, offset);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (found === undefined) return undefined;
  const { declaration, module } = found;
  const { node, file } = declaration;
  if (declaration.kind === 'variable' && node.kind === 'block') {
    const type = attributeOf(node.body, 'type');
    return type === undefined ? undefined : { path: file.path, range: type.value.range };
  }
  if (declaration.kind !== 'module') return undefined;
  const first = snapshot.index.called(declaration, module)?.files[0];
  return first === undefined ? undefined : { path: first.path, range: { start: 0, end: 0 } };
}
