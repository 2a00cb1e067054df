import path from 'node:path';
import type { Block } from '../hcl/syntax';
import { dialectOf } from '../terraform/dialect';
import { factsOf } from '../terraform/facts';
import { isOverride } from '../terraform/fileNames';
import type { ConfigFile, Module } from '../terraform/model';
import type { Range } from '../text/range';
import { referencesTo } from './references';
import { moduleOf } from './snapshot';
import type { Location, Snapshot } from './snapshot';

/** A line above a declaration. */
export interface ReferenceLens {
  readonly range: Range;
  readonly title: string;
  /** What a click shows. */
  readonly references: readonly Location[];
}

/** How often each declaration of a file is named elsewhere. Data sources in a check, providers and checks are left out. */
export function referenceLenses(snapshot: Snapshot, file: string): readonly ReferenceLens[] {
  const config = snapshot.index.file(file);
  if (config === undefined || path.extname(file) === '.json') return [];
  const module = moduleOf(snapshot, file);
  return factsOf(config).declarations.flatMap((declaration): ReferenceLens[] => {
    if (declaration.kind === 'provider' || declaration.kind === 'check') return [];
    const references = referencesTo(snapshot, declaration, module);
    const title = references.length === 1 ? '1 reference' : `${references.length} references`;
    return [{ range: declaration.nameRange, title, references }];
  });
}

/** What can be run from a place in a file. */
export interface RunLens {
  readonly range: Range;
  readonly action: 'plan' | 'graph';
  /** Where terraform is to be started. */
  readonly directory: string;
}

/**
 * Plan and graph of a root module, above the block that speaks for the module: its `terraform` block, else the first
 * block of `main.tf`, else of its first file. A module that others call is planned from there.
 */
export function planLenses(snapshot: Snapshot, file: string): readonly RunLens[] {
  if (dialectOf(file) !== 'configuration') return [];
  const module = moduleOf(snapshot, file);
  const speaker = speakerOf(module);
  if (speaker?.file.path !== file || snapshot.index.isCalled(module)) return [];
  const { directory } = module;
  const range = speaker.block.typeRange;
  return [
    { range, action: 'plan', directory },
    { range, action: 'graph', directory },
  ];
}

function speakerOf(module: Module): { readonly file: ConfigFile; readonly block: Block } | undefined {
  const files = module.files.filter(({ path: name }) => !name.endsWith('.json') && !isOverride(name));
  const blocks = files.flatMap((file) => {
    const block = firstBlock(file, 'terraform');
    return block === undefined ? [] : [{ file, block }];
  });
  if (blocks[0] !== undefined) return blocks[0];
  const file = files.find(({ path: name }) => path.basename(name) === 'main.tf') ?? files[0];
  const block = file === undefined ? undefined : firstBlock(file);
  return file === undefined || block === undefined ? undefined : { file, block };
}

function firstBlock(file: ConfigFile, type?: string): Block | undefined {
  return file.syntax.body.items.find(
    (item): item is Block => item.kind === 'block' && (type === undefined || item.type === type),
  );
}
