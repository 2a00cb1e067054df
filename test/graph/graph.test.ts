import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DependencyGraph } from '../../server/graph/model';
import { edgeTexts, graphFrom, serve } from './configuration';

describe('dependency graph', () => {
  it('has the edges that terraform draws, once reduced as terraform reduces them', () => {
    assert.deepEqual(reduced(graphFrom(serve)), dotEdges('graph-default.dot'));
    const edges = `
resource "terraform_data" "c" {}
resource "terraform_data" "b" {
  input = terraform_data.c.id
}
resource "terraform_data" "a" {
  input = [terraform_data.b.id, terraform_data.c.id]
}
resource "terraform_data" "dep" {
  depends_on = [terraform_data.a]
}
locals {
  l = terraform_data.c.output
}
resource "terraform_data" "via_local" {
  input = local.l
}
`;
    assert.deepEqual(reduced(graphFrom(edges)), dotEdges('graph-transitive-reduction.dot'));
    assert.ok(edgeTexts(graphFrom(edges)).includes('terraform_data.a -> terraform_data.c'));
  });

  it('says for each block where it is and how it is repeated', () => {
    const graph = graphFrom(serve);
    assert.deepEqual(
      graph.nodes.map(({ id, kind, module, repeated }) => [id, kind, module, repeated]),
      [
        ['module.serve', 'module', '', undefined],
        ['module.serve.terraform_data.lb', 'resource', 'module.serve', undefined],
        ['module.serve.terraform_data.replica', 'resource', 'module.serve', 'for_each'],
        ['terraform_data.gpu_node', 'resource', '', 'count'],
        ['terraform_data.secret', 'resource', '', undefined],
        ['terraform_data.subnet', 'resource', '', undefined],
        ['terraform_data.vpc', 'resource', '', undefined],
      ],
    );
    const lb = graph.nodes.find((node) => node.id === 'module.serve.terraform_data.lb');
    assert.equal(lb?.place?.file, 'serve/main.tf');
    assert.deepEqual(lb.place.range, { start: { line: 3, character: 0 }, end: { line: 5, character: 1 } });
  });

  it('keeps every stop between a block and what it depends on', () => {
    const graph = graphFrom(serve);
    const edge = graph.edges.find(({ from }) => from === 'module.serve.terraform_data.lb');
    assert.deepEqual(
      edge?.via.map(({ text, file }) => `${file}: ${text}`),
      ['serve/main.tf: var.nodes', 'main.tf: terraform_data.gpu_node[*].id'],
    );
    assert.deepEqual(edge.via[1]?.range, {
      start: { line: 23, character: 11 },
      end: { line: 23, character: 40 },
    });
  });

  it('follows outputs, locals and arguments through several modules', () => {
    const graph = graphFrom(`//- main.tf
resource "t" "source" {}
module "outer" {
  source = "./outer"
  given  = t.source.id
}
resource "t" "sink" {
  input = module.outer.result
}
//- outer/main.tf
variable "given" {}
locals { again = "x\${var.given}" }
module "inner" {
  source   = "./inner"
  for_each = toset(["a"])
  value    = local.again
}
output "result" {
  value = { for key, one in module.inner : key => one.id }
}
output "other" {
  value = module.inner["a"].id
}
//- outer/inner/main.tf
variable "value" {}
resource "t" "deep" {
  input = var.value
}
output "id" {
  value = t.deep.id
}
`);
    assert.deepEqual(edgeTexts(graph), [
      'module.outer.module.inner.t.deep -> t.source',
      't.sink -> module.outer.module.inner',
    ]);
  });

  it('tells explicit from implicit edges, also where both join the same blocks', () => {
    const graph = graphFrom(`
resource "t" "a" {}
resource "t" "b" {
  input      = t.a.id
  depends_on = [t.a, module.m]
}
module "m" {
  source     = "./gone"
  depends_on = [t.a]
}`);
    assert.deepEqual(edgeTexts(graph), ['module.m => t.a', 't.b => module.m', 't.b => t.a', 't.b -> t.a']);
  });

  it('follows provider configurations, also inherited and passed ones', () => {
    const graph = graphFrom(`//- main.tf
resource "aws_eks_cluster" "main" {}
provider "kubernetes" {
  host = aws_eks_cluster.main.endpoint
}
provider "helm" {
  alias = "here"
  host  = aws_eks_cluster.main.endpoint
}
resource "kubernetes_namespace" "n" {}
module "apps" {
  source    = "./apps"
  providers = { helm = helm.here }
}
//- apps/main.tf
resource "kubernetes_pod" "p" {}
resource "helm_release" "r" {}
`);
    assert.deepEqual(edgeTexts(graph), [
      'kubernetes_namespace.n -> aws_eks_cluster.main',
      'module.apps.helm_release.r -> aws_eks_cluster.main',
      'module.apps.kubernetes_pod.p -> aws_eks_cluster.main',
    ]);
  });

  it('draws what nothing declares as missing, with the place of its first use', () => {
    const graph = graphFrom(`//- main.tf
resource "t" "a" {
  input = [var.nope, t.gone.id, module.m.absent]
}
module "m" {
  source = "./m"
}
//- m/main.tf
resource "t" "inside" {}
`);
    const missing = graph.nodes.filter((node) => node.kind === 'missing');
    assert.deepEqual(
      missing.map(({ id, module, place }) => [id, module, place?.range.start.character]),
      [
        ['module.m.absent', 'module.m', 32],
        ['t.gone', '', 21],
        ['var.nope', '', 11],
      ],
    );
    assert.equal(graph.edges.length, 3);
  });

  it('finds cycles of blocks, through locals, through modules and of one block', () => {
    assert.deepEqual(
      graphFrom(
        'resource "t" "p" {\n  input = t.q.id\n}\nresource "t" "q" {\n  input = local.p\n}\nlocals {\n  p = t.p.id\n}',
      ).cycles,
      [['t.p', 't.q']],
    );
    assert.deepEqual(graphFrom('resource "t" "p" {\n  input = t.p.id\n}').cycles, [['t.p']]);
    assert.deepEqual(
      graphFrom(`//- main.tf
module "m" {
  source     = "./m"
  depends_on = [t.out]
}
resource "t" "out" {
  input = module.m.id
}
//- m/main.tf
resource "t" "in" {}
output "id" {
  value = t.in.id
}`).cycles,
      [['module.m', 'module.m.t.in', 't.out']],
    );
    assert.deepEqual(graphFrom(serve).cycles, []);
  });

  it('ends on locals that refer to each other, and on long chains of them', () => {
    assert.deepEqual(
      edgeTexts(
        graphFrom('locals {\n  a = local.b\n  b = local.a\n}\nresource "t" "x" {\n  input = local.a\n}'),
      ),
      [],
    );
    const chain = Array.from({ length: 4000 }, (_, index) => `  l${index} = local.l${index + 1}`);
    const graph = graphFrom(
      `locals {\n${chain.join('\n')}\n  l4000 = t.end.id\n}\nresource "t" "end" {}\nresource "t" "x" {\n  input = local.l0\n}`,
    );
    assert.deepEqual(edgeTexts(graph), ['t.x -> t.end']);
    assert.equal(graph.edges[0]?.via.length, 4002);
  });

  it('has a graph for every broken beginning of a configuration', () => {
    for (let end = 0; end < serve.length; end += 7)
      assert.ok(graphFrom(serve.slice(0, end)).nodes.length >= 0);
  });

  it('has nothing for a folder without Terraform', () => {
    const { nodes, edges, cycles } = graphFrom('');
    assert.deepEqual({ nodes, edges, cycles }, { nodes: [], edges: [], cycles: [] });
  });
});

/** The edges that no longer way makes superfluous, sorted. */
function reduced(graph: DependencyGraph): string[] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of graph.edges) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const reaches = (from: string, to: string): boolean =>
    [...(targets.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  const kept = graph.edges.filter(
    ({ from, to }) => ![...(targets.get(from) ?? [])].some((other) => other !== to && reaches(other, to)),
  );
  return [...new Set(kept.map(({ from, to }) => `${from} -> ${to}`))].sort();
}

function dotEdges(file: string): string[] {
  const dot = readFileSync(path.join(__dirname, 'fixtures', file), 'utf8');
  return [...dot.matchAll(/"([^"]+)" -> "([^"]+)"/g)]
    .map(([, from, to]) => `${from ?? ''} -> ${to ?? ''}`)
    .sort();
}
