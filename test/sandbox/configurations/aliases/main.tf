provider "aws" { region = "us-east-1" }
provider "aws" {
  alias  = "far"
  region = "eu-west-1"
  default_tags { tags = { where = "far" } }
}
module "queue" {
  source    = "./queue"
  providers = { aws = aws, aws.copy = aws.far }
}
output "arns" {
  value = module.queue.arns
  precondition {
    condition     = strcontains(module.queue.arns[0], ":us-east-1:") && strcontains(module.queue.arns[1], ":eu-west-1:")
    error_message = "An alias has the wrong region."
  }
}
