import { buildGraph } from '../../server/graph/graph';
import type { DependencyGraph } from '../../server/graph/model';
import { readModuleTree } from '../../server/terraform/moduleTree';
import { fixture, projectFolder } from '../support/fixture';

/** The graph of files written as one text; `//- path` starts a file. */
export function graphFrom(files: string): DependencyGraph {
  return buildGraph(readModuleTree(projectFolder, fixture(files).source));
}

/** The edges as text: `a -> b`, and `a => b` for explicit ones. */
export function edgeTexts(graph: DependencyGraph): string[] {
  return graph.edges.map(({ from, to, kind }) => `${from} ${kind === 'explicit' ? '=>' : '->'} ${to}`);
}

/** The configuration "serve" that the recorded outputs of terraform are of. */
export const serve = `//- main.tf
variable "gpu_count" {
  default = 2
}
variable "hf_token" {
  default   = "made up"
  sensitive = true
}
resource "terraform_data" "vpc" {
  input = "10.0.0.0/16"
}
resource "terraform_data" "subnet" {
  input = { cidr = terraform_data.vpc.output }
}
resource "terraform_data" "secret" {
  input = { token = var.hf_token }
}
resource "terraform_data" "gpu_node" {
  count            = var.gpu_count
  input            = { index = count.index, cidr = terraform_data.subnet.output.cidr }
  triggers_replace = [terraform_data.secret.id]
}
module "serve" {
  source = "./serve"
  nodes  = terraform_data.gpu_node[*].id
}
output "endpoint" {
  value = module.serve.endpoint
}
check "has_nodes" {
  assert {
    condition     = var.gpu_count > 2
    error_message = "fewer than 3 gpu nodes"
  }
}
//- serve/main.tf
variable "nodes" {
  type = list(string)
}
resource "terraform_data" "lb" {
  input = var.nodes
}
resource "terraform_data" "replica" {
  for_each = toset(["a", "b"])
  input    = "\${each.key} \${terraform_data.lb.id}"
}
output "endpoint" {
  value = terraform_data.lb.id
}
`;
