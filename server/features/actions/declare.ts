import path from 'node:path';
import { typeToString } from '../../cty/type';
import type { CtyType } from '../../cty/type';
import { isJsonConfig, isOverride } from '../../terraform/fileNames';
import type { Module } from '../../terraform/model';
import { blocksOf } from '../../terraform/values';
import type { Snapshot } from '../snapshot';
import { appendToBlock, appendTopLevel } from './insertion';
import type { FileEdit } from './codeAction';

/** Declares a variable where the module keeps its variables. */
export function declareVariable(
  snapshot: Snapshot,
  module: Module,
  name: string,
  details: {
    readonly type: CtyType;
    readonly default?: string;
    readonly nearby: string;
    /** Lines of a comment above it. */
    readonly comment?: readonly string[];
  },
): FileEdit {
  const type = details.type === 'dynamic' ? [] : [`  type = ${typeToString(details.type)}`];
  const lines = details.default === undefined ? type : [...type, `  default = ${details.default}`];
  const body = lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n}`;
  const text = [...(details.comment ?? []), `variable "${name}" ${body}`].join('\n');
  return appendTopLevel(snapshot, module, 'variable', text, details.nearby);
}

/** Sets a local value: in the last `locals` block of the file, else of the module, else in a new one. */
export function declareLocal(
  snapshot: Snapshot,
  module: Module,
  name: string,
  value: string,
  nearby: string,
  comment: readonly string[] = [],
): FileEdit {
  const lines = [...comment, `${name} = ${value}`];
  const files = [...module.files].sort((a, b) => Number(b.path === nearby) - Number(a.path === nearby));
  for (const file of files) {
    const block = blocksOf(file.syntax.body, 'locals').findLast((each) => each.closed);
    if (block === undefined || isJsonConfig(file.path) || isOverride(file.path)) continue;
    return appendToBlock(file, block, lines);
  }
  return appendTopLevel(
    snapshot,
    module,
    'locals',
    `locals {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`,
    nearby,
  );
}

/** Declares an output; without a value it has none yet. */
export function declareOutput(
  snapshot: Snapshot,
  module: Module,
  name: string,
  { value = 'null', details = [], nearby }: OutputDetails = {},
): FileEdit {
  const main = module.files.find((file) => path.basename(file.path) === 'main.tf');
  const place = nearby ?? (main ?? module.files[0])?.path ?? path.join(module.directory, 'main.tf');
  const lines = [`value = ${value}`, ...details].map((line) => `  ${line}`).join('\n');
  return appendTopLevel(snapshot, module, 'output', `output "${name}" {\n${lines}\n}`, place);
}

interface OutputDetails {
  readonly value?: string;
  /** Further arguments. */
  readonly details?: readonly string[];
  readonly nearby?: string;
}

/** What to write for a value of that type until a person knows better. */
export function placeholder(type: CtyType | undefined): string {
  if (type === undefined || type === 'dynamic') return 'null';
  switch (type) {
    case 'string':
      return '""';
    case 'number':
      return '0';
    case 'bool':
      return 'false';
    default:
      return type[0] === 'map' || type[0] === 'object' ? '{}' : '[]';
  }
}
