import assert from 'node:assert/strict';
import { closeSync, createReadStream, openSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import type { BlockSchema, ProviderSchema } from '../../server/providers/schema';
import { readSchemaDump } from '../../server/providers/schemaDump';
import { builtinSource } from '../../server/providers/sourceAddress';
import { describeWithTerraform, Workspace } from '../sandbox/realTerraform';

interface Comparison {
  readonly compareBlocks: (
    truth: ReadonlyMap<string, BlockSchema>,
    extracted: ReadonlyMap<string, BlockSchema>,
  ) => readonly object[];
}

const schemas = openBundledSchemas(providerDataFolder());
const sources = schemas.sources().filter((source) => source !== builtinSource);

/**
 * Terraform loads a provider's schema as a whole or not at all: one thing it does not like, and nothing of that
 * provider works in the sandbox.
 */
describeWithTerraform('every bundled provider, served to the real terraform', () => {
  let comparison: Comparison;
  /** What terraform prints, by source and then by kind and name. */
  const printed = new Map<string, Map<string, BlockSchema>>();
  let functions: readonly string[];

  before(async function () {
    this.timeout(180_000);
    const file = path.join(__dirname, '../../server/providers/data/compare.mjs');
    comparison = (await import(pathToFileURL(file).href)) as Comparison;
    const required = sources.map((source, index) => `    p${index} = {\n      source = "${source}"\n    }\n`);
    const work = new Workspace({
      'main.tf': `terraform {\n  required_providers {\n${required.join('')}  }\n}\n\nresource "terraform_data" "x" {}\n`,
    });
    try {
      const { workingDirectory, env } = await work.open({ wholeProviders: true });
      const init = await work.terraform('init');
      assert.equal(init.code, 0, init.stderr);
      const output = path.join(work.top, 'schema.json');
      const descriptor = openSync(output, 'w');
      const { status, stderr } = spawnSync('terraform', ['providers', 'schema', '-json'], {
        cwd: workingDirectory,
        env,
        stdio: ['ignore', descriptor, 'pipe'],
        encoding: 'utf8',
      });
      closeSync(descriptor);
      assert.equal(status, 0, stderr);
      const named: string[] = [];
      await readSchemaDump(createReadStream(output), {
        block: (source, kind, name, block) => {
          const blocks = printed.get(source) ?? new Map<string, BlockSchema>();
          printed.set(source, blocks.set(`${kind}.${name}`, block));
        },
        function: (source, { name }) => named.push(`${source} ${name}`),
      });
      functions = named;
    } finally {
      await work.dispose();
    }
  });

  for (const source of [...sources, builtinSource]) {
    it(`takes ${source} and tells the same of it`, () => {
      const schema = schemas.provider(source);
      assert.ok(schema !== undefined);
      const blocks = printed.get(source);
      assert.ok(blocks !== undefined, 'terraform says nothing about it');
      assert.deepEqual(comparison.compareBlocks(blocks, blocksOf(schema)).slice(0, 5), []);
    });
  }

  it('takes their functions', () => {
    const expected = [...sources, builtinSource].flatMap((source) =>
      (schemas.provider(source)?.functions() ?? []).map(({ name }) => `${source} ${name}`),
    );
    assert.deepEqual([...functions].sort(), expected.sort());
  });
});

/** All of a provider; what is unknown inside an open block is served as an empty one. */
function blocksOf(schema: ProviderSchema): ReadonlyMap<string, BlockSchema> {
  const blocks = new Map<string, BlockSchema>();
  const add = (key: string, block: BlockSchema | undefined): void => {
    if (block !== undefined) blocks.set(key, closed(block));
  };
  add('provider.', schema.block('provider', ''));
  for (const kind of ['resource', 'data', 'ephemeral'] as const)
    for (const name of schema.names(kind)) add(`${kind}.${name}`, schema.block(kind, name));
  return blocks;
}

function closed(block: BlockSchema): BlockSchema {
  const blocks = Object.entries(block.blocks).map(([name, nested]) => [
    name,
    { ...nested, block: closed(nested.block) },
  ]);
  const { attributes, deprecated } = block;
  return {
    attributes,
    blocks: Object.fromEntries(blocks) as BlockSchema['blocks'],
    ...(deprecated === true && { deprecated }),
  };
}
