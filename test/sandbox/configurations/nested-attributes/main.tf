# A provider of the plugin framework's style: everything that nests is an attribute.
resource "aws_s3_directory_bucket" "express" {
  bucket = "digits--use1-az4--x-s3"
  location { name = "use1-az4" }
}
resource "aws_bedrockagent_agent" "helper" {
  agent_name              = "helper"
  agent_resource_role_arn = "arn:aws:iam::123456789012:role/helper"
  foundation_model        = "anthropic.claude-3-haiku-20240307-v1:0"
  instruction             = "You answer questions about training runs, briefly and correctly, in plain words."
}
