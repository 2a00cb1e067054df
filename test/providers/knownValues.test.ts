import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { openKnownValues } from '../../server/providers/knownValues';
import { openSchemas } from '../../server/providers/lookup';
import type { KnownValue, SchemaKind } from '../../server/providers/schema';
import { facts } from './valueFacts';

const folder = providerDataFolder();
const schemas = openBundledSchemas(folder);
const files = readdirSync(folder).filter((name) => name.endsWith('.tfv'));

/** `aws aws_instance ebs_block_device.volume_type`; a type without prefix of its kind is a resource. */
function ask(question: string): readonly KnownValue[] {
  const [source = '', type = '', names = ''] = question.split(' ');
  const [, kind = 'resource', name = ''] = /^(?:(data|provider|ephemeral):)?(.*)$/.exec(type) ?? [];
  return schemas.knownValues(source, kind as SchemaKind, name, names.split('.'));
}

function names(values: readonly KnownValue[]): string[] {
  return values.map(({ value }) => value);
}

function one(question: string, value: string): KnownValue {
  const found = ask(question).find((each) => each.value === value);
  assert.ok(found, `${question} does not know ${value}`);
  return found;
}

describe('known values of arguments', () => {
  describe('are those of the documentation', () => {
    for (const { question, exactly, among, never = [] } of facts) {
      it(question, () => {
        const found = names(ask(question));
        if (exactly !== undefined) assert.deepEqual([...found].sort(), [...exactly].sort());
        for (const value of among ?? []) assert.ok(found.includes(value), `${value} is missing`);
        for (const value of never) assert.ok(!found.includes(value), `${value} is offered`);
      });
    }

    it('in at least fifty arguments, of each of the large providers', () => {
      assert.ok(facts.length >= 50);
      for (const source of ['aws ', 'google ', 'azurerm ', 'kubernetes ']) {
        assert.ok(facts.filter(({ question }) => question.startsWith(source)).length >= 8, source);
      }
    });
  });

  describe('come in the order in which people want them', () => {
    it('instance types by size, not by alphabet', () => {
      const found = names(ask('aws aws_instance instance_type'));
      const at = (name: string): number => found.indexOf(name);
      assert.ok(at('t3.nano') >= 0 && at('t3.nano') < at('t3.micro'));
      assert.ok(at('t3.micro') < at('t3.2xlarge'));
      assert.ok(at('m7i.2xlarge') < at('m7i.12xlarge'));
      assert.ok(at('m7i.48xlarge') < at('m5.large'), 'newer generations first');
    });

    it('previous generations and deprecated ones last, and marked', () => {
      for (const question of [
        'aws aws_instance instance_type',
        'aws aws_lambda_function runtime',
        'aws aws_codebuild_project environment.type',
        'google google_sql_database_instance database_version',
        'azurerm azurerm_linux_virtual_machine size',
      ]) {
        const marks = ask(question).map(({ deprecated = false }) => deprecated);
        assert.ok(marks.includes(true), question);
        assert.ok(!marks.slice(marks.indexOf(true)).includes(false), question);
      }
      assert.equal(one('aws aws_instance instance_type', 't1.micro').deprecated, true);
      assert.equal(one('aws aws_instance instance_type', 't3.micro').deprecated, undefined);
      assert.equal(one('aws aws_lambda_function runtime', 'python3.7').deprecated, true);
    });

    it('the newest runtime of a language first', () => {
      const found = names(ask('aws aws_lambda_function runtime'));
      assert.ok(found.indexOf('python3.13') < found.indexOf('python3.12'));
      assert.ok(found.indexOf('python3.12') < found.indexOf('python3.11'));
    });
  });

  describe('say what machines are', () => {
    const machines: readonly (readonly [string, string, string])[] = [
      ['aws aws_instance instance_type', 't3.micro', '2 vCPU · 1 GiB'],
      ['aws aws_instance instance_type', 'm7g.large', '2 vCPU · 8 GiB · Arm'],
      ['aws aws_instance instance_type', 'p5.48xlarge', '8 × H100 80 GB · 192 vCPU · 2 TiB'],
      ['aws aws_instance instance_type', 'p4d.24xlarge', '8 × A100 40 GB · 96 vCPU · 1,152 GiB'],
      ['aws aws_instance instance_type', 'p4de.24xlarge', '8 × A100 80 GB · 96 vCPU · 1,152 GiB'],
      ['aws aws_instance instance_type', 'p3.2xlarge', '1 × V100 16 GB · 8 vCPU · 61 GiB'],
      ['aws aws_instance instance_type', 'p5en.48xlarge', '8 × H200 141 GB · 192 vCPU · 2 TiB'],
      ['aws aws_instance instance_type', 'g4dn.xlarge', '1 × T4 16 GB · 4 vCPU · 16 GiB'],
      ['aws aws_instance instance_type', 'g4dn.12xlarge', '4 × T4 16 GB · 48 vCPU · 192 GiB'],
      ['aws aws_instance instance_type', 'g5.48xlarge', '8 × A10G 24 GB · 192 vCPU · 768 GiB'],
      ['aws aws_instance instance_type', 'g6.xlarge', '1 × L4 24 GB · 4 vCPU · 16 GiB'],
      ['aws aws_instance instance_type', 'g6e.12xlarge', '4 × L40S 48 GB · 48 vCPU · 384 GiB'],
      ['aws aws_instance instance_type', 'trn1.32xlarge', '16 × Trainium 32 GB · 128 vCPU · 512 GiB'],
      ['aws aws_instance instance_type', 'inf2.48xlarge', '12 × Inferentia2 32 GB · 192 vCPU · 768 GiB'],
      ['aws aws_db_instance instance_class', 'db.t3.micro', '2 vCPU · 1 GiB'],
      [
        'aws aws_sagemaker_endpoint_configuration production_variants.instance_type',
        'ml.g5.xlarge',
        '1 × A10G 24 GB · 4 vCPU · 16 GiB',
      ],
      ['google google_compute_instance machine_type', 'e2-standard-4', '4 vCPU · 16 GB'],
      ['google google_compute_instance machine_type', 'n1-standard-8', '8 vCPU · 30 GB'],
      ['google google_compute_instance machine_type', 'a2-highgpu-1g', '1 × A100 40 GB · 12 vCPU · 85 GB'],
      [
        'google google_compute_instance machine_type',
        'a3-highgpu-8g',
        '8 × H100 80 GB · 208 vCPU · 1,872 GB',
      ],
      ['google google_compute_instance machine_type', 'g2-standard-4', '1 × L4 24 GB · 4 vCPU · 16 GB'],
      ['azurerm azurerm_linux_virtual_machine size', 'Standard_D4s_v5', '4 vCPU · 16 GiB'],
      [
        'azurerm azurerm_linux_virtual_machine size',
        'Standard_ND96isr_H100_v5',
        '8 × H100 80 GB · 96 vCPU · 1,900 GiB',
      ],
      [
        'azurerm azurerm_kubernetes_cluster default_node_pool.vm_size',
        'Standard_NC4as_T4_v3',
        '1 × T4 16 GB · 4 vCPU · 28 GiB',
      ],
    ];
    for (const [question, value, detail] of machines) {
      it(`${value}: ${detail}`, () => {
        assert.equal(one(question, value).detail, detail);
      });
    }

    it('more of them in the documentation', () => {
      const { documentation = '' } = one('aws aws_instance instance_type', 'p5.48xlarge');
      assert.match(documentation, /8 × NVIDIA H100 with 80 GB each \(640 GB together\)/);
      assert.match(documentation, /3,200 Gbit\/s network, 32 EFA interfaces/);
      assert.match(documentation, /\n/);
    });
  });

  it('name the default', () => {
    assert.equal(one('aws aws_dynamodb_table billing_mode', 'PROVISIONED').detail, 'default');
    assert.equal(one('aws aws_dynamodb_table billing_mode', 'PAY_PER_REQUEST').detail, undefined);
  });

  it('hold for a data source as for its resource', () => {
    assert.deepEqual(
      names(ask('aws data:aws_ec2_instance_type instance_type')),
      names(ask('aws aws_instance instance_type')),
    );
  });

  it('hold for regions of types that are newer than the data, and for nothing else of them', () => {
    assert.ok(names(ask('aws aws_thing_of_tomorrow region')).includes('eu-central-1'));
    assert.ok(names(ask('azurerm data:azurerm_thing_of_tomorrow location')).includes('westeurope'));
    assert.deepEqual(ask('aws aws_thing_of_tomorrow instance_type'), []);
  });

  it('are empty where nothing is known', () => {
    for (const question of [
      'aws aws_instance ami',
      'aws aws_instance ebs_block_device',
      'aws aws_instance nothing.volume_type',
      'acme/unknown acme_thing kind',
      'example.com/acme/aws aws_instance instance_type',
      'hashicorp/null null_resource triggers',
      'kubernetes kubernetes_deployment spec.template.spec.container.resources.limits',
    ]) {
      assert.deepEqual(ask(question), [], question);
    }
  });

  it('answer any way in which a source is written', () => {
    for (const source of ['aws', 'hashicorp/aws', 'registry.opentofu.org/hashicorp/aws']) {
      assert.ok(schemas.knownValues(source, 'provider', '', ['region']).length > 30, source);
    }
  });

  it('do not depend on what is installed', () => {
    const lookup = openSchemas({ bundle: schemas, installed: { provider: () => schemas.provider('tls') } });
    assert.equal(
      lookup.provider('aws', ['/anywhere'])?.provenance.source,
      'registry.terraform.io/hashicorp/tls',
    );
    assert.equal(lookup.knownValues('aws', 'resource', 'aws_instance', ['instance_type']).length, 1437);
  });
});

describe('the files of known values', () => {
  it('are all for bundled providers, and small together', () => {
    const bundled = new Set(schemas.sources().map((source) => `${source.split('/').slice(1).join('-')}.tfv`));
    assert.ok(files.length >= 20);
    for (const file of files) assert.ok(bundled.has(file), file);
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
    assert.ok(bytes < 400 * 1024, `${bytes} bytes`);
  });

  it('hold values for places that the schemas have, each value once, none of them empty', () => {
    let places = 0;
    for (const source of schemas.sources()) {
      const provider = schemas.provider(source);
      assert.ok(provider);
      for (const type of provider.names('resource')) {
        const block = provider.block('resource', type);
        assert.ok(block);
        for (const argument of Object.keys(block.attributes)) {
          const found = names(schemas.knownValues(source, 'resource', type, [argument]));
          if (found.length === 0) continue;
          places += 1;
          const problem = problemOf(found, block.attributes[argument]?.type);
          if (problem !== undefined) assert.fail(`${type}.${argument} ${problem}`);
        }
      }
    }
    assert.ok(places > 5_000, String(places));
  }).timeout(20_000);

  function problemOf(values: readonly string[], type: unknown): string | undefined {
    if (new Set(values).size < values.length) return 'has a value twice';
    if (values.some((value) => value === '' || value !== value.trim())) return 'has a blank value';
    if (type === 'bool') return 'is a bool';
    if (type === 'number' && values.some((value) => Number.isNaN(Number(value)))) return 'is a number';
    return undefined;
  }

  describe('that are damaged', () => {
    let copy: string;
    beforeEach(() => {
      copy = mkdtempSync(path.join(os.tmpdir(), 'terratrain-values-'));
      cpSync(path.join(folder, 'hashicorp-tls.tfv'), path.join(copy, 'hashicorp-tls.tfv'));
    });
    afterEach(() => {
      rmSync(copy, { recursive: true, force: true });
    });

    const question = ['tls', 'resource', 'tls_private_key', ['algorithm']] as const;

    it('are reported once and know nothing', () => {
      const problems: string[] = [];
      const file = path.join(copy, 'hashicorp-tls.tfv');
      const bytes = readFileSync(file);
      bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      const known = openKnownValues(copy, (message) => problems.push(message));
      assert.deepEqual(known(...question), []);
      assert.deepEqual(known(...question), []);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /hashicorp\/tls.*hashicorp-tls\.tfv.*Reinstall Terratrain\.$/);
    });

    it('as a whole are the only ones that are: others, and files that are not there, go on', () => {
      const problems: string[] = [];
      const known = openKnownValues(copy, (message) => problems.push(message));
      assert.equal(known(...question).length, 3);
      assert.deepEqual(known('aws', 'provider', '', ['region']), []);
      assert.deepEqual(problems, []);
    });
  });
});
