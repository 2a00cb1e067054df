import { childExpressions, nodePathAt } from '../hcl/walk';
import type { Expression, ForObject, ForTuple } from '../hcl/syntax';
import { touches } from '../text/range';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/** A variable of a `for` expression: where it is named, and where it is read. */
export interface ForVariable {
  readonly name: string;
  readonly declaration: Range;
  readonly uses: readonly Range[];
}

/** The variable of a `for` expression at `offset`: its name after `for`, or a use of it. */
export function forVariableAt(snapshot: Snapshot, path: string, offset: number): ForVariable | undefined {
  const syntax = snapshot.index.file(path)?.syntax;
  if (syntax === undefined) return undefined;
  const nodes = nodePathAt(syntax, offset);
  const last = nodes.at(-1);
  const name = last?.kind === 'variable' ? last.name : undefined;
  for (const node of nodes.toReversed()) {
    if (node.kind !== 'forTuple' && node.kind !== 'forObject') continue;
    // The collection is evaluated outside of the expression, where its variables do not exist.
    if (touches(node.collection.range, offset)) continue;
    const declared = node.variables.find((each) =>
      name === undefined ? touches(each.range, offset) : each.name === name,
    );
    if (declared !== undefined) {
      return { name: declared.name, declaration: declared.range, uses: usesOf(declared.name, node) };
    }
  }
  return undefined;
}

function usesOf(name: string, loop: ForTuple | ForObject): Range[] {
  const uses: Range[] = [];
  const pending: Expression[] = inner(loop);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'variable' && node.name === name) uses.push(node.range);
    if (
      (node.kind === 'forTuple' || node.kind === 'forObject') &&
      node.variables.some((each) => each.name === name)
    ) {
      // An inner loop with the same name hides it, but for the collection it goes over.
      pending.push(node.collection);
    } else if (node.kind === 'object')
      pending.push(...node.items.flatMap(({ key, value }) => [...keyUses(key), value]));
    else pending.push(...childExpressions(node));
  }
  return uses.sort((a, b) => a.start - b.start);
}

/** What is evaluated inside the loop. */
function inner(loop: ForTuple | ForObject): Expression[] {
  const own = loop.kind === 'forObject' ? [loop.key, loop.value] : [loop.value];
  return loop.condition === undefined ? own : [...own, loop.condition];
}

/** A bare key means its own name. */
function keyUses(key: Expression): Expression[] {
  return key.kind === 'variable' ? [] : [key];
}
