/** A module with a called one and one that its tests run first. */
const project = `//- main.tf
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
variable "region" {
  type        = string
  description = "Where things are."
}
variable "net" {
  type    = object({ cidr = string, zones = list(string) })
  default = { cidr = "10.0.0.0/8", zones = [] }
  validation {
    condition     = var.net.cidr != ""
    error_message = "A network has a range."
  }
}
locals {
  name = "net-\${var.region}"
}
resource "aws_instance" "trainer" {
  ami = "x"
}
data "aws_image" "gpu" {
  name = local.name
}
module "store" {
  source = "./store"
}
output "url" {
  value = module.store.url
}
output "name" {
  value = local.name
}
check "alive" {
  assert {
    condition     = aws_instance.trainer.id != ""
    error_message = "Not alive."
  }
}
//- store/main.tf
variable "size" {
  type    = number
  default = 1
}
resource "aws_bucket" "data" {}
output "url" {
  value = "https://\${aws_bucket.data.id}"
}
//- testing/setup/main.tf
variable "prefix" {
  type    = string
  default = "p"
}
output "bucket" {
  value = "\${var.prefix}-bucket"
}
`;

/** The project with one more file, in which the cursor stands; by default a test. */
export function drawn(text: string, name = 'tests/main.tftest.hcl'): string {
  return `${project}//- ${name}\n${text}`;
}
