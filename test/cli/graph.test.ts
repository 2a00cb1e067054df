import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { terratrain } from './commandLine';

describe('terratrain graph', function () {
  this.timeout(30_000);
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-graph-'));
    const write = (name: string, text: string): void => {
      fs.writeFileSync(path.join(folder, name), text);
    };
    write(
      'main.tf',
      'resource "t" "a" {}\nresource "t" "b" {\n  count = 2\n  input = t.a.id\n}\nresource "t" "lone" {}\n',
    );
    write(
      'plan.json',
      JSON.stringify({ resource_changes: [{ address: 't.b[0]', change: { actions: ['create'] } }] }),
    );
    write('no-plan.json', '{"nodes":[]}');
    write('binary.plan', 'PK\u0003\u0004');
    fs.mkdirSync(path.join(folder, 'empty'));
  });

  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('writes JSON with the actions of a plan', async () => {
    const { code, stdout, stderr } = await terratrain(folder, ['graph', '--plan', 'plan.json']);
    assert.deepEqual([code, stderr], [0, '']);
    const { nodes, edges } = JSON.parse(stdout) as { nodes: Record<string, unknown>[]; edges: object[] };
    assert.deepEqual(
      nodes.map(({ id, repeated, actions }) => [id, repeated, actions]),
      [
        ['t.a', undefined, undefined],
        ['t.b', 'count', ['create']],
        ['t.lone', undefined, undefined],
      ],
    );
    assert.equal(edges.length, 1);
  });

  it('writes only what is near the focus, in every format', async () => {
    for (const [format, start] of [
      ['json', '{'],
      ['dot', 'digraph'],
      ['mermaid', 'flowchart'],
      ['svg', '<?xml'],
      ['html', '<!DOCTYPE html>'],
    ] as const) {
      const { code, stdout } = await terratrain(folder, [
        'graph',
        '.',
        '--format',
        format,
        '--focus',
        't.b[0]',
      ]);
      assert.equal(code, 0);
      assert.ok(stdout.startsWith(start), format);
      assert.ok(!stdout.includes('lone'), format);
    }
  });

  it('draws an empty folder as an empty graph', async () => {
    const { code, stdout } = await terratrain(folder, ['graph', 'empty']);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), { nodes: [], edges: [], cycles: [] });
  });

  it('refuses bad input with one sentence that says what to do', async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['--format', 'png'], /Unknown format "png"; use one of json, dot/],
      [['nowhere'], /nowhere is not a directory/],
      [['a', 'b'], /one directory, not 2/],
      [['--focus', 't.x.b'], /no block "t\.x\.b"\. Did you mean t\.b/],
      [['--depth', '1'], /--depth needs --focus/],
      [['--focus', 't.a', '--depth', 'far'], /--depth takes a whole number/],
      [['--plan', 'gone.json'], /Cannot read the plan/],
      [['--plan', 'no-plan.json'], /no list of resource changes/],
      [['--plan', 'binary.plan'], /binary plan.*terraform show -json/],
      [['--bogus'], /--bogus/],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await terratrain(folder, ['graph', ...args]);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, message);
    }
  });
});
