import { diagnose } from '../../server/features/diagnostics';
import { fixture } from '../support/fixture';

/** `severity code text: message` of what is wrong with the first file; unused names are asked for by a test of their own. */
export function all(drawn: string): string[] {
  const { snapshot, path, files } = fixture(drawn);
  return diagnose(snapshot, path).map(({ severity, code, range, message }) => {
    const text = files.get(path)?.slice(range.start, range.end) ?? '';
    return `${severity} ${code} ${text}: ${message}`;
  });
}

export const found = (drawn: string): string[] =>
  all(drawn)
    .filter((line) => !line.startsWith('hint unused-'))
    .map((line) => line.slice(0, line.indexOf(': ')));

export const network = `//- network/main.tf
variable "range" {
  type = string
}
variable "count_of" {
  type    = number
  default = 1
}
resource "aws_bucket" "b" {}
output "subnet" {
  value = var.range
}
`;

export const providers = `required_providers {
  aws = {
    source  = "hashicorp/aws"
    version = "~> 6.0"
  }
}
provider "aws" "main" {
  config {
    region = "us-west-2"
  }
}
`;

export const component = (body: string, rest = '') =>
  `//- main.tfcomponent.hcl\n${providers}component "network" {\n  source = "./network"\n${body}\n}\n${rest}${network}`;

export const passes = '  providers = { aws = provider.aws.main }';
