import { typeToString } from '../../cty/type';
import type { CtyType } from '../../cty/type';
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
  details: { readonly type: CtyType; readonly default?: string; readonly nearby: string },
): FileEdit {
  const type = details.type === 'dynamic' ? [] : [`  type = ${typeToString(details.type)}`];
  const lines = details.default === undefined ? type : [...type, `  default = ${details.default}`];
  const aligned = lines.length > 1 ? lines.map((line) => line.replace('type =', 'type    =')) : lines;
  const body = aligned.length === 0 ? '{}' : `{\n${aligned.join('\n')}\n}`;
  return appendTopLevel(snapshot, module, 'variable', `variable "${name}" ${body}`, details.nearby);
}

/** Sets a local value: in the last `locals` block of the file, else of the module, else in a new one. */
export function declareLocal(
  snapshot: Snapshot,
  module: Module,
  name: string,
  value: string,
  nearby: string,
): FileEdit {
  const files = [...module.files].sort((a, b) => Number(b.path === nearby) - Number(a.path === nearby));
  for (const file of files) {
    const block = blocksOf(file.syntax.body, 'locals').findLast((each) => each.closed);
    if (block === undefined || file.path.endsWith('.json')) continue;
    return appendToBlock({ path: file.path, text: file.syntax.text }, block, [`${name} = ${value}`]);
  }
  return appendTopLevel(snapshot, module, 'locals', `locals {\n  ${name} = ${value}\n}`, nearby);
}

/** Declares an output that has no value yet. */
export function declareOutput(snapshot: Snapshot, module: Module, name: string, value = 'null'): FileEdit {
  const nearby = module.files.find((file) => file.path.endsWith('main.tf')) ?? module.files[0];
  return appendTopLevel(
    snapshot,
    module,
    'output',
    `output "${name}" {\n  value = ${value}\n}`,
    nearby?.path ?? module.directory,
  );
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
