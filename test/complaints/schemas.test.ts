import assert from 'node:assert/strict';
import path from 'node:path';
import { diagnose } from '../../server/features/diagnostics';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { openSchemas } from '../../server/providers/lookup';
import type { ProviderSchema } from '../../server/providers/schema';
import { fakeSchemas } from '../support/fakeSchemas';
import { fixture, projectFolder } from '../support/fixture';
import { messages, problems } from './asking';

const bundled = openBundledSchemas(providerDataFolder());

/** A provider whose only resource type has one argument that is named for its version. */
function installed(source: string, version: string): ProviderSchema {
  const argument = `v${version.replaceAll('.', '_')}`;
  return {
    provenance: { source, version, origin: 'installed' },
    names: () => ['cloudflare_record'],
    block: () => ({ attributes: { [argument]: { type: 'string', optional: true } }, blocks: {} }),
    functions: () => [],
  };
}

function requirement(constraint: string): string {
  return `terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "${constraint}"\n    }\n  }\n}\n`;
}

describe('complaints about schemas', () => {
  it('VS#1681 and LS#1664: each root has its own version, whatever was opened first', () => {
    const source = 'registry.terraform.io/cloudflare/cloudflare';
    const roots = new Map([
      [path.join(projectFolder, 'a'), installed(source, '4.0.0')],
      [path.join(projectFolder, 'b'), installed(source, '5.0.0')],
    ]);
    const schemas = openSchemas({
      bundle: fakeSchemas,
      installed: { provider: (_source, root) => roots.get(root) },
    });
    const file = (version: string) =>
      `terraform {\n  required_providers {\n    cloudflare = {\n      source = "cloudflare/cloudflare"\n    }\n  }\n}\nresource "cloudflare_record" "r" {\n  v${version} = "x"\n  v9 = 1\n}\n`;
    const drawn = `//- a/main.tf\n${file('4_0_0')}//- b/main.tf\n${file('5_0_0')}`;
    const told = (order: readonly string[]) => {
      const { snapshot } = fixture(drawn, schemas);
      const found = order.map((root) => [
        root,
        diagnose(snapshot, path.join(projectFolder, root, 'main.tf'))
          .filter(({ severity }) => severity === 'error')
          .map(({ message }) => /\((.*?)\)/.exec(message)?.[1]),
      ]);
      return Object.fromEntries(found) as Record<string, unknown>;
    };
    const expected = {
      a: ['cloudflare/cloudflare 4.0.0 installed'],
      b: ['cloudflare/cloudflare 5.0.0 installed'],
    };
    assert.deepEqual(told(['a', 'b']), expected);
    assert.deepEqual(told(['b', 'a']), expected);
  });

  it('VS#2214 and VS#1871: a version that is pinned and not at hand makes no errors of another', () => {
    const file = `${requirement('~> 3.0')}resource "aws_instance" "i" {\n  ami     = "x"\n  ancient = 1\n}\n`;
    assert.deepEqual(
      problems(file).filter((problem) => problem.startsWith('error')),
      [],
    );
    assert.ok(messages(file).some((message) => message.includes('asks for version ~> 3.0')));
  });

  it('LS#2001, VS#1982, VS#2036, VS#1649, VS#1767, VS#1766, VS#1627, VS#1609: what only a newer provider has is no error', () => {
    const lock =
      '//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashicorp/aws" {\n  version = "6.99.0"\n}\n';
    const file = 'resource "aws_instance" "i" {\n  ami       = "x"\n  brand_new = 1\n}\n';
    assert.deepEqual(problems(`//- main.tf\n${file}${lock}`), ['warning unknown-argument brand_new']);
    assert.deepEqual(problems(`//- main.tf\n${file}`), ['error unknown-argument brand_new']);
  });

  it('LS#1523: what another version may not require is not required', () => {
    const lock =
      '//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashicorp/aws" {\n  version = "6.99.0"\n}\n';
    assert.deepEqual(problems(`//- main.tf\nresource "aws_instance" "i" {}\n${lock}`), [
      'warning missing-argument resource',
    ]);
  });

  it('VS#1868: what the bundled schemas of the real providers know is right', () => {
    assert.deepEqual(
      problems(
        'resource "aws_vpc_endpoint" "e" {\n  vpc_id            = "v"\n  service_name      = "s"\n  vpc_endpoint_type = "Interface"\n  service_region    = "us-east-1"\n  dns_options {\n    dns_record_ip_type = "ipv4"\n  }\n}\n',
        bundled,
      ),
      [],
    );
  });

  it('VS#1616: a provider may take the rest from the environment', () => {
    assert.deepEqual(problems('provider "aws" {}\n'), []);
  });

  it('LS#1479: a problem names the schema that it comes from', () => {
    const [message] = messages('resource "aws_instance" "i" {\n  ami     = "x"\n  ancient = 1\n}\n');
    assert.match(message ?? '', /\(hashicorp\/aws 6\.66\.0 bundled\)/);
  });

  it('LS#1838, VS#2064 and VS#1574: values for the variables of another folder are fine', () => {
    assert.deepEqual(
      problems('//- env/prod.tfvars\nregion = "eu"\nsizes = { a = 1 }\n//- main.tf\nvariable "region" {}\n'),
      [],
    );
    assert.deepEqual(
      problems('//- prod.tfvars\nregion = "eu"\nother = 1\n//- main.tf\nvariable "region" {}\n'),
      [],
    );
  });

  it('VS#737, LS#193 and LS#56: without init, and beside broken files, schemas are there', () => {
    assert.deepEqual(
      problems(
        '//- main.tf\nresource "aws_instance" "i" {\n  ami = "x"\n  amx = "x"\n}\n//- broken.tf\nresource "aws_bucket" "b" {\n  tags = {\n',
      ),
      ['error unknown-argument amx'],
    );
  });
});
