import type { Attribute, Block, Body } from '../../hcl/syntax';

/** Where in a test file an argument stands, as far as that decides what it may refer to. */
export type TestPlace =
  /** In `variables` of the file. */
  | 'fileVariables'
  /** In `variables` of a run. */
  | 'runVariables'
  | 'assert'
  /** In the configuration of a provider. */
  | 'provider'
  /** What an override or a mock gives. */
  | 'values'
  | 'other';

/** Argument with the blocks around it, outermost first. */
export interface PlacedArgument {
  readonly attribute: Attribute;
  readonly blocks: readonly Block[];
  readonly place: TestPlace;
}

/** Every argument of a test file that stands in a block. */
export function* testArgumentsIn(body: Body, blocks: readonly Block[] = []): Generator<PlacedArgument> {
  for (const item of body.items) {
    if (item.kind === 'block') yield* testArgumentsIn(item.body, [...blocks, item]);
    else if (blocks.length > 0)
      yield {
        attribute: item,
        blocks,
        place: testPlaceOf(
          item.name,
          blocks.map(({ type }) => type),
        ),
      };
  }
}

/** The same for an argument of that name in blocks of these types. */
export function testPlaceOf(name: string, types: readonly string[]): TestPlace {
  const [top] = types;
  const parent = types.at(-1) ?? '';
  if (isGiven(name, parent)) return 'values';
  if (top === 'provider') return 'provider';
  if (top === 'variables') return 'fileVariables';
  if (top !== 'run') return 'other';
  if (parent === 'variables') return 'runVariables';
  return parent === 'assert' ? 'assert' : 'other';
}

function isGiven(name: string, parent: string): boolean {
  switch (parent) {
    case 'override_resource':
    case 'override_data':
      return name === 'values';
    case 'override_module':
      return name === 'outputs';
    case 'mock_resource':
    case 'mock_data':
      return name === 'defaults';
    default:
      return false;
  }
}
