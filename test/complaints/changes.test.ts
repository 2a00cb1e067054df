import assert from 'node:assert/strict';
import { acted, problems, renamed } from './asking';

describe('complaints about renaming and rewriting', () => {
  it('LS#1155, VS#699, HL#300, opentofu/tofu-ls#144 and opentofu/vscode-opentofu#127: a name is changed everywhere', () => {
    assert.deepEqual(
      renamed(
        '//- m/main.tf\nvariable "si<|>ze" {}\noutput "o" {\n  value = var.size\n}\n//- main.tf\nmodule "m" {\n  source = "./m"\n  size   = 1\n}\n//- m/terraform.tfvars\nsize = 2\n',
        'count_of',
      ),
      {
        'm/main.tf': 'variable "count_of" {}\noutput "o" {\n  value = var.count_of\n}\n',
        'main.tf': 'module "m" {\n  source = "./m"\n  count_of   = 1\n}\n',
        'm/terraform.tfvars': 'count_of = 2\n',
      },
    );
  });

  it('LS#1567 and VladRassokhin/intellij-hcl#366: a renamed resource keeps its object', () => {
    const { 'main.tf': text } = renamed('resource "aws_bucket" "a<|>" {}\n', 'b');
    assert.match(text ?? '', /moved \{\n {2}from = aws_bucket\.a\n {2}to {3}= aws_bucket\.b\n\}/);
  });

  it('LS#1531, LS#1532 and LS PR#1526: an expression becomes a variable or a local', () => {
    const drawn = 'resource "aws_instance" "i" {\n  ami = "im<|>age"\n}\n';
    assert.match(acted(drawn, /local/i)['main.tf'] ?? '', /local\.\w+[^]*"image"|"image"[^]*local\.\w+/);
    assert.match(Object.values(acted(drawn, /variable/i)).join(), /var\.\w+/);
  });

  it('LS#1533: a value is exposed as an output', () => {
    const files = acted(
      'resource "aws_instance" "i" {\n  ami = "x"\n}\nlocals {\n  a = aws_instance.i.public<|>_ip\n}\n',
      /output/i,
    );
    assert.match(Object.values(files).join(), /output "\w+" \{\n {2}value = aws_instance\.i\.public_ip\n\}/);
  });

  it('LS#1565 and LS#1566: a block goes to a file or a module of its own', () => {
    const drawn =
      '//- main.tf\nresource "aws_bucket" "b<|>" {}\noutput "o" {\n  value = aws_bucket.b.arn\n}\n';
    const toFile = acted(drawn, /file|\.tf/i);
    assert.equal(Object.keys(toFile).length, 2);
    const toModule = acted(drawn, /module/i);
    assert.ok(Object.keys(toModule).some((name) => name.startsWith('modules/')));
    assert.match(toModule['main.tf'] ?? '', /value = module\.\w+\.\w+/);
    assert.match(Object.values(toModule).join('\n'), /moved \{/);
  });

  it('LS#1570: a local becomes a variable', () => {
    const files = acted('locals {\n  na<|>me = "x"\n}\noutput "o" {\n  value = local.name\n}\n', /variable/i);
    const text = Object.values(files).join('\n');
    assert.match(text, /variable "name" \{/);
    assert.match(text, /value = var\.name/);
  });

  it('LS#1561, LS#1560, VS#801 and LS#1530: what is missing is added', () => {
    const files = acted('resource<|> "aws_instance" "i" {\n}\n', /missing|ami/i);
    assert.match(files['main.tf'] ?? '', /ami\s*= /);
  });

  it('LS#1539 and LS#1564: what is not declared is declared', () => {
    const both = 'output "o" {\n  value = NAME<|>\n}\n';
    assert.match(
      Object.values(acted(both.replace('NAME', 'var.size'), /declare/i)).join(),
      /variable "size" \{/,
    );
    assert.match(
      Object.values(acted(both.replace('NAME', 'local.size'), /declare/i)).join(),
      /locals \{\n {2}size = /,
    );
  });

  it('LS#1554: a separator is mended', () => {
    const drawn = 'locals {\n  a = {\n    b = 1 c<|> = 2\n  }\n}\n';
    assert.notDeepEqual(problems(drawn.replace('<|>', '')), []);
    const { 'main.tf': text = '' } = acted(drawn, /comma|line|separator/i);
    assert.deepEqual(problems(text), []);
  });

  it('LS#1562: what was meant is said, and written', () => {
    assert.match(
      acted('resource "aws_instance" "i" {\n  amj<|> = "x"\n}\n', 'Change to "ami"')['main.tf'] ?? '',
      /ami = "x"/,
    );
  });
});
