terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
resource "aws_sqs_queue" "jobs" { name = "jobs" }
output "queue" { value = provider::aws::arn_parse("arn:aws:sqs:us-east-1:123456789012:jobs").resource }
