import assert from 'node:assert/strict';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../server/features/callHierarchy';
import type { HierarchyCall } from '../../server/features/callHierarchy';
import { fixture, relativeName } from '../support/fixture';
import type { Fixture } from '../support/fixture';

const project = `//- main.tf
module "net" {
  source = "./net"
}
module "dns" {
  source = "acme/dns/aws"
}
//- more.tf
module "other" {
  source = "./net"
}
//- net/main.tf
module "zone" {
  source = "./zone"
}
//- net/zone/a.tf
locals {}
//- tests/main.tftest.hcl
run "plan" {}
run "zone" {
  module {
    source = "./net/zone"
  }
}
`;

const at = (text: string): Fixture => {
  assert.ok(project.includes(text.replace('<|>', '')));
  return fixture(project.replace(text.replace('<|>', ''), text));
};
const items = (from: Fixture) =>
  prepareCallHierarchy(from.snapshot, from.path, from.offset).map(({ name, detail, path }) => [
    name,
    detail.startsWith('module.') ? detail : '',
    relativeName(path),
  ]);
const shown = (from: Fixture, calls: readonly HierarchyCall[]) =>
  calls.map(({ item, ranges }) => [
    item.name,
    item.detail,
    relativeName(item.path),
    ranges.map(({ start, end }) => from.files.get(item.path)?.slice(start, end) ?? ''),
  ]);

describe('call hierarchy', () => {
  it('starts at the called module in a call, at the own one elsewhere', () => {
    assert.deepEqual(items(at('module "n<|>et"')), [['net', 'module.net', 'net/main.tf']]);
    assert.deepEqual(items(at('source = "./z<|>one"')), [['zone', 'module.zone', 'net/zone/a.tf']]);
    assert.deepEqual(items(at('locals<|> {}')), [['zone', '', 'net/zone/a.tf']]);
    assert.deepEqual(items(at('"acme/<|>dns/aws"')), []);
  });

  it('goes up to callers and tests, file by file', () => {
    const net = at('module "zone" {<|>');
    assert.deepEqual(shown(net, incomingCalls(net.snapshot, net.path)), [
      ['project', 'module.net', 'main.tf', ['net']],
      ['project', 'module.other', 'more.tf', ['other']],
    ]);
    const zone = at('locals<|> {}');
    assert.deepEqual(shown(zone, incomingCalls(zone.snapshot, zone.path)), [
      ['net', 'module.zone', 'net/main.tf', ['zone']],
      ['main.tftest.hcl', 'run.zone', 'tests/main.tftest.hcl', ['run']],
    ]);
  });

  it('goes down to what is on disk', () => {
    const from = at('module "n<|>et"');
    const calls = outgoingCalls(from.snapshot, from.path);
    assert.deepEqual(
      calls.map(({ item, ranges }) => [item.name, item.detail, ranges.length]),
      [['net', 'module.net, module.other', 1]],
    );
  });
});
