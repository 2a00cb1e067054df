import type { Attribute, Block } from '../../hcl/syntax';

/** What an argument of a test file holds; `keyword` is a word that refers to nothing. */
export type TestRole = 'address' | 'providers' | 'keyword' | 'value';

const overrideBlocks = new Set(['override_resource', 'override_data', 'override_module']);
const testTops = new Set(['run', 'mock_provider', 'mock_resource', 'mock_data', ...overrideBlocks]);

/** The role of an argument in a block that only test files and their mocks have; `undefined` in all others. */
export function testRoleOf(attribute: Attribute, blocks: readonly Block[]): TestRole | undefined {
  const top = blocks[0]?.type ?? '';
  const parent = blocks.at(-1)?.type ?? '';
  if (!testTops.has(top)) return undefined;
  const { name } = attribute;
  if (name === 'override_during') return 'keyword';
  if (overrideBlocks.has(parent)) return name === 'target' ? 'address' : 'value';
  if (top !== 'run') return 'value';
  if (parent === 'plan_options') {
    if (name === 'mode') return 'keyword';
    return name === 'replace' || name === 'target' ? 'address' : 'value';
  }
  if (blocks.length > 1) return 'value';
  if (name === 'command') return 'keyword';
  if (name === 'providers') return 'providers';
  return name === 'expect_failures' ? 'address' : 'value';
}
