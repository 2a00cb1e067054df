import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import type { Diagnostic } from '../../server/features/diagnostic';
import { fixture } from '../support/fixture';

/** What diagnostics say and hand to fixes; that they are right is asked of Terraform in diagnosticsVerdicts.test.ts. */
describe('rules of diagnostics', () => {
  const all = (drawn: string, ignored: readonly string[] = []): readonly Diagnostic[] => {
    const { snapshot, path } = fixture(drawn);
    return diagnose({ ...snapshot, ignored }, path);
  };
  const shown = (drawn: string, ignored: readonly string[] = []): string[] => {
    const { path, files } = fixture(drawn);
    return all(drawn, ignored).map(
      ({ severity, code, range }) =>
        `${severity} ${code} ${files.get(path)?.slice(range.start, range.end) ?? ''}`,
    );
  };
  /** The one diagnostic of the drawn text, but for unused declarations. */
  const only = (drawn: string): Diagnostic => {
    const found = all(drawn).filter(({ code }) => code !== 'unused-declaration');
    assert.equal(found.length, 1, shown(drawn).join('\n'));
    return found[0] ?? assert.fail();
  };
  const output = (value: string) => `output "o" {\n  value = ${value}\n}\n`;
  const requiring = (...entries: string[]) =>
    `terraform {\n  required_providers {\n${entries.map((entry) => `    ${entry}\n`).join('')}  }\n}\n`;
  const bucket = 'resource "aws_bucket" "b" {\n}\n';

  describe('about cycles', () => {
    it('name the steps from each place that makes one', () => {
      const drawn = 'locals {\n  a = local.b\n  b = upper(local.c)\n  c = local.a\n  d = local.a\n}\n';
      const found = all(drawn).filter(({ code }) => code === 'dependency-cycle');
      assert.deepEqual(
        found.map(({ facts }) => facts?.cycle),
        [
          'local.a → local.b → local.c → local.a',
          'local.b → local.c → local.a → local.b',
          'local.c → local.a → local.b → local.c',
        ],
      );
      assert.match(found[0]?.message ?? '', /circle: local\.a → local\.b → local\.c → local\.a\. Take one/);
    });

    it('go through arguments and outputs of modules', () => {
      const inner =
        '//- m/main.tf\nvariable "in" {}\noutput "out" {\n  value = var.in\n}\noutput "one" {\n  value = 1\n}\n';
      const call = (name: string, value: string) =>
        `module "${name}" {\n  source = "./m"\n  in     = ${value}\n}\n`;
      const drawn = `//- main.tf\n${call('a', 'module.b.out')}${call('b', 'local.x')}locals {\n  x = module.a.out\n}\n${inner}`;
      assert.equal(
        all(drawn)[0]?.facts?.cycle,
        'module.a (in) → module.b.out → module.b (in) → local.x → module.a.out → module.a (in)',
      );
      assert.deepEqual(all(drawn.replace('module.a.out', 'module.a.one')), []);
    });

    it('go through the configuration of a provider', () => {
      const drawn = `provider "aws" {\n  region = aws_bucket.b.arn\n}\n${bucket}`;
      assert.equal(only(drawn).facts?.cycle, 'provider.aws → aws_bucket.b → provider.aws');
    });

    it('are found in other files of the module, and told where they are made', () => {
      const drawn = '//- a.tf\nlocals {\n  a = local.b\n}\n//- b.tf\nlocals {\n  b = local.a\n}\n';
      assert.deepEqual(shown(drawn), ['error dependency-cycle local.b']);
    });

    it('end with ten thousand things in a row and in a circle', () => {
      const row = Array.from({ length: 10_000 }, (_, n) => `  l${n} = local.l${n + 1}\n`).join('');
      assert.deepEqual(shown(`locals {\n${row}  l10000 = 1\n}\n${output('local.l0')}`), []);
      assert.ok(shown(`locals {\n${row}  l10000 = local.l0\n}\n`).length > 0);
    });
  });

  describe('about old spellings', () => {
    it('offer the new one', () => {
      const fixes: readonly (readonly [string, string, string])[] = [
        [output('"${path.module}"'), 'interpolation-only', 'path.module'],
        [`variable "l" {}\n${output('var.l.0')}`, 'dot-index', '[0]'],
        ['variable "t" {\n  type = "string"\n}\n', 'quoted-type', 'string'],
        ['variable "t" {\n  type = "map"\n}\n', 'quoted-type', 'map(string)'],
        [
          `${bucket}resource "aws_bucket" "c" {\n  depends_on = ["aws_bucket.b"]\n}\n`,
          'quoted-reference',
          'aws_bucket.b',
        ],
        [
          'resource "aws_bucket" "b" {\n  lifecycle {\n    ignore_changes = ["tags"]\n  }\n}\n',
          'quoted-reference',
          'tags',
        ],
        [
          'resource "aws_bucket" "b" {\n  provisioner "local-exec" {\n    when    = "destroy"\n    command = "x"\n  }\n}\n',
          'quoted-keyword',
          'destroy',
        ],
        [
          `provider "aws" {\n  alias = "x"\n}\nresource "aws_bucket" "b" {\n  provider = "aws.x"\n}\n`,
          'quoted-reference',
          'aws.x',
        ],
      ];
      for (const [drawn, code, suggestion] of fixes) {
        const found = only(drawn);
        assert.deepEqual([found.code, found.suggestion], [code, suggestion]);
      }
    });

    it('leave templates alone that do something', () => {
      assert.deepEqual(shown(output('"${path.module}/x"')), []);
      assert.deepEqual(shown(output('"%{ if true }x%{ endif }"')), []);
      assert.deepEqual(shown(output('<<-EOT\n    ${path.module}\n  EOT')), []);
    });

    it('strike through what is deprecated, unless another version is asked for', () => {
      const instance = 'resource "aws_instance" "i" {\n  ami       = "x"\n  user_data = "y"\n}\n';
      const found = only(instance);
      assert.deepEqual(
        [found.code, found.severity, found.tag],
        ['deprecated-argument', 'warning', 'deprecated'],
      );
      const older = requiring('aws = { source = "hashicorp/aws", version = "~> 5.0" }');
      assert.deepEqual(shown(`${older}${instance}`), ['information provider-version "~> 5.0"']);
      assert.equal(only('provider "aws" {\n  version = "~> 6.0"\n}\n').code, 'deprecated-argument');
    });

    it('tell what variables and outputs say of themselves', () => {
      const inner =
        '//- m/main.tf\nvariable "old" {\n  default    = 1\n  deprecated = "Use new."\n}\noutput "old" {\n  value      = var.old\n  deprecated = "Use new, too."\n}\n';
      const found = all(
        `//- main.tf\nmodule "m" {\n  source = "./m"\n  old    = 2\n}\n${output('module.m.old')}${inner}`,
      );
      assert.deepEqual(
        found.map(({ code, message }) => `${code} ${message}`),
        [
          'deprecated-variable The input "old" is deprecated: Use new.',
          'deprecated-output The output "old" is deprecated: Use new, too.',
        ],
      );
    });
  });

  describe('about what nothing uses', () => {
    it('fade requirements, and count what modules and functions use', () => {
      const random = requiring(
        'aws = { source = "hashicorp/aws" }',
        'random = { source = "hashicorp/random" }',
      );
      assert.deepEqual(shown(`${random}${bucket}`), ['hint unused-requirement random']);
      assert.deepEqual(shown(`${random}${bucket}provider "random" {}\n`), []);
      assert.deepEqual(shown(`${random}${bucket}${output('provider::random::x()')}`), []);
      assert.deepEqual(
        shown(
          `//- main.tf\n${random}${bucket}module "m" {\n  source = "./m"\n}\n//- m/main.tf\nresource "random_pet" "p" {}\n`,
        ),
        [],
      );
      assert.deepEqual(
        shown(`//- main.tf\n${random}${bucket}module "m" {\n  source = "./m"\n}\n//- m/main.tf\nlocals {}\n`),
        ['hint unused-requirement random'],
      );
      assert.deepEqual(shown(random), []);
    });

    it('leave requirements alone that are handed on, taken in, or may be used where nobody looked', () => {
      const other = requiring('other = { source = "acme/other" }');
      const called =
        '//- m/main.tf\nterraform {\n  required_providers {\n    mine = { source = "acme/other" }\n  }\n}\nresource "mine_x" "x" {}\n';
      assert.deepEqual(
        shown(
          `//- main.tf\n${other}module "m" {\n  source = "./m"\n  providers = {\n    mine = other\n  }\n}\n${called}`,
        ),
        [],
      );
      const taken = requiring(
        'aws = {\n      source = "hashicorp/aws"\n      configuration_aliases = [aws.x]\n    }',
      );
      assert.deepEqual(shown(`${taken}resource "acme_x" "x" {}\n`), []);
      assert.deepEqual(shown(`${other}module "m" {\n  source = "acme/m/x"\n}\n`), [
        'information module-not-installed "acme/m/x"',
      ]);
    });

    it('fade configurations of providers', () => {
      const west = 'provider "aws" {\n  alias = "west"\n}\n';
      const found = only(`${west}${bucket}`);
      assert.deepEqual([found.code, found.facts], ['unused-provider', { name: 'aws', alias: 'west' }]);
      assert.deepEqual(shown(`${west}resource "aws_bucket" "b" {\n  provider = aws.west\n}\n`), []);
      assert.deepEqual(
        shown(
          `//- main.tf\n${west}module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.west\n  }\n}\n//- m/main.tf\n${requiring('aws = { source = "hashicorp/aws" }')}${bucket}`,
        ),
        [],
      );
      assert.deepEqual(shown(`//- main.tf\n${west}//- a.tftest.hcl\nrun "a" {}\n`), []);
    });
  });

  describe('about requirements', () => {
    it('say where one lacks, and which source was meant', () => {
      const drawn = `${requiring('random = { source = "hashicorp/random" }')}resource "random_pet" "p" {}\n${bucket}`;
      const found = only(drawn);
      assert.deepEqual(
        [found.code, found.severity, found.facts],
        ['missing-requirement', 'hint', { name: 'aws', source: 'hashicorp/aws', version: '~> 6.66' }],
      );
      assert.deepEqual(shown(bucket), []);
    });

    it('name versions that a constraint excludes, once', () => {
      const constrained = requiring('aws = { source = "hashicorp/aws", version = "~> 6.0" }');
      const lock =
        '//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n}\n';
      const found = only(`//- main.tf\n${constrained}${bucket}${lock}`);
      assert.deepEqual([found.code, found.facts], ['locked-version', { name: 'aws', version: '5.1.0' }]);
      assert.match(found.message, /terraform init -upgrade/);
      assert.deepEqual(shown(`//- main.tf\n${constrained}${bucket}${lock.replace('5.1.0', '6.1.0')}`), []);
      assert.deepEqual(
        shown(`${requiring('aws = { source = "hashicorp/aws", version = "latest" }')}${bucket}`),
        ['error invalid-version "latest"'],
      );
    });

    it('know the program at hand', () => {
      const drawn = 'terraform {\n  required_version = "~> 1.5.0"\n}\n';
      const { snapshot, path } = fixture(drawn);
      const at = (version: string) =>
        diagnose({ ...snapshot, terraform: { product: 'terraform', version } }, path).map(({ code }) => code);
      assert.deepEqual(at('1.11.4'), ['terraform-version']);
      assert.deepEqual(at('1.5.7'), []);
    });
  });

  describe('about files that functions read', () => {
    it('look for them from the module, where it is known which folder is meant', () => {
      const module = (value: string) => `//- m/main.tf\n${output(value)}//- m/here.txt\nx\n//- main.tf\n`;
      assert.deepEqual(shown(module('file("${path.module}/here.txt")')), []);
      assert.deepEqual(shown(module('file("${path.module}/gone.txt")')), [
        'error missing-file "${path.module}/gone.txt"',
      ]);
      const called = `${module('file("gone.txt")')}module "m" {\n  source = "./m"\n}\n`;
      assert.deepEqual(shown(called), []);
    });

    it('are silent where a missing file is expected', () => {
      for (const value of [
        'try(file("gone.txt"), "")',
        'can(file("gone.txt"))',
        'fileexists("gone.txt") ? file("gone.txt") : ""',
        '[for x in [] : file("gone.txt")]',
        'file("${path.module}/${terraform.workspace}.txt")',
      ])
        assert.deepEqual(shown(output(value)), [], value);
    });
  });

  describe('can be silenced', () => {
    const two = (before: string, behind = '') =>
      `${before}locals {\n  a = var.gone${behind}\n  b = var.gone\n}\n${output('[local.a, local.b]')}`;
    const gone = 'error undeclared-variable var.gone';

    it('behind something, and before a block for all of it', () => {
      assert.deepEqual(shown(two('')), [gone, gone]);
      assert.deepEqual(shown(two('', ' # terratrain: ignore undeclared-variable')), [gone]);
      assert.deepEqual(shown(two('# terratrain: ignore undeclared-variable\n')), []);
      assert.deepEqual(shown(two('// terratrain: ignore undeclared-variable, wrong-type\n\n# more\n')), []);
      assert.deepEqual(shown(two('/* terratrain: ignore */\n')), []);
    });

    it('by code only', () => {
      assert.deepEqual(shown(two('# terratrain: ignore undeclared-local\n')), [gone, gone]);
      assert.deepEqual(shown(two('# not terratrain: ignore undeclared-variable\n')), [gone, gone]);
    });

    it('in a whole file, and everywhere by a setting', () => {
      const filed = `${two('')}# terratrain: ignore-file undeclared-variable\n`;
      assert.deepEqual(shown(filed), []);
      assert.deepEqual(shown(two(''), ['undeclared-variable']), []);
      assert.deepEqual(shown(two(''), ['undeclared-local']), [gone, gone]);
    });

    it('but for syntax errors', () => {
      const broken = '# terratrain: ignore\nlocals {\n  a = \n}\n';
      assert.deepEqual(
        shown(broken, ['expression-expected']).map((each) => each.split(' ')[1]),
        ['expression-expected'],
      );
    });
  });

  describe('of variables files', () => {
    const main = '//- main.tf\nvariable "o" {\n  type = object({ a = number, b = optional(string) })\n}\n';

    it('refuse what is no constant', () => {
      assert.deepEqual(shown(`//- terraform.tfvars\no = { a = var.x, b = upper("x") }\n${main}`), [
        'error expression-in-variables-file var.x',
        'error expression-in-variables-file upper("x")',
      ]);
    });

    it('know types with what is optional in them', () => {
      assert.deepEqual(shown(`//- terraform.tfvars\no = { a = "1" }\n${main}`), []);
      const found = only(`//- terraform.tfvars\no = { a = "x" }\n${main}`);
      assert.equal(found.code, 'wrong-type');
      assert.match(found.message, /The variable "o" must be object\(.*a number is required/);
    });

    it('are no error while the module is not known', () => {
      assert.deepEqual(shown('//- terraform.tfvars\no = 1\n'), []);
    });
  });

  it('keep ephemeral values out of what is kept', () => {
    const token = 'ephemeral "aws_token" "t" {}\n';
    assert.deepEqual(
      shown(`${token}resource "aws_bucket" "b" {\n  bucket = ephemeral.aws_token.t.value\n}\n`),
      ['error ephemeral-value ephemeral.aws_token.t.value'],
    );
    const other = 'provider "aws" {\n  alias = "x"\n}\nephemeral "aws_token" "t" {\n  provider = aws.x\n}\n';
    assert.deepEqual(shown(`${other}provider "aws" {\n  region = ephemeral.aws_token.t.value\n}\n`), []);
  });

  it('hand facts to fixes', () => {
    const facts: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
      [
        'resource "aws_instance" "i" {\n  ami  = "x"\n  disk = []\n}\n',
        'unknown-argument',
        { name: 'disk', form: 'block' },
      ],
      [
        'resource "aws_instance" "i" {\n  ami = "x"\n  instance_type {}\n}\n',
        'unknown-block',
        { name: 'instance_type', form: 'argument' },
      ],
      ['resource "aws_instance" "i" {}\n', 'missing-argument', { name: 'ami' }],
      [output('var.x'), 'undeclared-variable', { name: 'x' }],
      [output('aws_bucket.x.id'), 'undeclared-resource', { kind: 'resource', type: 'aws_bucket', name: 'x' }],
      [output('data.aws_image.x.id'), 'undeclared-resource', { kind: 'data', type: 'aws_image', name: 'x' }],
      [
        'resource "aws_bucket" "b" {\n  provider = aws.west\n}\n',
        'undeclared-provider',
        { name: 'aws', alias: 'west' },
      ],
      [
        'resource "aws_bucket" "b" {\n  count = 2\n}\n' + output('aws_bucket.b.id'),
        'missing-instance-key',
        { repetition: 'count', key: '[0]' },
      ],
      ['module "m" {}\n', 'missing-argument', { name: 'source' }],
      ['module "m" {\n  source = "./gone"\n}\n', 'module-not-found', { source: './gone' }],
      ['variable "s" {\n  sensitive = true\n}\n' + output('var.s'), 'sensitive-output', { name: 'o' }],
      ['resource "aws_bukcet" "b" {}\n', 'unknown-type', { name: 'aws_bukcet', kind: 'resource' }],
      [
        'removed {\n  from = aws_bucket.b\n}\n' + bucket,
        'removed-still-declared',
        { address: 'aws_bucket.b' },
      ],
      [
        'import {\n  to = aws_bucket.b\n  id = "x"\n}\n',
        'import-without-target',
        { type: 'aws_bucket', name: 'b' },
      ],
    ];
    for (const [drawn, code, expected] of facts) {
      const found = only(drawn);
      assert.deepEqual([found.code, found.facts], [code, expected]);
    }
    assert.equal(only('resource "aws_bukcet" "b" {}\n').suggestion, '"aws_bucket"');
  });
});
