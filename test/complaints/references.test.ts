import assert from 'node:assert/strict';
import { problems } from './asking';

const clean = (drawn: string) => {
  assert.deepEqual(problems(drawn), []);
};

describe('complaints about references', () => {
  it('VS#1698: a for over a map declares its own names', () => {
    clean(
      'variable "m" {\n  type = map(string)\n}\noutput "o" {\n  value = { for key, value in var.m : key => upper(value) }\n}\n',
    );
  });

  it('VS#2085: a loop variable may be called var', () => {
    clean('output "o" {\n  value = [for var in [{ name = "x" }] : var.name]\n}\n');
  });

  it('LS#1364, HL#288 and LS#563: whatever is not declared is told, not only variables and locals', () => {
    assert.deepEqual(
      problems(
        '//- main.tf\nmodule "m" {\n  source = "./m"\n}\nresource "aws_instance" "i" {\n  provider = aws.west\n  ami      = data.aws_image.none.id\n}\noutput "o" {\n  value = [aws_bucket.none.id, module.none.x, module.m.none, each.key, count.index, self.id, local.none, var.none]\n}\n//- m/main.tf\nlocals {}\n',
      ).map((problem) => problem.split(' ').at(-1)),
      [
        'aws.west',
        'data.aws_image.none',
        'aws_bucket.none',
        'module.none',
        'none',
        'each.key',
        'count.index',
        'self.id',
        'local.none',
        'var.none',
      ],
    );
  });

  it('VS#2191: a test file may have a block test', () => {
    clean(
      '//- main.tftest.hcl\ntest {\n  parallel = true\n}\nrun "a" {\n  command = plan\n}\n//- main.tf\nlocals {}\n',
    );
  });

  it('VS#1598: depends_on may hold any reference that terraform takes there', () => {
    clean(
      'variable "v" {}\nlocals {\n  l = var.v\n}\nresource "aws_bucket" "b" {\n  depends_on = [var.v, local.l, aws_instance.i]\n}\nresource "aws_instance" "i" {\n  ami = "x"\n}\n',
    );
  });

  it('VS#1576, VS#1592, VS#1694, VS#1696 and VS#1708: defaults, nested objects, for_each and mixed lists that terraform takes', () => {
    clean('variable "l" {\n  type    = list(string)\n  default = []\n}\n');
    clean(
      'variable "l" {\n  type    = list(object({ a = object({ b = string }), c = optional(number) }))\n  default = [{ a = { b = "x" } }]\n}\n',
    );
    clean(
      'variable "s" {\n  type = set(string)\n}\nresource "aws_bucket" "b" {\n  for_each = var.s\n  bucket   = each.value\n}\n',
    );
    clean(
      'variable "l" {\n  type    = list(any)\n  default = ["a", 1, true]\n}\nlocals {\n  m = ["a", 1, { b = true }]\n}\n',
    );
  });

  it('VS#1581 and VS#1584: what a tool around terraform supplies can be silenced where it stands', () => {
    const read = (comment: string) => `output "o" {\n${comment}  value = local.from_outside\n}\n`;
    assert.deepEqual(problems(read('')), ['error undeclared-local local.from_outside']);
    clean(read('  # terratrain: ignore undeclared-local\n'));
  });
});
