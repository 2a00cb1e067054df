import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import { formatDocument } from '../../server/features/formatting';
import { hover } from '../../server/features/hover';
import { applyEdits } from '../../server/text/edit';
import { fixture } from '../support/fixture';
import { offers, problems } from './asking';

describe('complaints about formatting', () => {
  it('LS#1946, VS#923, VS#1435, VS#542, VS#1808, LS#669, VS#1431, VS#1265, LS#258, VS#402, VS#1328, VS#1355, VS#1356, VS#1516 and opentofu/vscode-opentofu#69: formatting runs no program', () => {
    const { PATH } = process.env;
    process.env.PATH = '';
    try {
      const text = 'locals {\na=1\nbcd = 2\n}\n';
      const { snapshot, path } = fixture(text);
      assert.equal(applyEdits(text, formatDocument(snapshot, path)), 'locals {\n  a   = 1\n  bcd = 2\n}\n');
      // Only what was changed, as `formatOnSaveMode: modifications` wants it.
      const range = { start: text.indexOf('bcd'), end: text.indexOf('bcd') + 3 };
      const edits = formatDocument(snapshot, path, range);
      assert.ok(edits.length > 0 && edits.every((edit) => edit.range.start >= text.indexOf('bcd')));
    } finally {
      process.env.PATH = PATH;
    }
  });
});

describe('complaints about the other kinds of file', () => {
  it('LS#703, LS#1410 and VS#1567: values of variables have types, and names', () => {
    assert.deepEqual(
      problems(
        '//- terraform.tfvars\nsize = ["x"]\nnone = 1\n//- main.tf\nvariable "size" {\n  type = number\n}\n',
      ).map((problem) => problem.split(' ').slice(1).join(' ')),
      ['wrong-type ["x"]', 'value-without-variable none'],
    );
  });

  it('VS#1534: tests know the module that they test', () => {
    const module = '//- main.tf\nvariable "size" {}\noutput "url" {\n  value = "x"\n}\n';
    assert.ok(
      offers(
        `//- tests/a.tftest.hcl\nrun "a" {\n  assert {\n    condition = output.<|>\n  }\n}\n${module}`,
      ).includes('url'),
    );
    assert.ok(
      offers(`//- tests/a.tftest.hcl\nrun "a" {\n  variables {\n    <|>\n  }\n}\n${module}`).includes('size'),
    );
  });

  it('LS#521, LS#275, VS#496, VS#636, VladRassokhin/intellij-hcl#383 and tree-sitter-grammars/tree-sitter-hcl#73: templates have their variables', () => {
    const call =
      '//- main.tf\nlocals {\n  a = templatefile("${path.module}/a.tftpl", { port = 80, hosts = [{ name = "x" }] })\n}\n';
    assert.ok(offers(`//- a.tftpl\nlisten \${<|>}\n${call}`).includes('port'));
    assert.deepEqual(
      problems(`//- a.tftpl\n%{ for h in hosts }\n\${h.name}:\${port} \${none}\n%{ endfor }\n${call}`),
      ['error undeclared-template-variable none'],
    );
    assert.equal(problems(`//- a.tftpl\n%{ if port == 80 }\nx\n${call}`).length, 1);
  });

  it('LS#705: what is wrong with a JSON file is told as it is now', () => {
    assert.deepEqual(problems('//- main.tf.json\n{ "output": { "o": { "value": "${var.none}" } } }\n'), [
      'error undeclared-variable var.none',
    ]);
  });

  it('VS#734 and LS#956: the value of what is pointed at, and the default of a variable', () => {
    const { snapshot, path, offset } = fixture(
      'variable "a" {\n  default = "eu"\n}\nlocals {\n  b = "x-${var.<|>a}"\n}\n',
    );
    assert.match(hover(snapshot, path, offset)?.contents ?? '', /"eu"/);
  });

  it('VS#457 and opentofu/tofu-ls PR#148: what nothing reads is shown faded', () => {
    const { snapshot, path } = fixture(
      'terraform {\n  required_providers {\n    random = {\n      source = "hashicorp/random"\n    }\n  }\n}\nvariable "a" {}\nlocals {\n  b = 1\n}\ndata "aws_image" "c" {\n  name = "x"\n}\n',
    );
    const faded = diagnose(snapshot, path).filter(({ tag }) => tag === 'unnecessary');
    assert.equal(faded.length, 4);
  });
});
