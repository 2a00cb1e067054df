import { dialectOf } from '../../terraform/dialect';
import { focusAt } from '../focus';
import type { Focus } from '../focus';
import type { Snapshot } from '../snapshot';

/** Why the name at `offset` cannot be changed, in a sentence; `undefined` where there is no name. */
export function fixedName(snapshot: Snapshot, path: string, offset: number): string | undefined {
  if (dialectOf(path) === 'template') return undefined;
  const focus = focusAt(snapshot, path, offset);
  return focus === undefined ? undefined : reasonFor(focus);
}

function reasonFor(focus: Focus): string | undefined {
  const name = focus.file.syntax.text.slice(focus.range.start, focus.range.end).replaceAll('"', '');
  switch (focus.kind) {
    case 'blockType':
      return `"${name}" is a word of the language or of a provider.`;
    case 'function':
      return `"${name}" is a function of the language or of a provider.`;
    case 'label':
      return `"${name}" is a type, whose name its provider gives.`;
    case 'argument':
      return `"${name}" is an argument that the language or a provider names.`;
    case 'context':
      return `"${name}" is no name of this configuration.`;
    case 'moduleSource':
      return 'A source is no name. Change the folder, and then the source.';
    case 'use':
      return useReason(focus, name);
  }
}

function useReason({ use, step, module }: Extract<Focus, { kind: 'use' }>, name: string): string {
  if (step < 0 && !use.target.startsWith(`${name}.`)) return `"${name}" is a word of the language.`;
  const declaration = module.find(use.target);
  if (declaration === undefined) return `"${use.target}" is not declared in this module.`;
  return step < 0 || declaration.kind === 'data'
    ? `"${name}" is no name of this configuration: it belongs to what ${declaration.address} is.`
    : `"${name}" is part of the value of ${declaration.address}. Where its name is written is not known.`;
}
