import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import type { SchemaLookup } from '../../server/providers/schema';
import { excludes, includes, labels, offers, startsWith, taken } from '../support/completing';
import { demandingSchemas, demo } from '../support/demandingSchemas';
import { fakeSchemas } from '../support/fakeSchemas';
import { fixture } from '../support/fixture';

const snippetOf = (drawn: string, label: string) => taken(drawn, label, 'snippet');

const demandingItems = (drawn: string) => {
  const { snapshot, path, offset } = fixture(drawn, demandingSchemas);
  return complete(snapshot, path, offset).items;
};

describe('completion of what a block must have', () => {
  const required = 'terraform {\n  required_providers {\n    demo = { source = "acme/demo" }\n  }\n}\n';

  it('writes required arguments and blocks with the type, aligned, each with a tab stop', () => {
    const [item] = demandingItems(`${required}resource "demo_b<|>"`);
    assert.equal(
      item?.snippet,
      [
        'demo_box" "${1:name}" {',
        '  size  = ${2:0}',
        '  on    = ${3|true,false|}',
        '  title = ${4:""}',
        '  sides = [$5]',
        '',
        '  lock {',
        '    key = ${6:""}',
        '  }',
        '}',
      ].join('\n'),
    );
    assert.equal(item.insert, 'demo_box"');
  });

  it('leaves the rest of the line alone where there is one', () => {
    const [item] = demandingItems(`${required}resource "demo_b<|>" "x" {\n}\n`);
    assert.deepEqual([item?.insert, item?.snippet], ['demo_box', undefined]);
  });

  it('offers everything that is missing in one go inside the body', () => {
    const drawn = `${required}resource "demo_box" "x" {\n  size = 1\n  <|>\n}\n`;
    const [item] = demandingItems(drawn);
    assert.equal(item?.label, 'required arguments');
    assert.equal(item.detail, 'on, title, sides, lock');
    assert.match(
      item.snippet ?? '',
      /^on {4}= \$\{1\|true,false\|\}\ntitle = \$\{2:""\}\nsides = \[\$3\]\n\nlock \{/,
    );
    assert.match(item.insert, /^on {4}= true\ntitle = ""\nsides = \[\]\n\nlock \{\n {2}key = ""\n\}$/);
    const full = `${required}resource "demo_box" "x" {\n  size = 1\n  on = true\n  title = ""\n  sides = []\n  <|>\n}\n`;
    assert.ok(!demandingItems(full).some(({ label }) => label === 'required arguments'));
  });

  it('writes the required inputs of a module with its name or source (terraform-ls 1029, 1040)', () => {
    const files = (text: string) => `//- main.tf
${text}
module "other" {
  source = "./modules/net"
  cidr   = "x"
  zones  = []
}
//- modules/net/main.tf
variable "cidr" {
  type = string
}
variable "zones" {
  type = list(string)
}
variable "tags" {
  default = {}
}
`;
    assert.match(
      snippetOf(files('module "n<|>'), 'net'),
      /^module "net" \{\n {2}source = "\.\/modules\/net"\n\n {2}cidr {2}= \$\{1:""\}\n {2}zones = \[\$2\]\n\}/,
    );
    const source = files('module "m" {\n  source = "<|>"\n}');
    assert.deepEqual(labels(source), ['./modules/net', './modules/net with its required inputs']);
    assert.match(taken(source, './modules/net'), /source = "\.\/modules\/net"\n\}/);
    assert.match(
      snippetOf(source, './modules/net with its required inputs'),
      /source = "\.\/modules\/net"\ncidr {2}= \$\{1:""\}\nzones = \[\$2\]\n\}/,
    );
    assert.equal(offers(source)[0]?.detail, '3 inputs');
    assert.equal(labels(files('module "m" {\n  source = "./m<|>\n}'))[0], './modules/net');
    startsWith(
      files('module "m" {\n  source = "./modules/net"\n  <|>\n}'),
      'required arguments',
      'cidr',
      'zones',
    );
  });

  it('writes content and what it needs with a dynamic block', () => {
    assert.match(
      snippetOf('resource "aws_instance" "a" {\n  dynamic "d<|>\n}\n', 'disk'),
      /dynamic "disk" \{\n {2}for_each = \$1\n {2}content \{\n {4}size = \$\{2:0\}\n {2}\}\n\}/,
    );
  });
});

describe('completion of labels', () => {
  const many: SchemaLookup = {
    ...fakeSchemas,
    provider: (source) => {
      const name = source.split('/').at(-1) ?? '';
      return {
        ...demo,
        provenance: { ...demo.provenance, source },
        names: (kind) => (kind === 'resource' ? [`${name}_one`, `${name}_two`] : []),
      };
    },
    sources: () =>
      ['aws', 'google', 'google-beta', 'azurerm', 'random', 'vault'].map((name) => `x.io/acme/${name}`),
  };
  const types = (word: string) => {
    const { snapshot, path, offset } = fixture(`resource "${word}<|>"`, many);
    return complete(snapshot, path, offset);
  };

  it('offers beginnings first where any provider may be meant, then the types of the one typed', () => {
    const all = types('');
    assert.equal(all.isIncomplete, true);
    const shown = all.items.map(({ label }) => label);
    assert.deepEqual(shown, [
      'terraform_one',
      'terraform_two',
      'aws_',
      'azurerm_',
      'google_',
      'random_',
      'vault_',
    ]);
    assert.deepEqual(
      types('vau').items.map(({ label }) => label),
      ['vault_one', 'vault_two'],
    );
    assert.deepEqual(
      types('aws_').items.map(({ label }) => label),
      ['aws_one', 'aws_two'],
    );
    assert.equal(all.items.find(({ label }) => label === 'aws_')?.insert, 'aws_');
  });

  it('offers the types of a provider that is not in use yet', () => {
    const drawn = (word: string) => `resource "aws_one" "x" {}\nresource "${word}<|>"`;
    const shown = (word: string) => {
      const { snapshot, path, offset } = fixture(drawn(word), many);
      return complete(snapshot, path, offset).items.map(({ label }) => label);
    };
    assert.deepEqual(shown('').sort(), ['aws_one', 'aws_two', 'terraform_one', 'terraform_two']);
    assert.deepEqual(shown('vault'), ['vault_one', 'vault_two']);
  });

  it('offers required providers first, then those in use', () => {
    const drawn =
      'terraform {\n  required_providers {\n    mine = { source = "acme/mine" }\n  }\n}\nprovider "<|>"';
    assert.deepEqual(labels(drawn), ['mine', 'aws']);
  });

  it('offers names as other blocks have them, none that is taken', () => {
    const text = 'resource "aws_bucket" "logs" {}\nresource "aws_instance" "<|>" {\n}\n';
    assert.equal(labels(text)[0], 'logs');
    excludes(text.replace('aws_instance', 'aws_bucket'), 'logs');
  });

  it('offers backends and provisioners with what they are', () => {
    const [backend] = offers('terraform {\n  backend "s3<|>"\n}\n');
    assert.equal(backend?.label, 's3');
    assert.ok((backend.documentation ?? '').length > 10);
    includes('resource "a_b" "c" {\n  provisioner "<|>"\n}', 'local-exec', 'remote-exec', 'file');
  });
});

describe('completion of arguments and keys', () => {
  it('offers the blocks and arguments of lifecycle by what it stands in', () => {
    includes('resource "a_b" "c" {\n  lifecycle {\n    <|>', 'create_before_destroy', 'replace_triggered_by');
    excludes('data "a_b" "c" {\n  lifecycle {\n    <|>', 'create_before_destroy', 'ignore_changes');
    includes('removed {\n  lifecycle {\n    <|>', 'destroy');
  });

  it("offers Terraform's own arguments in the order of their use", () => {
    startsWith('variable "a" {\n  <|>\n}\n', 'type', 'default', 'description');
    startsWith('output "a" {\n  <|>\n}\n', 'value');
    startsWith('module "a" {\n  <|>\n}\n', 'source');
  });

  it('offers the keys that are missing, required ones first, quoted or not', () => {
    const network = (content: string) =>
      `resource "aws_instance" "a" {\n  network = {\n    ${content}\n  }\n}\n`;
    assert.deepEqual(labels(network('<|>')), ['subnet', 'zone']);
    assert.deepEqual(labels(network('subnet = 1\n    <|>')), ['zone']);
    assert.deepEqual(labels(network('"z<|>"')), ['zone']);
    assert.match(taken(network('z<|> = 1'), 'zone'), /\n {4}zone = 1\n/);
    assert.match(taken(network('<|>'), 'zone'), /\n {4}zone = \n/);
  });

  it('offers keys of typed module inputs at any depth, and inside calls that hand them on', () => {
    const files = (value: string) => `//- main.tf
module "m" {
  source = "./m"
  config = ${value}
}
//- m/main.tf
variable "config" {
  type = list(object({ name = string, nested = optional(map(object({ deep = bool }))) }))
}
`;
    assert.deepEqual(labels(files('[{ <|> }]')), ['name', 'nested']);
    assert.deepEqual(labels(files('[{ nested = { a = { <|> } } }]')), ['deep']);
    assert.deepEqual(labels(files('concat([], [{ <|> }])')), ['name', 'nested']);
    assert.deepEqual(labels(files('[merge({}, { <|> })]')), ['name', 'nested']);
    startsWith(files('[{ nested = { a = { deep = <|> } } }]'), 'true', 'false');
  });
});
