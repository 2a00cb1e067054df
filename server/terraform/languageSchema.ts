import type { Dialect } from './dialect';
import { block, one, optional, required } from './languageBlock';
import type { LanguageBlock } from './languageBlock';
import { language, terraform } from './language/terraformBlock';
import {
  check,
  importBlock,
  locals,
  moduleCall,
  moved,
  output,
  provider,
  removed,
  variable,
} from './language/moduleBlocks';
import { action, data, ephemeral, resource } from './language/resourceBlocks';
import { deploymentBlocks } from './stacks/deploymentBlocks';
import { lockBlocks } from './stacks/lockBlocks';
import { stackBlocks } from './stacks/stackBlocks';
import { mockBlocks, queryBlocks, testBlocks } from './tests/testBlocks';

/** Top-level block types of files in a dialect. */
export function topLevelBlocks(dialect: Dialect = 'configuration'): Readonly<Record<string, LanguageBlock>> {
  switch (dialect) {
    case 'configuration':
      return topLevel;
    case 'test':
      return testBlocks();
    case 'mock':
      return mockBlocks();
    case 'query':
      return queryBlocks();
    case 'stack':
      return stackBlocks();
    case 'deployment':
      return deploymentBlocks();
    case 'lock':
      return lockBlocks();
    default:
      return {};
  }
}

/** What a block holds, as its first label decides; the block itself where the label decides nothing. */
export function labelled(language: LanguageBlock, label: string): LanguageBlock | undefined {
  if (language.byLabel === undefined) return language;
  const blocks = language.byLabel();
  return Object.hasOwn(blocks, label) ? blocks[label] : undefined;
}

/** The block that repeats another block's type for each element; its `content` follows that type's schema. */
export const dynamicBlock: LanguageBlock = block(
  'Makes one nested block of the labelled type for each element.',
  {
    labels: ['block type'],
    attributes: {
      for_each: required(
        'dynamic',
        'The collection to repeat over; one nested block comes from each element.',
      ),
      iterator: optional(
        'dynamic',
        'The name of the current element inside `content`. The block type when left out.',
      ),
      labels: optional(['list', 'string'], 'Labels of the blocks made, where their type has labels.'),
    },
    blocks: {
      content: one('The body of each block made.', { rest: 'provider' }),
    },
  },
);

const topLevel: Readonly<Record<string, LanguageBlock>> = {
  resource,
  data,
  ephemeral,
  module: moduleCall,
  variable,
  output,
  locals,
  provider,
  terraform,
  moved,
  import: importBlock,
  removed,
  check,
  action,
  language,
};
