import { nodePathAt } from '../../hcl/walk';
import type { Block } from '../../hcl/syntax';
import { headerOf, isSettable, rulesFor } from '../bodyRules';
import type { Change } from './codeAction';
import type { Selected } from './context';
import { placeholder } from './declare';
import { namesIn } from './fixBodies';
import { addArguments } from './insertion';
import { fixedPlaceholder } from './skeleton';

/** Writes all arguments that a block could have: null changes nothing, and shows what there is. */
export function fillings({ snapshot, module, file, selection }: Selected): readonly Change[] {
  const blocks = nodePathAt(file.syntax, selection.start).filter(
    (node): node is Block => node.kind === 'block',
  );
  const block = blocks.at(-1);
  if (block === undefined || !block.closed || selection.start > block.body.range.start) return [];
  const headers = blocks.map(headerOf);
  const rules = rulesFor(snapshot, module, headers);
  const present = namesIn(block);
  const lines = [...rules.arguments].flatMap(([name, { schema, origin }]) => {
    const isMeta = origin === 'language' || present.has(name) || schema.deprecated === true;
    if (isMeta || !isSettable(schema) || rules.blocks.has(name)) return [];
    const value =
      schema.required === true ? (fixedPlaceholder(name, headers) ?? placeholder(schema.type)) : 'null';
    return [`${name} = ${value}`];
  });
  if (lines.length === 0) return [];
  return [
    {
      title:
        lines.length === 1 ? 'Add the one further argument' : `Add all ${lines.length} further arguments`,
      kind: 'refactor.rewrite',
      edits: [addArguments(file, block, lines)],
    },
  ];
}
