terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = ">= 5.0"
      configuration_aliases = [aws.copy]
    }
  }
}
resource "aws_sqs_queue" "near" { name = "jobs" }
resource "aws_sqs_queue" "far" {
  provider = aws.copy
  name     = "jobs"
}
output "arns" { value = [aws_sqs_queue.near.arn, aws_sqs_queue.far.arn] }
