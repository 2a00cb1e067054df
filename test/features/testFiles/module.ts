/** The module that the verdicts on test files are about, and another one that runs may run. */
export const moduleUnderTest = `
//- main.tf
variable "region" {
  type    = string
  default = "north"
}

variable "size" {
  type    = number
  default = 1
  validation {
    condition     = var.size > 0
    error_message = "Too small."
  }
}

variable "net" {
  type = object({ cidr = string, zones = optional(list(string), []) })
  default = { cidr = "10.0.0.0/8" }
}

locals {
  full = "\${var.region}-\${var.size}"
}

resource "terraform_data" "main" {
  input = local.full
  lifecycle {
    postcondition {
      condition     = self.input != "south-1"
      error_message = "Not in the south."
    }
  }
}

resource "terraform_data" "many" {
  count = 2
  input = count.index
}

data "terraform_remote_state" "up" {
  count   = var.size > 5 ? 1 : 0
  backend = "local"
}

module "child" {
  source = "./child"
}

check "alive" {
  assert {
    condition     = var.size < 4
    error_message = "Not alive."
  }
}

output "full" {
  value = local.full
  precondition {
    condition     = var.region != "moon"
    error_message = "No air."
  }
}

output "id" {
  value = terraform_data.main.id
}
//- child/main.tf
resource "terraform_data" "inner" {
  input = "inner"
}

output "name" {
  value = terraform_data.inner.output
}
//- setup/main.tf
variable "prefix" {
  type    = string
  default = "p"
}

resource "terraform_data" "bucket" {
  input = var.prefix
}

output "bucket" {
  value = terraform_data.bucket.output
}
`;
