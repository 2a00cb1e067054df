import assert from 'node:assert/strict';
import { typeToString } from '../../server/cty/type';
import { parse } from '../../server/hcl/parser';
import { allFunctions, findFunction, mayBeFunction, signatureOf } from '../../server/terraform/functions';
import { topLevelBlocks } from '../../server/terraform/languageSchema';
import type { LanguageBlock } from '../../server/terraform/languageBlock';
import { fullSource, shortSource } from '../../server/terraform/providerSource';
import { toType } from '../../server/terraform/typeExpression';
import { compareVersions, satisfies } from '../../server/terraform/versionConstraint';

describe('functions', () => {
  it('each have a summary in one sentence', () => {
    for (const { name, summary } of allFunctions()) assert.match(summary, /^[A-Z`].+\.$/, name);
  });

  it('have signatures', () => {
    const signature = (name: string) => {
      const found = findFunction(name);
      return found === undefined ? undefined : signatureOf(found);
    };
    assert.equal(signature('join'), 'join(separator string, lists... list(string)) string');
    assert.equal(signature('core::upper'), 'upper(str string) string');
    assert.equal(signature('nothing'), undefined);
    assert.ok(
      mayBeFunction('provider::aws::arn_parse') && mayBeFunction('urldecode') && !mayBeFunction('nothing'),
    );
  });
});

describe('language schema', () => {
  it('describes everything', () => {
    const check = (block: LanguageBlock, where: string): void => {
      assert.notEqual(block.description, '', where);
      for (const [name, argument] of Object.entries(block.attributes)) {
        assert.match(argument.description, /[.`]$/, `${where}.${name}`);
        assert.ok(
          argument.required ?? argument.optional,
          `${where}.${name} can neither be given nor left out`,
        );
      }
      for (const [name, nested] of Object.entries(block.blocks)) check(nested.block, `${where}.${name}`);
    };
    for (const [name, block] of Object.entries(topLevelBlocks())) check(block, name);
  });
});

describe('type expressions', () => {
  const type = (text: string) => {
    const [item] = parse(`t = ${text}\n`).body.items;
    return typeToString(toType(item?.kind === 'attribute' ? item.value : undefined));
  };

  it('are read as Terraform reads them', () => {
    assert.equal(type('string'), 'string');
    assert.equal(type('list(map(number))'), 'list(map(number))');
    assert.equal(type('tuple([string, bool])'), 'tuple([string, bool])');
    assert.equal(
      type('object({ a = string, b = optional(list(any), []) })'),
      'object({ a = string, b = optional(list(any)) })',
    );
    assert.equal(type('list'), 'list(any)');
  });

  it('are any where they make no sense', () => {
    for (const text of ['', 'strin', 'list(', 'object(1)', '"string"', 'optional()']) type(text);
    assert.equal(type('strin'), 'any');
  });
});

describe('version constraints', () => {
  it('hold as in Terraform', () => {
    const holds = [
      ['6.66.0', '~> 6.0', true],
      ['6.66.0', '~> 6.65', true],
      ['6.66.0', '~> 6.65.0', false],
      ['6.66.0', '~> 5.0', false],
      ['6.66.0', '>= 5, < 7', true],
      ['6.66.0', '!= 6.66.0', false],
      ['6.66.0', '6.66.0', true],
      ['6.66.0', '= 6.66', true],
      ['6.66.0', '> 6.66.0', false],
      ['6.66.0-beta1', '>= 6.66.0', false],
    ] as const;
    for (const [version, constraint, expected] of holds)
      assert.equal(satisfies(version, constraint), expected, constraint);
    assert.equal(satisfies('6.66.0', 'whatever'), undefined);
    assert.ok((compareVersions('1.10.0', '1.9.0') ?? 0) > 0);
  });
});

describe('provider sources', () => {
  it('are written in full and in short', () => {
    assert.equal(fullSource('aws'), 'registry.terraform.io/hashicorp/aws');
    assert.equal(fullSource('Acme/Cloud'), 'registry.terraform.io/acme/cloud');
    assert.equal(fullSource('example.com/acme/cloud'), 'example.com/acme/cloud');
    assert.equal(fullSource('terraform'), 'terraform.io/builtin/terraform');
    assert.equal(shortSource('registry.terraform.io/hashicorp/aws'), 'hashicorp/aws');
  });
});
