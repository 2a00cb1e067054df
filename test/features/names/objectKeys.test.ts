import assert from 'node:assert/strict';
import { places, renamed, refusal } from './drawn';

describe('keys of objects', () => {
  it('finds and renames a key with what reads it', () => {
    const drawn =
      'locals {\n  web = { po<|>rt = 80, host = "h" }\n  a   = local.web.port + local.web["port"]\n}\n';
    assert.equal(
      places(drawn),
      '//- main.tf\nlocals {\n  web = { ‹port› = 80, host = "h" }\n  a   = local.web.‹port› + local.web["‹port›"]\n}\n',
    );
    assert.match(renamed(drawn, 'number'), /\{ number = 80[^]*local\.web\.number \+ local\.web\["number"\]/);
    assert.equal(refusal(drawn, 'host'), '"host" is a key of the same object already.');
  });

  it('renames an attribute of a type with all that sets it', () => {
    const after = renamed(
      `//- child/main.tf
variable "disk" {
  type    = object({ si<|>ze = number })
  default = { size = 1 }
}
output "o" {
  value = var.disk.size
}
//- main.tf
module "child" {
  source = "./child"
  disk   = { size = 2 }
}
//- child/terraform.tfvars
disk = { size = 3 }
`,
      'gigabytes',
    );
    assert.match(
      after,
      /object\(\{ gigabytes = number \}\)\n {2}default = \{ gigabytes = 1 \}[^]*var\.disk\.gigabytes/,
    );
    assert.match(after, /disk = \{ gigabytes = 3 \}/);
    assert.match(after, /disk {3}= \{ gigabytes = 2 \}/);
  });

  it('keeps the keys of what is read as a whole', () => {
    assert.equal(
      refusal('locals {\n  tags = { te<|>am = 1 }\n}\nresource "aws_bucket" "b" {\n  tags = local.tags\n}\n'),
      'local.tags is read as a whole in main.tf, where its keys may matter.',
    );
  });
});
