import type { Block, SourceFile } from '../hcl/syntax';
import { nodePathAt } from '../hcl/walk';
import { dialectOf } from '../terraform/dialect';
import { isJsonConfig } from '../terraform/fileNames';
import type { BlockHeader } from './bodyRules';
import { completeKey } from './completeKeys';
import { completeLabel } from './completeLabels';
import { completeName } from './completeNames';
import { completeString } from './completeStrings';
import { completeValue } from './completeValues';
import { completeVariables } from './completeVariables';
import { fitting } from './completionItems';
import type { CompletionList } from './completionItems';
import { placeAt } from './cursor';
import type { OpenBlock } from './place';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';
import { completeTemplate, completeTemplateKeys } from './templates/completeTemplate';
import { readableModule } from './tests/readableModule';

const nothing: CompletionList = { items: [], isIncomplete: false };

/** What may be typed at `offset` of a configuration or variables file; nothing in JSON. */
export function complete(snapshot: Snapshot, path: string, offset: number): CompletionList {
  const file = snapshot.index.file(path);
  if (file === undefined || isJsonConfig(path)) return nothing;
  const { text } = file.syntax;
  const place = placeAt(text, offset);
  const module = moduleOf(snapshot, path, offset);
  const dialect = dialectOf(path);
  if (dialect === 'variables') return completeVariables(snapshot, module, file.syntax, place, path);
  if (dialect === 'template') return completeTemplate(snapshot, path, text, offset);
  // Terraform writes lock files.
  if (dialect === undefined || dialect === 'lock') return nothing;
  const blocks = place.blocks.map((block) => headerAt(file.syntax, block));
  switch (place.kind) {
    case 'name':
      return completeName(snapshot, module, text, place.word, blocks);
    case 'label':
      return completeLabel(snapshot, module, text, place, blocks);
    case 'value': {
      const readable = readableModule(snapshot, path, module, place.attribute, blocks);
      return completeValue(snapshot, readable, text, place, blocks, path);
    }
    case 'key': {
      const forTemplate = completeTemplateKeys(snapshot, file, place);
      if (forTemplate.length > 0) return fitting(forTemplate, text.slice(place.chain.start, place.chain.end));
      return completeKey(snapshot, module, text, place, blocks, path);
    }
    case 'string':
      return completeString(snapshot, module, text, place, blocks, path);
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
