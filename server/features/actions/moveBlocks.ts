import path from 'node:path';
import type { Block } from '../../hcl/syntax';
import { isConfigName, isOverride } from '../../terraform/fileNames';
import type { Range } from '../../text/range';
import { selectedBlocks } from './blocks';
import { chunkOf } from './chunks';
import type { Change, FileEdit } from './codeAction';
import type { Selected } from './context';
import { wholeLines } from './insertion';

/** Moves blocks with their comments into the file that is named after what they are. */
export function moves(selected: Selected): readonly Change[] {
  const { file, module } = selected;
  const blocks = selectedBlocks(selected);
  if (blocks.length === 0 || !isConfigName(path.basename(file.path)) || isOverride(file.path)) return [];
  const name = fileNameFor(blocks, path.extname(file.path));
  const target = path.join(module.directory, name ?? '');
  if (name === undefined || target === file.path) return [];
  const isThere = selected.snapshot.index.files.list(module.directory).includes(name);
  if (isThere && module.files.every((each) => each.path !== target)) return [];
  const what = blocks.length === 1 ? 'block' : `${blocks.length} blocks`;
  return [
    {
      title: `Move the ${what} to ${isThere ? name : `the new file ${name}`}`,
      kind: 'refactor.move',
      createsFiles: !isThere,
      edits: () => moveEdits(selected, blocks, target, isThere),
    },
  ];
}

/** The edits that take chunks out of a file, each with its lines; neighbours go together with what is between them. */
export function removals({ file }: Selected, chunks: readonly Range[]): FileEdit[] {
  const { text } = file.syntax;
  const joined: Range[] = [];
  for (const chunk of chunks) {
    const last = joined.at(-1);
    if (last !== undefined && text.slice(last.end, chunk.start).trim() === '')
      joined[joined.length - 1] = { start: last.start, end: chunk.end };
    else joined.push(chunk);
  }
  return joined.map((range) => ({ path: file.path, range: wholeLines(text, range), newText: '' }));
}

/** Text at the end of a file, or as a file of its own. */
export function appended(selected: Selected, target: string, newText: string, isThere: boolean): FileEdit {
  if (!isThere) return { path: target, range: { start: 0, end: 0 }, newText: `${newText}\n`, creates: true };
  const text = selected.snapshot.index.file(target)?.syntax.text ?? '';
  const at = text.trimEnd().length;
  const after = text.slice(at).includes('\n') ? '' : '\n';
  return {
    path: target,
    range: { start: at, end: at },
    newText: `${at === 0 ? '' : '\n\n'}${newText}${after}`,
  };
}

function moveEdits(
  selected: Selected,
  blocks: readonly Block[],
  target: string,
  isThere: boolean,
): FileEdit[] {
  const { syntax } = selected.file;
  const { text } = syntax;
  const chunks = blocks.map((block) => chunkOf(syntax, block.range));
  const moved = chunks.map(({ start, end }) => text.slice(start, end)).join('\n\n');
  return [...removals(selected, chunks), appended(selected, target, moved, isThere)];
}

const conventional: Readonly<Record<string, string>> = {
  variable: 'variables',
  output: 'outputs',
  locals: 'locals',
  provider: 'providers',
  terraform: 'terraform',
  data: 'data',
  moved: 'moved',
  import: 'imports',
  removed: 'removed',
  check: 'checks',
};

/** By the type of the blocks where they have one, else by what the first of them is about. */
function fileNameFor(blocks: readonly Block[], extension: string): string | undefined {
  const types = new Set(blocks.map(({ type }) => type));
  const [first] = blocks;
  const [type] = types;
  if (first === undefined || type === undefined) return undefined;
  if (types.size === 1 && Object.hasOwn(conventional, type))
    return `${conventional[type] ?? type}${extension}`;
  const about = blocks.find((block) => block.labels.length > 0) ?? first;
  const [label, name] = about.labels;
  if (label === undefined) return undefined;
  const kinds = new Set(blocks.map((block) => block.labels[0]?.value));
  const word = about.type === 'resource' && kinds.size === 1 ? withoutProvider(label.value) : name?.value;
  const safe = (word ?? label.value).replace(/[^\p{ID_Continue}-]+/gu, '_');
  return safe === '' ? undefined : `${safe}${extension}`;
}

function withoutProvider(type: string): string {
  return type.slice(type.indexOf('_') + 1);
}
