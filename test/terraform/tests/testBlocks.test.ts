import assert from 'node:assert/strict';
import type { LanguageBlock } from '../../../server/terraform/languageBlock';
import { topLevelBlocks } from '../../../server/terraform/languageSchema';

/** Names of everything a block may hold, with a `*` behind what it must. */
function shape({ labels, attributes, blocks }: LanguageBlock): string {
  const all = [
    ...Object.entries(attributes).map(([name, { required }]) => `${name}${required === true ? '*' : ''}`),
    ...Object.entries(blocks).map(([name, { maxItems }]) => `${name} {}${maxItems === 1 ? '' : '…'}`),
  ];
  return `[${labels.join(', ')}] ${all.sort().join(', ')}`;
}

describe('the blocks of test files', () => {
  const test = topLevelBlocks('test');

  it('are those that Terraform and OpenTofu read', () => {
    assert.deepEqual(Object.keys(test).sort(), [
      'mock_provider',
      'override_data',
      'override_module',
      'override_resource',
      'provider',
      'run',
      'test',
      'variable',
      'variables',
    ]);
  });

  const shapes: Readonly<Record<string, string>> = {
    run:
      '[name] assert {}…, backend {}, command, expect_failures, module {}, override_data {}…, override_module {}…, ' +
      'override_resource {}…, parallel, plan_options {}, providers, skip_cleanup, state_key, variables {}',
    mock_provider:
      '[provider name] alias, for_each, mock_data {}…, mock_resource {}…, override_data {}…, override_during, ' +
      'override_resource {}…, source',
    override_resource: '[] override_during, target*, values',
    override_data: '[] override_during, target*, values',
    override_module: '[] outputs, override_during, target*',
    test: '[] parallel, skip_cleanup',
    variables: '[] ',
  };
  for (const [type, expected] of Object.entries(shapes)) {
    it(`${type} holds what both read`, () => {
      const block = test[type];
      assert.ok(block);
      assert.equal(shape(block), expected);
    });
  }

  it('say since when they are known', () => {
    const run = test.run;
    assert.deepEqual(test.mock_provider?.available, {
      terraform: { since: '1.7' },
      opentofu: { since: '1.8' },
    });
    assert.deepEqual(test.test?.available, { terraform: { since: '1.12' } });
    assert.deepEqual(run?.attributes.state_key?.available, { terraform: { since: '1.11' } });
    assert.equal(run.attributes.command?.available, undefined);
  });
});

describe('the blocks of mocks and queries', () => {
  it('are those that Terraform reads', () => {
    assert.deepEqual(Object.keys(topLevelBlocks('mock')).sort(), [
      'mock_data',
      'mock_resource',
      'override_data',
      'override_resource',
    ]);
    assert.deepEqual(Object.keys(topLevelBlocks('query')).sort(), ['list', 'locals', 'provider', 'variable']);
    const { list } = topLevelBlocks('query');
    assert.ok(list);
    assert.equal(
      shape(list),
      '[list resource type, name] config {}, count, for_each, include_resource, limit, provider*',
    );
  });
});
