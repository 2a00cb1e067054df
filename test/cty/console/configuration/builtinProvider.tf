# Makes the functions of the provider that is built into Terraform callable; it needs no init.
terraform {
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
}
