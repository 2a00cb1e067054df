import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import type { Diagnostic } from '../../server/features/diagnostic';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { fixture } from '../support/fixture';

describe('diagnostics', () => {
  /** What is wrong; that nothing reads a name is said of nearly every example, and has tests of its own. */
  const found = (drawn: string): readonly Diagnostic[] => {
    const { snapshot, path } = fixture(drawn);
    return diagnose(snapshot, path).filter(({ code }) => code !== 'unused-declaration');
  };
  /** `severity code text` of each diagnostic of the first file. */
  const shown = (drawn: string): string[] => {
    const { path, files } = fixture(drawn);
    return found(drawn).map(({ severity, code, range }) => {
      const text = files.get(path)?.slice(range.start, range.end) ?? '';
      return `${severity} ${code} ${text}`;
    });
  };
  const clean = (drawn: string) => {
    assert.deepEqual(
      found(drawn).map(({ code, message }) => `${code}: ${message}`),
      [],
    );
  };
  const instance = (body: string) => `resource "aws_instance" "a" {\n  ami = "x"\n${body}\n}\n`;

  it('shows syntax errors', () => {
    assert.match(shown('resource "aws_bucket" "b" {\n  tags = {\n').join('\n'), /^error unclosed-/m);
  });

  describe('of values', () => {
    it('name what cannot be worked out, whatever the variables are', () => {
      assert.deepEqual(
        shown(
          'variable "n" {\n  type = number\n}\nlocals {\n  a = "x" + var.n\n  b = var.n.name\n  c = [1][4]\n  d = upper([])\n}\n',
        ),
        [
          'error invalid-operand "x"',
          'error unsupported-attribute name',
          'error invalid-index 4',
          'error invalid-argument []',
        ],
      );
      clean('variable "n" {}\nlocals {\n  a = var.n + 1\n  b = var.n.x[0].y\n  c = keys(var.n)\n}\n');
    });

    it('know the types of arguments, with the conversions that Terraform makes', () => {
      assert.deepEqual(shown(instance('  instance_type = ["x"]')), ['error wrong-type ["x"]']);
      clean(instance('  instance_type = 5'));
      clean(instance('  instance_type = null'));
    });

    it('know the types of variables and of module inputs', () => {
      assert.deepEqual(shown('variable "a" {\n  type    = list(number)\n  default = ["x"]\n}\n'), [
        'error wrong-type ["x"]',
      ]);
      clean(
        'variable "a" {\n  type    = object({ n = number, s = optional(string, "x") })\n  default = { n = "1" }\n}\n',
      );
      const called = '//- m/main.tf\nvariable "size" {\n  type = number\n}\n';
      assert.deepEqual(shown(`//- main.tf\nmodule "m" {\n  source = "./m"\n  size   = {}\n}\n${called}`), [
        'error wrong-type {}',
      ]);
      clean(`//- main.tf\nmodule "m" {\n  source = "./m"\n  size   = "3"\n}\n${called}`);
    });

    it('let local values be called count and for_each', () => {
      clean('locals {\n  for_each = ["a"]\n  count    = {}\n}\n');
    });

    it('know what count and for_each take', () => {
      const repeated = (body: string) =>
        shown(
          `variable "l" {\n  type = list(string)\n}\nvariable "s" {\n  sensitive = true\n}\nresource "acme_disk" "d" {\n  ${body}\n}\n`,
        );
      assert.deepEqual(repeated('for_each = var.l'), ['error invalid-for-each var.l']);
      assert.deepEqual(repeated('for_each = ["a"]'), ['error invalid-for-each ["a"]']);
      assert.deepEqual(repeated('for_each = var.s'), ['error invalid-for-each var.s']);
      assert.deepEqual(repeated('count = {}'), ['error invalid-count {}']);
      assert.deepEqual(repeated('for_each = toset(var.l)'), []);
      assert.deepEqual(repeated('count = length(var.l)'), []);
    });

    it('know names that only exist inside a block', () => {
      clean(
        'resource "acme_disk" "d" {\n  for_each = { a = 1 }\n  provisioner "local-exec" {\n    command = "${each.value} ${self.id}"\n  }\n}\n',
      );
    });

    it('name sensitive outputs of root modules, and not of others', () => {
      const secret = 'variable "s" {\n  sensitive = true\n}\noutput "o" {\n  value = "x${var.s}"\n}\n';
      assert.deepEqual(shown(secret), ['warning sensitive-output "x${var.s}"']);
      clean(secret.replace('value =', 'sensitive = true\n  value ='));
      clean(`//- m/main.tf\n${secret}//- main.tf\nmodule "m" {\n  source = "./m"\n  s      = "x"\n}\n`);
    });
  });

  describe('of unused names', () => {
    const unused = (drawn: string) => {
      const { snapshot, path, files } = fixture(drawn);
      return diagnose(snapshot, path)
        .filter(({ tag }) => tag === 'unnecessary')
        .map(({ range }) => files.get(path)?.slice(range.start, range.end));
    };

    it('fade variables, local values and data sources that nothing reads', () => {
      assert.deepEqual(
        unused(
          'variable "a" {}\nlocals {\n  b = 1\n  c = 2\n}\ndata "aws_image" "d" {}\noutput "x" {\n  value = local.c\n}\nresource "acme_disk" "e" {}\n',
        ),
        ['variable "a"', 'b', 'data "aws_image" "d"'],
      );
    });

    it('count a use in any file of the module, but not in a validation of its own', () => {
      assert.deepEqual(unused('//- a.tf\nvariable "a" {}\n//- b.tf\noutput "x" {\n  value = var.a\n}\n'), []);
      assert.deepEqual(
        unused(
          'variable "a" {\n  validation {\n    condition = var.a != ""\n    error_message = "x"\n  }\n}\n',
        ),
        ['variable "a"'],
      );
    });

    it('say nothing while a file of the module is broken', () => {
      assert.deepEqual(unused('//- a.tf\nvariable "a" {}\n//- b.tf\noutput "x" {\n  value = \n'), []);
    });
  });

  describe('in bodies', () => {
    it('names unknown arguments and blocks, and what was meant', () => {
      assert.deepEqual(shown(instance('  instance_typ = "x"\n  diks {}')), [
        'error unknown-argument instance_typ',
        'error unknown-block diks',
      ]);
      assert.match(
        found(instance('  instance_typ = "x"'))[0]?.message ?? '',
        /hashicorp\/aws 6\.66\.0 bundled\)\. Did you mean "instance_type"\?/,
      );
      assert.deepEqual(shown('resorce "a" "b" {}'), ['error unknown-block resorce']);
      assert.deepEqual(shown('variable "a" {\n  descripton = "x"\n}'), ['error unknown-argument descripton']);
    });

    it('tells blocks from arguments', () => {
      assert.match(found(instance('  disk = []'))[0]?.message ?? '', /Write it as a block/);
      assert.match(found(instance('  instance_type {}'))[0]?.message ?? '', /Write it as an argument/);
      clean(instance('  rules {\n    port = 1\n  }'));
      clean(instance('  rules = []'));
    });

    it('names what is missing, unless a dynamic block may bring it', () => {
      assert.deepEqual(shown('resource "aws_instance" "a" {\n}\n'), ['error missing-argument resource']);
      assert.deepEqual(shown(instance('  disk {\n  }')), ['error missing-argument disk']);
      assert.deepEqual(shown('output "a" {}'), ['error missing-argument output']);
      clean(
        instance('  dynamic "disk" {\n    for_each = []\n    content {\n      size = disk.value\n    }\n  }'),
      );
    });

    it('does not ask a half-typed block or a provider for more', () => {
      assert.ok(!shown('resource "aws_instance" "a" {\n').some((line) => line.includes('missing-argument')));
      clean('provider "aws" {}');
    });

    it('counts blocks and labels', () => {
      assert.deepEqual(shown('resource "aws_bucket" "b" {\n  versioning {}\n  versioning {}\n}'), [
        'error too-many-blocks versioning',
      ]);
      assert.deepEqual(shown('resource "aws_bucket" {}'), ['error missing-label resource']);
      assert.deepEqual(shown('variable "a" "b" {}'), ['error extra-label "b"']);
    });

    it('refuses only values that cannot be null for what the provider decides', () => {
      assert.deepEqual(shown('resource "aws_bucket" "b" {\n  arn = "x"\n}'), [
        'error read-only-argument arn',
      ]);
      clean('variable "a" {}\nresource "aws_bucket" "b" {\n  arn = var.a\n}');
    });

    it('checks module calls against the module', () => {
      const files = '//- m/main.tf\nvariable "size" {}\nvariable "name" { default = 1 }\n';
      assert.deepEqual(shown(`//- main.tf\nmodule "m" {\n  source = "./m"\n  nam    = 1\n}\n${files}`), [
        'error missing-argument module',
        'error unknown-argument nam',
      ]);
      clean(`//- main.tf\nmodule "m" {\n  source = "./m"\n  size   = 1\n}\n${files}`);
      assert.deepEqual(shown('module "m" {\n  source = "./nowhere"\n}'), [
        'error module-not-found "./nowhere"',
      ]);
      const registry =
        'module "m" {\n  source  = "hashicorp/consul/aws"\n  version = "1.0"\n  what    = 1\n}\nlocals {\n  a = module.m.x\n}';
      assert.deepEqual(shown(registry), ['information module-not-installed "hashicorp/consul/aws"']);
    });
  });

  describe('of another version', () => {
    const configuration = (constraint: string, more = '') => `//- main.tf
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${constraint}"
    }
  }
}
resource "aws_instance" "a" {
  brand_new = 1
}
${more}`;

    it('are warnings that say so where the constraint excludes the bundled version', () => {
      assert.deepEqual(shown(configuration('~> 5.0')), [
        'information provider-version "~> 5.0"',
        'warning missing-argument resource',
        'warning unknown-argument brand_new',
      ]);
      for (const { message } of found(configuration('~> 5.0')).slice(1))
        assert.match(
          message,
          /\(hashicorp\/aws 6\.66\.0 bundled\).* The configuration asks for version ~> 5\.0 of/,
        );
      assert.equal(
        found(configuration('~> 6.0')).find(({ code }) => code === 'unknown-argument')?.severity,
        'error',
      );
    });

    it('are warnings where the lock file has a newer version', () => {
      const lock = (version: string) =>
        `//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashicorp/aws" {\n  version = "${version}"\n}\n`;
      const newer = configuration('>= 5.0', lock('6.70.0'));
      assert.ok(shown(newer).includes('warning unknown-argument brand_new'), shown(newer).join());
      assert.match(found(newer)[0]?.message ?? '', /The lock file names version 6\.70\.0 of the provider\./);
      assert.ok(shown(configuration('>= 5.0', lock('6.60.0'))).includes('error unknown-argument brand_new'));
    });
  });

  describe('of references', () => {
    it('name what is not declared', () => {
      const value = (expression: string) =>
        `variable "region" {}\n${instance('')}output "o" {\n  value = ${expression}\n}\n`;
      assert.deepEqual(shown(value('var.regon')), ['error undeclared-variable var.regon']);
      assert.match(found(value('var.regon'))[0]?.message ?? '', /Did you mean "var\.region"\?/);
      assert.deepEqual(shown(value('local.x')), ['error undeclared-local local.x']);
      assert.deepEqual(shown(value('module.x.y')), ['error undeclared-module module.x']);
      assert.deepEqual(shown(value('aws_instance.b.id')), ['error undeclared-resource aws_instance.b']);
      assert.deepEqual(shown(value('data.aws_image.b.id')), ['error undeclared-resource data.aws_image.b']);
      assert.deepEqual(shown(value('aws_instance.a.publik_ip')), ['error unknown-attribute publik_ip']);
    });

    it('name outputs a module does not have', () => {
      const files = '//- m/main.tf\noutput "url" { value = 1 }\n';
      assert.deepEqual(
        shown(`//- main.tf\nmodule "m" { source = "./m" }\nlocals { a = module.m.ur }\n${files}`),
        ['error undeclared-output ur'],
      );
    });

    it('are silent in scopes, unread files, addresses and keywords', () => {
      clean(
        'locals {\n  a = [for aws_x in [{ y = 1 }] : aws_x.y]\n  b = { for k, v in {} : k => v.x }\n  c = "%{ for z in [{ a = 1 }] }${z.a}%{ endfor }"\n}',
      );
      clean('//- main.tf\nlocals { a = var.x }\n//- more.tf.json\n{ "variable": { "x": {} } }');
      clean('moved {\n  from = aws_instance.old\n  to   = aws_instance.new\n}');
      clean('removed {\n  from = aws_instance.old\n  lifecycle {\n    destroy = false\n  }\n}');
      clean(`import {\n  to = aws_instance.a\n  id = "x"\n}\n${instance('')}`);
      clean(instance('  lifecycle {\n    ignore_changes = [user_data, network.zone]\n  }'));
      clean(instance('  count = 2\n  instance_type = "${path.module}${terraform.workspace}${count.index}"'));
      clean('variable "a" {\n  type = object({ b = optional(list(string), []) })\n}');
      clean(
        instance('  provisioner "local-exec" {\n    when    = destroy\n    command = self.public_ip\n  }'),
      );
      clean('terraform {\n  backend "s3" {\n    bucket = "x"\n  }\n}');
    });
  });

  it('check functions', () => {
    assert.deepEqual(shown('locals {\n  a = uper("x")\n  b = upper()\n}'), [
      'error unknown-function uper',
      'error wrong-argument-count upper',
    ]);
    clean('locals {\n  a = concat([], [])\n  b = upper(["x"]...)\n\n}');
    const required =
      'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n';
    clean(`${required}locals {\n  c = provider::aws::arn_parse("x")\n}`);
    assert.deepEqual(shown('locals {\n  c = provider::aws::arn_parse("x")\n}'), [
      'error unknown-function provider::aws::arn_parse',
    ]);
    assert.deepEqual(shown(`${required}locals {\n  c = provider::aws::arn_pars("x")\n}`), [
      'error unknown-function provider::aws::arn_pars',
    ]);
  });

  it('find names that are declared twice, but not in override files', () => {
    assert.deepEqual(shown('//- b.tf\nvariable "x" {}\n//- a.tf\nvariable "x" {}\n'), [
      'error duplicate-declaration x',
    ]);
    assert.deepEqual(shown('locals { a = 1 }\nlocals { a = 2 }'), ['error duplicate-declaration a']);
    clean('//- main_override.tf\nvariable "x" { default = 1 }\n//- main.tf\nvariable "x" {}\n');
  });

  it('check variables files that are loaded by themselves', () => {
    const main = '//- main.tf\nvariable "region" {}\n';
    assert.deepEqual(shown(`//- terraform.tfvars\nregoin = 1\n${main}`), [
      'warning value-without-variable regoin',
    ]);
    assert.deepEqual(shown(`//- prod.tfvars\nregoin = 1\n${main}`), []);
    assert.deepEqual(shown(`//- terraform.tfvars\nregion {}\n${main}`), [
      'error block-in-variables-file region',
    ]);
  });

  it('are silent about providers nobody knows', () => {
    clean('resource "acme_thing" "x" {\n  what = acme_other.y.z\n}\nresource "acme_other" "y" {}\n');
  });

  it('stay few on random text and none on two sound megabytes', () => {
    const random = Array.from({ length: 20_000 }, (_, n) =>
      String.fromCharCode((n * 2654435761) % 65_536),
    ).join('');
    assert.ok(found(random).length <= 200);
    const block = (n: number) =>
      `resource "aws_bucket" "b${n}" {\n  bucket = "x-\${aws_bucket.b${n + 1}.arn}"\n}\n`;
    const long = `${Array.from({ length: 34_000 }, (_, n) => block(n)).join('')}resource "aws_bucket" "b34000" {}\n`;
    assert.ok(long.length > 2_000_000);
    clean(long);
  });

  it('know the real AWS schema', () => {
    const schemas = openBundledSchemas(providerDataFolder());
    const drawn =
      'resource "aws_ecs_service" "s" {\n  name = "x"\n  desired_cout = 2\n  load_balancer {\n  }\n}\n';
    const { snapshot, path } = fixture(drawn, schemas);
    const codes = diagnose(snapshot, path).map(
      ({ code, message }) => `${code} ${/"(\w+)"[^"]*$/.exec(message)?.[1] ?? ''}`,
    );
    assert.ok(codes.includes('unknown-argument desired_count'), codes.join());
    assert.ok(
      codes.some((code) => code.startsWith('missing-argument container_')),
      codes.join(),
    );
  });
});
