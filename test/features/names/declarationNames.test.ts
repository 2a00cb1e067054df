import assert from 'node:assert/strict';
import { places, renamed, definition } from './drawn';

describe('addresses', () => {
  const project = (text: string) => `//- child/main.tf
resource "aws_bucket" "lo${text}gs" {
  bucket = "x"
}
//- main.tf
module "store" {
  source = "./child"
}
import {
  to = module.store.aws_bucket.logs
  id = "x"
}
moved {
  from = aws_bucket.old
  to   = module.store.aws_bucket.logs
}
`;

  it('go into called modules from import and moved blocks', () => {
    const found = places(project('<|>'));
    assert.match(found, /import \{\n {2}to = module\.store\.aws_bucket\.‹logs›/);
    assert.match(found, /to {3}= module\.store\.aws_bucket\.‹logs›/);
    const from = project('').replace(
      'to = module.store.aws_bucket.logs',
      'to = module.store.aws_bucket.lo<|>gs',
    );
    assert.equal(places(from), found);
    assert.match(definition(from), /child\/main\.tf\nresource "aws_bucket" "‹logs›"/);
  });

  it('of an import follow a rename, those of a move stay', () => {
    const after = renamed(project('<|>'), 'audit');
    assert.match(
      after,
      /resource "aws_bucket" "audit"[^]*moved \{\n {2}from = aws_bucket\.logs\n {2}to {3}= aws_bucket\.audit/,
    );
    assert.match(after, /import \{\n {2}to = module\.store\.aws_bucket\.audit/);
    assert.match(after, /moved \{\n {2}from = aws_bucket\.old\n {2}to {3}= module\.store\.aws_bucket\.logs/);
  });

  it('in replace_triggered_by and depends_on are references', () => {
    assert.match(
      places(
        'resource "aws_bucket" "a<|>" {}\nresource "aws_bucket" "b" {\n  depends_on = [aws_bucket.a]\n  lifecycle {\n    replace_triggered_by = [aws_bucket.a.id]\n  }\n}\n',
      ),
      /depends_on = \[aws_bucket\.‹a›\][^]*replace_triggered_by = \[aws_bucket\.‹a›\.id\]/,
    );
  });
});
