import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import { findDefinition } from '../../server/features/definition';
import { diagnose } from '../../server/features/diagnostics';
import { documentSymbols } from '../../server/features/documentSymbols';
import { hover } from '../../server/features/hover';
import { findReferences } from '../../server/features/references';
import { semanticTokens } from '../../server/features/semanticTokens';
import { fixture } from '../support/fixture';

const stack = `language = TFStack2023
required_providers {
  aws = { source = "hashicorp/aws", version = "~> 6.0" }
}
provider "aws" "main" {
  for_each = toset(["a"])
  config {
    region = each.key
  }
}
component "net" {
  source   = "./net"
  for_each = { a = 1 }
  inputs   = { range = var.range, "count" = component.net["a"].id }
  providers = {
    aws     = provider.aws.main[each.key]
    aws.far = provider.aws.main["a"]
  }
  depends_on = [component.net, stack.inner]
}
removed {
  from   = component.old[each.value]
  source = "./net"
}
`;
const deployments = `store "varset" "keys" {
  category = "env"
}
deployment "blue" {
  inputs           = { range = store.varset.keys.stable.a }
  deployment_group = deployment_group.canary
}
deployment_auto_approve "calm" {
  check {
    condition = context.plan.changes.total == 0
  }
}
`;
const lock = `provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.0.0"
  constraints = "~> 6.0"
  hashes = [
    "h1:abc",
  ]
}
`;
const others = `//- values.tfcomponent.hcl
variable "range" {
  type = string
}
//- net/main.tf
variable "range" {}
output "id" {
  value = var.range
}
`;

describe('half-typed stacks', () => {
  for (const [name, text] of [
    ['main.tfcomponent.hcl', stack],
    ['main.tfdeploy.hcl', deployments],
    ['.terraform.lock.hcl', lock],
  ] as const) {
    it(`are answered at every moment of typing ${name}`, () => {
      for (let end = 0; end <= text.length; end += 1) {
        const { snapshot, path } = fixture(`//- ${name}\n${text.slice(0, end)}<|>\n${others}`);
        for (const { range } of diagnose(snapshot, path)) assert.ok(range.start <= range.end);
        for (const { range } of complete(snapshot, path, end).items)
          assert.ok(
            range.start <= end && end <= range.end + 1,
            JSON.stringify([text.slice(Math.max(0, end - 30), end), range, end]),
          );
        documentSymbols(snapshot, path);
        semanticTokens(snapshot, path);
      }
    });

    it(`are answered everywhere in ${name}`, () => {
      const { snapshot, path } = fixture(`//- ${name}\n${text}${others}`);
      for (let offset = 0; offset <= text.length; offset += 1) {
        const found = hover(snapshot, path, offset);
        assert.notEqual(found?.contents, '');
        findDefinition(snapshot, path, offset);
        findReferences(snapshot, path, offset, true);
      }
    });
  }
});
