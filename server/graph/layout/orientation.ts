/**
 * An order of things in which as few connections as possible run backwards: the greedy heuristic of Eades, Lin and
 * Smyth. Without cycles none does. Ties go to what comes first in `things`.
 */
export function orderForward(
  things: readonly string[],
  connections: readonly { readonly from: string; readonly to: string; readonly weight: number }[],
): ReadonlyMap<string, number> {
  const incoming = new Map<string, Map<string, number>>(things.map((thing) => [thing, new Map()]));
  const outgoing = new Map<string, Map<string, number>>(things.map((thing) => [thing, new Map()]));
  for (const { from, to, weight } of connections) {
    const out = outgoing.get(from);
    const into = incoming.get(to);
    if (out === undefined || into === undefined || from === to) continue;
    out.set(to, (out.get(to) ?? 0) + weight);
    into.set(from, (into.get(from) ?? 0) + weight);
  }
  const left = new Set(things);
  const front: string[] = [];
  const back: string[] = [];
  const take = (thing: string, end: string[]): void => {
    end.push(thing);
    left.delete(thing);
    for (const target of outgoing.get(thing)?.keys() ?? []) incoming.get(target)?.delete(thing);
    for (const source of incoming.get(thing)?.keys() ?? []) outgoing.get(source)?.delete(thing);
  };
  while (left.size > 0) {
    let found = false;
    for (const thing of left) {
      if (incoming.get(thing)?.size === 0) take(thing, front);
      else if (outgoing.get(thing)?.size === 0) take(thing, back);
      else continue;
      found = true;
    }
    if (found || left.size === 0) continue;
    const surplus = (thing: string): number => total(outgoing.get(thing)) - total(incoming.get(thing));
    take(
      [...left].reduce((a, b) => (surplus(b) > surplus(a) ? b : a)),
      front,
    );
  }
  return new Map([...front, ...back.reverse()].map((thing, index) => [thing, index]));
}

function total(weights: ReadonlyMap<string, number> | undefined): number {
  let sum = 0;
  for (const weight of weights?.values() ?? []) sum += weight;
  return sum;
}
