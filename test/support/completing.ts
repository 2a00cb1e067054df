import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import type { CompletionItem } from '../../server/features/completionItems';
import type { SchemaLookup } from '../../server/providers/schema';
import { fixture } from './fixture';

/** What is offered at the cursor, in order. */
export function offers(drawn: string, schemas?: SchemaLookup): readonly CompletionItem[] {
  const { snapshot, path, offset } = fixture(drawn, schemas);
  return complete(snapshot, path, offset).items;
}

export function labels(drawn: string, schemas?: SchemaLookup): string[] {
  return offers(drawn, schemas).map((item) => item.label);
}

/** The file with the cursor after taking the offer of that label; by default as editors without snippets do. */
export function taken(drawn: string, label: string, form: 'insert' | 'snippet' = 'insert'): string {
  const { snapshot, path, offset, files } = fixture(drawn);
  const items = complete(snapshot, path, offset).items;
  const item = items.find((candidate) => candidate.label === label);
  assert.ok(item, `no offer ${label} among ${items.map((each) => each.label).join(', ')}`);
  const text = files.get(path) ?? '';
  const insert = form === 'snippet' ? (item.snippet ?? item.insert) : item.insert;
  return text.slice(0, item.range.start) + insert + text.slice(item.range.end);
}

export function includes(drawn: string, ...wanted: readonly string[]): void {
  const offered = labels(drawn);
  for (const label of wanted)
    assert.ok(offered.includes(label), `${label} is not among ${offered.slice(0, 60).join(', ')}`);
}

export function excludes(drawn: string, ...unwanted: readonly string[]): void {
  const offered = labels(drawn);
  for (const label of unwanted) assert.ok(!offered.includes(label), `${label} is offered`);
}

/** The offers begin with these, in this order. */
export function startsWith(drawn: string, ...wanted: readonly string[]): void {
  assert.deepEqual(labels(drawn).slice(0, wanted.length), wanted);
}
