import assert from 'node:assert/strict';
import { renamed, refusal, definition, highlights } from './drawn';

describe('names that hold inside one expression', () => {
  it('renames the variables of a for, not what an inner one calls the same', () => {
    assert.equal(
      renamed('locals {\n  a = [for k in [1] : [k<|>, [for k in [k] : k], { k = k }]]\n}\n', 'n'),
      '//- main.tf\nlocals {\n  a = [for n in [1] : [n, [for k in [n] : k], { k = n }]]\n}\n',
    );
    assert.equal(
      refusal('locals {\n  a = [for k in var.x : "${k<|>}"]\n}\n', 'var'),
      '"var" is the name of something else in this expression.',
    );
  });

  it('knows the variables of directives in templates', () => {
    assert.equal(
      highlights('locals {\n  a = "%{ for i, n in [1] }${n<|>}%{ if n > i }x%{ endif }%{ endfor }"\n}\n'),
      '//- main.tf\nlocals {\n  a = "%{ for i, ‹n› in [1] }${‹n›}%{ if ‹n› > i }x%{ endif }%{ endfor }"\n}\n',
    );
  });

  const dynamic = (iterator: string, use: string) => `resource "aws_instance" "a" {
  ami = "x"
  dynamic "disk" {
    ${iterator}for_each = { a = 1 }
    content {
      size = ${use}.value
      kind = disk.key
    }
  }
}
`;

  it('renames an iterator, and writes one where the block has none', () => {
    assert.equal(
      renamed(dynamic('iterator = it\n    ', 'i<|>t'), 'each_disk'),
      `//- main.tf\n${dynamic('iterator = each_disk\n    ', 'each_disk')}`,
    );
    assert.equal(
      renamed(dynamic('', 'di<|>sk'), 'it'),
      `//- main.tf\n${dynamic('iterator = it\n    ', 'it').replace('disk.key', 'it.key')}`,
    );
    assert.match(refusal(dynamic('', 'disk').replace('"disk"', '"di<|>sk"')), /says which blocks are made/);
  });

  it('leads from a use to its declaration', () => {
    assert.match(definition('locals {\n  a = [for k, v in {} : v<|>.x]\n}\n'), /for k, ‹v› in/);
    assert.match(definition(dynamic('iterator = it\n    ', 'i<|>t')), /iterator = ‹it›/);
  });
});
