import type { Block, SourceFile } from '../hcl/syntax';
import { nodePathAt } from '../hcl/walk';
import { dialectOf } from '../terraform/dialect';
import { isJsonConfig } from '../terraform/fileNames';
import type { Module } from '../terraform/model';
import type { Range } from '../text/range';
import type { BlockHeader } from './bodyRules';
import { completeKey } from './completeKeys';
import { completeLabel } from './completeLabels';
import { completeName } from './completeNames';
import { completeValue } from './completeValues';
import { fitting } from './completionItems';
import type { CompletionList } from './completionItems';
import { placeAt } from './cursor';
import { declarationDocs } from './documentation';
import type { OpenBlock } from './place';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';

const nothing: CompletionList = { items: [], isIncomplete: false };

/** What may be typed at `offset` of a configuration or variables file; nothing in JSON. */
export function complete(snapshot: Snapshot, path: string, offset: number): CompletionList {
  const file = snapshot.index.file(path);
  if (file === undefined || isJsonConfig(path)) return nothing;
  const { text } = file.syntax;
  const place = placeAt(text, offset);
  const module = moduleOf(snapshot, path);
  const dialect = dialectOf(path);
  if (dialect === 'variables') {
    return place.kind === 'name' && place.blocks.length === 0
      ? variables(module, file.syntax, place.word)
      : nothing;
  }
  if (dialect === undefined || dialect === 'template') return nothing;
  const blocks = place.blocks.map((block) => headerAt(file.syntax, block));
  switch (place.kind) {
    case 'name':
      return completeName(snapshot, module, text, place.word, blocks);
    case 'label':
      return completeLabel(snapshot, module, text, place, blocks);
    case 'value':
      return completeValue(snapshot, module, text, place, blocks);
    case 'key':
      return completeKey(snapshot, module, text, place, blocks);
    case 'string':
    case 'text':
      return nothing;
  }
}

/** The block of the tree that is open at the cursor, found by where it starts. */
function headerAt(syntax: SourceFile, open: OpenBlock): BlockHeader {
  const node = nodePathAt(syntax, open.start + 1).findLast(
    (candidate): candidate is Block => candidate.kind === 'block' && candidate.typeRange.start === open.start,
  );
  return { type: open.type, labels: open.labels, node };
}

function variables(module: Module, syntax: SourceFile, word: Range): CompletionList {
  const present = new Set(
    syntax.body.items.map((item) =>
      item.kind === 'attribute' && item.range.start !== word.start ? item.name : '',
    ),
  );
  const items = module.declarations
    .filter((declaration) => declaration.kind === 'variable' && !present.has(declaration.name))
    .map((variable) => ({
      label: variable.name,
      kind: 'argument' as const,
      range: word,
      insert: `${variable.name} = `,
      detail: 'variable',
      documentation: declarationDocs(variable, variable.file.syntax.text),
    }));
  return fitting(items, syntax.text.slice(word.start, word.end));
}
