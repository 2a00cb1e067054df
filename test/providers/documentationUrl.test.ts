import assert from 'node:assert/strict';
import { documentationUrl } from '../../server/providers/documentationUrl';

describe('addresses of documentation', () => {
  const aws = { source: 'registry.terraform.io/hashicorp/aws', version: '6.66.0' };
  const docs = 'https://registry.terraform.io/providers/hashicorp/aws/6.66.0/docs';

  it('name the version, the kind and the type without its prefix', () => {
    assert.equal(documentationUrl(aws, 'resource', 'aws_ecs_service'), `${docs}/resources/ecs_service`);
    assert.equal(documentationUrl(aws, 'data', 'aws_ami'), `${docs}/data-sources/ami`);
    assert.equal(
      documentationUrl(aws, 'ephemeral', 'aws_kms_secrets'),
      `${docs}/ephemeral-resources/kms_secrets`,
    );
    assert.equal(documentationUrl(aws, 'function', 'arn_parse'), `${docs}/functions/arn_parse`);
    assert.equal(documentationUrl(aws, 'provider', 'aws'), docs);
    assert.equal(
      documentationUrl({ source: 'registry.terraform.io/hashicorp/http', version: '' }, 'data', 'http'),
      'https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http',
    );
  });

  it('are those of the language for what is built in, and unknown for private registries', () => {
    const builtin = { source: 'terraform.io/builtin/terraform', version: '1.11.4' };
    assert.match(documentationUrl(builtin, 'resource', 'terraform_data') ?? '', /\/terraform-data$/);
    assert.equal(documentationUrl(builtin, 'resource', 'terraform_other'), undefined);
    const own = { source: 'example.com/acme/thing', version: '1.0.0' };
    assert.equal(documentationUrl(own, 'resource', 'thing_x'), undefined);
  });
});
