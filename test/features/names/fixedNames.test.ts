import assert from 'node:assert/strict';
import { prepareRename } from '../../../server/features/rename';
import { fixture } from '../../support/fixture';
import { refusal, definition } from './drawn';

describe('names that stay', () => {
  it('are refused with a reason', () => {
    assert.match(refusal('locals {\n  a = upp<|>er("x")\n}\n'), /"upper" is a function/);
    assert.match(
      refusal('resource "aws_buc<|>ket" "b" {}\n'),
      /"aws_bucket" is a type, whose name its provider gives/,
    );
    assert.match(refusal('resource "aws_bucket" "b" {\n  buc<|>ket = 1\n}\n'), /"bucket" is an argument/);
    assert.match(refusal('output "a" {\n  value = path.mod<|>ule\n}\n'), /is no name of this configuration/);
    assert.match(
      refusal('resource "aws_bucket" "b" {}\noutput "a" {\n  value = aws_bucket.b.ar<|>n\n}\n'),
      /"arn" is part of the value of aws_bucket\.b/,
    );
    assert.match(refusal('out<|>put "a" {}\n'), /"output" is a word/);
  });

  it('are those of installed modules', () => {
    const drawn = (call: string) => `//- main.tf
module "vpc" {
  source = "acme/vpc/aws"
  ${call} = 1
}
//- .terraform/modules/modules.json
{"Modules":[{"Key":"vpc","Source":"registry.terraform.io/acme/vpc/aws","Dir":".terraform/modules/vpc"}]}
//- .terraform/modules/vpc/main.tf
variable "cidr" {}
`;
    assert.match(refusal(drawn('ci<|>dr')), /^var\.cidr belongs to an installed module/);
    assert.match(definition(drawn('ci<|>dr')), /vpc\/main\.tf\nvariable "‹cidr›"/);
  });

  it('are nothing where there is no name', () => {
    const from = fixture('locals {\n  a = 1<|>2\n}\n');
    assert.equal(prepareRename(from.snapshot, from.path, from.offset), undefined);
  });
});
