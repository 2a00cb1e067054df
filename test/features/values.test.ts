import assert from 'node:assert/strict';
import { formatValue } from '../../server/cty/format';
import { hover } from '../../server/features/hover';
import { inlayHints } from '../../server/features/inlayHints';
import { moduleOf } from '../../server/features/snapshot';
import { valuesOf } from '../../server/features/values/inputs';
import { fixture } from '../support/fixture';

/** The value of an address in the module of the first file. */
function valueOf(drawn: string, address: string): string {
  const { snapshot, path } = fixture(drawn);
  const module = moduleOf(snapshot, path);
  const declaration = module.find(address);
  assert.ok(declaration !== undefined, `${address} is not declared`);
  return formatValue(valuesOf(snapshot, module).valueOf(declaration)).replace(/\s+/g, ' ');
}

const locals = (body: string, more = '') => `locals {\n${body}\n}\n${more}`;

describe('values', () => {
  it('follow local values, defaults and functions', () => {
    const text = locals(
      '  a = "${upper(var.name)}-${local.n + 1}"\n  n = length([for k in [1, 2, 3] : k if k > 1])',
      'variable "name" {\n  default = "gpu"\n}\n',
    );
    assert.equal(valueOf(text, 'local.a'), '"GPU-3"');
  });

  it('take variables files before defaults, the last automatic one first', () => {
    const text =
      '//- main.tf\nvariable "a" {\n  type    = number\n  default = 1\n}\nvariable "b" {\n  default = "x"\n}\n//- terraform.tfvars\na = "2"\nb = "y"\n//- z.auto.tfvars\nb = "z"\n//- other.tfvars\nb = "no"\n';
    assert.equal(valueOf(text, 'var.a'), '2');
    assert.equal(valueOf(text, 'var.b'), '"z"');
  });

  it('fill in the defaults of optional attributes', () => {
    const text =
      'variable "a" {\n  type = list(object({ n = string, s = optional(number, 8), o = optional(object({ p = optional(bool, true) }), {}) }))\n  default = [{ n = "x" }]\n}\n';
    assert.equal(valueOf(text, 'var.a'), 'tolist([ { "n" = "x" "o" = { "p" = true } "s" = 8 }, ])');
  });

  it('go into called modules and give them their arguments', () => {
    const text =
      '//- main.tf\nmodule "m" {\n  source = "./m"\n  size   = 3\n}\nlocals {\n  a = module.m.double\n}\n//- m/main.tf\nvariable "size" {}\noutput "double" {\n  value = var.size * 2\n}\n';
    assert.equal(valueOf(text, 'local.a'), '6');
    const { snapshot, path } = fixture(text);
    const inner = snapshot.index.called(
      moduleOf(snapshot, path).find('module.m') ?? fail(),
      moduleOf(snapshot, path),
    );
    const size = inner?.find('var.size');
    assert.ok(inner !== undefined && size !== undefined);
    assert.equal(valuesOf(snapshot, inner).variable(size).origin, 'module.m');
  });

  it('know what is set on resources, and not what only an apply can tell', () => {
    const text = `resource "aws_instance" "a" {\n  ami           = "ami-1"\n  instance_type = "p\${1 + 4}.large"\n}\n${locals('  t = aws_instance.a.instance_type\n  i = aws_instance.a.id\n  mixed = [local.t, local.i]')}`;
    assert.equal(valueOf(text, 'local.t'), '"p5.large"');
    assert.equal(valueOf(text, 'local.i'), '(known after apply)');
    assert.equal(valueOf(text, 'local.mixed'), '[ "p5.large", (known after apply), ]');
  });

  it('know the instances of count and for_each', () => {
    const text = `resource "aws_instance" "a" {\n  count = 2\n  ami   = "ami-\${count.index}"\n}\nresource "aws_instance" "b" {\n  for_each = { x = "1", y = "2" }\n  ami      = "\${each.key}\${each.value}"\n}\n${locals('  a = aws_instance.a[*].ami\n  b = { for k, v in aws_instance.b : k => v.ami }\n  n = length(aws_instance.a)')}`;
    assert.equal(valueOf(text, 'local.a'), '[ "ami-0", "ami-1", ]');
    assert.equal(valueOf(text, 'local.b'), '{ "x" = "x1" "y" = "y2" }');
    assert.equal(valueOf(text, 'local.n'), '2');
  });

  it('never show what is sensitive', () => {
    const text = `variable "s" {\n  sensitive = true\n  default   = "secret"\n}\n${locals('  a = "x${var.s}"')}`;
    assert.equal(valueOf(text, 'local.a'), '(sensitive value)');
  });

  it('end where values depend on each other in a circle, and where modules call themselves', () => {
    assert.equal(valueOf(locals('  a = local.b\n  b = local.a'), 'local.a'), '(known after apply)');
    assert.equal(
      valueOf(
        'module "m" {\n  source = "./"\n}\nlocals {\n  a = module.m.x\n}\noutput "x" {\n  value = 1\n}\n',
        'local.a',
      ),
      '(known after apply)',
    );
  });

  it('stay open where a value has the wrong type', () => {
    assert.equal(
      valueOf('variable "a" {\n  type    = number\n  default = "x"\n}\n', 'var.a'),
      '(known after apply)',
    );
  });
});

function fail(): never {
  throw new Error('not declared');
}

describe('hover with values', () => {
  const contents = (drawn: string) => {
    const { snapshot, path, offset } = fixture(drawn);
    return hover(snapshot, path, offset)?.contents ?? '';
  };

  it('shows what an expression gives, and where a variable got its value', () => {
    const text = (cursor: string) =>
      `//- main.tf\nvariable "region" {\n  default = "a"\n}\nlocals {\n  name = "x-\${var.${cursor}region}"\n}\noutput "o" {\n  value = local.name\n}\n//- terraform.tfvars\nregion = "eu"\n`;
    assert.match(contents(text('<|>')), /Value \(from `terraform\.tfvars`\):\n\n```terraform\n"eu"\n```/);
    assert.match(contents(text('').replace('name = "x', 'na<|>me = "x')), /```terraform\n"x-eu"\n```/);
    assert.match(contents(text('').replace('local.name', 'local.na<|>me')), /"x-eu"/);
    assert.match(contents(text('').replace('variable "region', 'variable "reg<|>ion')), /"eu"/);
    assert.match(contents(text('').replace('output "o"', 'output "<|>o"')), /"x-eu"/);
  });

  it('says no value where the text is the value, or where there is none', () => {
    assert.doesNotMatch(contents(locals('  a<|> = "x"')), /Value/);
    assert.doesNotMatch(contents('resource "aws_instance" "a" {\n  ami = self.i<|>d\n}\n'), /Value/);
    assert.doesNotMatch(contents(locals('  a = upper(var.<|>gone)')), /Value/);
  });
});

describe('inlay hints', () => {
  const all = { values: true, forEachKeys: true, parameterNames: true };
  const shown = (drawn: string, options = all) => {
    const { snapshot, path, files } = fixture(drawn);
    let text = files.get(path) ?? '';
    const hints = inlayHints(snapshot, path, { start: 0, end: text.length }, options);
    for (const hint of [...hints].reverse())
      text = `${text.slice(0, hint.offset)}‹${hint.text}›${text.slice(hint.offset)}`;
    return text;
  };

  it('show values, keys and parameter names', () => {
    assert.equal(
      shown(
        'variable "n" {\n  default = 3\n}\nlocals {\n  a = var.n * 2\n  b = "plain"\n  c = cidrsubnet("10.0.0.0/16", 8, var.n)\n}\nresource "aws_instance" "a" {\n  for_each = toset(["x", "y"])\n  ami      = each.key\n}\n',
      ),
      'variable "n" {\n  default = 3\n}\nlocals {\n  a = var.n * 2‹ = 6›\n  b = "plain"\n  c = cidrsubnet(‹prefix: ›"10.0.0.0/16", ‹newbits: ›8, ‹netnum: ›var.n)‹ = "10.0.3.0/24"›\n}\nresource "aws_instance" "a" {\n  for_each = toset(["x", "y"])‹ ["x", "y"]›\n  ami      = each.key\n}\n',
    );
  });

  it('show only what is wanted, nothing sensitive and nothing unknown', () => {
    const text =
      'variable "s" {\n  sensitive = true\n  default   = "x"\n}\nlocals {\n  a = upper(var.s)\n  b = timestamp()\n  c = 1 + 1\n}\n';
    assert.equal(shown(text), text.replace('1 + 1', '1 + 1‹ = 2›'));
    assert.equal(shown(text, { values: false, forEachKeys: true, parameterNames: true }), text);
  });
});
