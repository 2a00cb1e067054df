import { dialectOf } from '../terraform/dialect';
import { touches } from '../text/range';
import type { Range } from '../text/range';
import type { FileEdit } from './actions/codeAction';
import { namedAt } from './names/namedAt';
import type { Named } from './names/named';
import { fixedName } from './names/fixedNames';
import type { Snapshot } from './snapshot';

/**
 * The name at `offset` that can be changed; `undefined` where there is no name.
 * @throws Error with a sentence for a person where there is a name that cannot be changed
 */
export function prepareRename(snapshot: Snapshot, file: string, offset: number): Range | undefined {
  const found = named(snapshot, file, offset);
  return found?.range;
}

/**
 * The edits that give it another name everywhere. A resource or module call that is renamed keeps its objects, because a
 * `moved` block is written too.
 * @throws Error with a sentence for a person when the name cannot be changed, cannot be used or is taken
 */
export function rename(snapshot: Snapshot, file: string, offset: number, name: string): readonly FileEdit[] {
  const found = named(snapshot, file, offset);
  if (found === undefined) throw new Error('There is nothing here that can be renamed.');
  if (!/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name)) {
    throw new Error(`"${name}" is no name: use letters, digits, _ and -, and start with a letter or _.`);
  }
  return name === found.thing.name ? [] : found.thing.rename(name);
}

function named(
  snapshot: Snapshot,
  file: string,
  offset: number,
): { readonly thing: Named; readonly range: Range } | undefined {
  if (dialectOf(file) === 'lock')
    throw new Error(
      'terraform init writes this file. What is changed here by hand is gone or refused the next time.',
    );
  const thing = namedAt(snapshot, file, offset);
  const place = thing?.places.find((each) => each.path === file && touches(each.range, offset));
  if (thing === undefined || place === undefined) {
    const reason = fixedName(snapshot, file, offset);
    if (reason !== undefined) throw new Error(reason);
    return undefined;
  }
  const refusal = thing.refusal?.();
  if (refusal !== undefined) throw new Error(refusal);
  return { thing, range: place.range };
}
