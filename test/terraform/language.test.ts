import assert from 'node:assert/strict';
import { typeToString } from '../../server/cty/type';
import { parse } from '../../server/hcl/parser';
import { Edition } from '../../server/terraform/edition';
import {
  allFunctions,
  findFunction,
  functionsIn,
  mayBeFunction,
  signatureOf,
} from '../../server/terraform/functions';
import {
  availabilityText,
  openTofuOnly,
  since,
  terraformOnly,
  until,
} from '../../server/terraform/language/availability';
import type { Availability, Product } from '../../server/terraform/language/availability';
import { releasesOf } from '../../server/terraform/language/releases';
import { labelled, topLevelBlocks } from '../../server/terraform/languageSchema';
import { block } from '../../server/terraform/languageBlock';
import type { LanguageArgument, LanguageBlock } from '../../server/terraform/languageBlock';
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
  interface Visit {
    readonly argument?: LanguageArgument;
    readonly block?: LanguageBlock;
    readonly available: Availability | undefined;
    readonly where: string;
  }
  /** Every block and argument, with the kinds that a label chooses and the members of objects. */
  function* everything(block: LanguageBlock, where: string): Generator<Visit> {
    yield { block, available: block.available, where };
    yield* argumentsIn(block.attributes, where);
    for (const [name, nested] of Object.entries(block.blocks)) {
      yield { available: nested.available, where: `${where}.${name}` };
      yield* everything(nested.block, `${where}.${name}`);
    }
    for (const [label, kind] of Object.entries(block.byLabel?.() ?? {}))
      yield* everything(kind, `${where} "${label}"`);
  }
  function* argumentsIn(given: Readonly<Record<string, LanguageArgument>>, where: string): Generator<Visit> {
    for (const [name, argument] of Object.entries(given)) {
      yield { argument, available: argument.available, where: `${where}.${name}` };
      yield* argumentsIn(argument.nested?.attributes ?? {}, `${where}.${name}`);
    }
  }
  const all = Object.entries(topLevelBlocks()).flatMap(([name, block]) => [...everything(block, name)]);

  it('describes everything', () => {
    assert.ok(all.length > 700, `${all.length}`);
    for (const { argument, block, where } of all) {
      if (block !== undefined) assert.match(block.description, /[.)]$/, where);
      if (argument === undefined) continue;
      assert.match(argument.description, /[.`]$/, where);
      assert.ok(argument.required ?? argument.optional, `${where} can neither be given nor left out`);
      assert.notEqual(argument.type === undefined, argument.nested === undefined, where);
    }
  });

  it('names releases that there were', () => {
    const spans = all.flatMap(({ available, argument, where }) =>
      [available, argument?.deprecatedIn].flatMap((each) =>
        Object.entries(each ?? {}).map(([product, span]) => ({ product: product as Product, span, where })),
      ),
    );
    assert.ok(spans.length > 200);
    for (const { product, span, where } of spans) {
      const isRelease = (version: string) =>
        // OpenTofu 1.13 was on its way when this was written.
        (product === 'opentofu' && version === '1.13') ||
        releasesOf(product).some((release) => compareVersions(release, version) === 0);
      assert.ok(isRelease(span.since), `${where}: ${span.since}`);
      if (span.until === undefined) continue;
      assert.ok(isRelease(span.until), `${where}: ${span.until}`);
      assert.ok((compareVersions(span.since, span.until) ?? 0) < 0, where);
    }
  });

  it('lacks in 1.11 what terraform 1.11.4 refuses', () => {
    const edition = new Edition({ product: 'terraform', certain: true, program: '1.11.4' });
    const lacking = all.filter(({ available }) => edition.support(available) === 'none');
    const outside = lacking.flatMap(({ where }) => (/backend|encryption|"/.test(where) ? [] : [where]));
    // A configuration with every block and argument was given to `terraform validate`: these were "Unsupported
    // argument", "Unsupported block type" or reserved; all others were known to it. It does not look into backends.
    assert.deepEqual([...new Set(outside)].sort(), [
      'action',
      'data.lifecycle.enabled',
      'ephemeral.lifecycle.enabled',
      'import.identity',
      'language',
      'module.ignore_nested_deprecations',
      'module.lifecycle',
      'module.lifecycle.enabled',
      'output.deprecated',
      'output.type',
      'provider.for_each',
      'resource.lifecycle.action_trigger',
      'resource.lifecycle.action_trigger.on_failure',
      'resource.lifecycle.destroy',
      'resource.lifecycle.enabled',
      'terraform.state_store',
      'variable.const',
      'variable.deprecated',
    ]);
  });

  it('is part of what other files hold', () => {
    assert.equal(labelled(block('x'), 'anything')?.description, 'x');
    const { terraform } = topLevelBlocks();
    const backend = terraform?.blocks.backend?.block;
    assert.ok(backend !== undefined);
    assert.equal(labelled(backend, 'nothing'), undefined);
    assert.equal(labelled(backend, 'constructor'), undefined);
    assert.ok(labelled(backend, 'gcs')?.attributes.bucket !== undefined);
  });
});

describe('availability', () => {
  it('is put into words', () => {
    assert.equal(
      availabilityText(since('1.15', '1.12')),
      'Terraform 1.15 and later, OpenTofu 1.12 and later',
    );
    assert.equal(availabilityText(terraformOnly('1.14')), 'Terraform 1.14 and later');
    assert.equal(availabilityText(openTofuOnly('1.7')), 'OpenTofu 1.7 and later');
    assert.equal(availabilityText(until('1.3')), 'Terraform before 1.3');
    assert.equal(availabilityText(until('1.8', '1.6')), 'Terraform 1.6 to before 1.8');
  });

  it('is one object for one thing', () => {
    assert.equal(since('1.5'), since('1.5'));
    assert.notEqual(since('1.5'), since('1.6'));
  });
});

describe('an edition', () => {
  const of = (program: string, product: Product = 'terraform') =>
    new Edition({ product, certain: true, program });

  it('knows what its releases know', () => {
    assert.equal(of('1.5.0').support(undefined), 'all');
    assert.equal(of('1.5.0').support(since('1.5')), 'all');
    assert.equal(of('1.4.9').support(since('1.5')), 'none');
    assert.equal(of('1.5.0-rc1').support(since('1.5')), 'all');
    assert.equal(of('1.5.0').support(openTofuOnly('1.7')), 'none');
    assert.equal(of('1.6.0', 'opentofu').support(since('1.5')), 'all');
    assert.equal(of('1.2.9').support(until('1.3')), 'all');
    assert.equal(of('1.3.0').support(until('1.3')), 'none');
    assert.equal(of('1.9.0', 'opentofu').support(until('1.3')), 'none');
  });

  it('may be many releases', () => {
    const versions = ['1.2', '1.6'];
    const admits = (version: string) => satisfies(version, '>= 1.2, < 1.6') === true;
    const edition = new Edition({
      product: 'terraform',
      certain: false,
      constraint: { text: '>= 1.2, < 1.6', admits, versions },
      program: '1.4.2',
    });
    assert.deepEqual([edition.lowest, edition.highest, edition.atHand], ['1.2.0', '1.5.7', '1.4.2']);
    assert.equal(edition.support(since('1.2')), 'all');
    assert.equal(edition.support(since('1.3')), 'some');
    assert.equal(edition.support(until('1.3')), 'some');
    assert.equal(edition.support(since('1.6')), 'none');
    assert.equal(edition.knownAtHand(since('1.5')), false);
    assert.equal(edition.knownAtHand(since('1.4')), true);
  });

  it('is not what nothing can meet', () => {
    const none = { text: '> 2, < 1', admits: () => false, versions: ['2', '1'] };
    const edition = new Edition({ product: 'terraform', certain: true, constraint: none, program: '1.4.2' });
    assert.deepEqual(edition.origin, { kind: 'program' });
  });
});

describe('functions of an edition', () => {
  const names = (product: Product, program: string) =>
    functionsIn(new Edition({ product, certain: true, program })).map(({ name }) => name);

  it('are those that terraform 1.11 lists', () => {
    assert.deepEqual(
      names('terraform', '1.11.4'),
      allFunctions().map(({ name }) => name),
    );
  });

  it('are as many as the sources of each release list', () => {
    // Counted in the table of `lang/functions.go` of the tag, `list` and `map` left out where they only fail.
    const counts = [
      ['terraform', '0.12.0', 88],
      ['terraform', '1.0.11', 111],
      ['terraform', '1.3.0', 113],
      ['terraform', '1.16.0', 119],
      ['opentofu', '1.6.0', 115],
      ['opentofu', '1.12.0', 121],
    ] as const;
    assert.deepEqual(
      counts.map(([product, version]) => names(product, version).length),
      counts.map(([, , count]) => count),
    );
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
