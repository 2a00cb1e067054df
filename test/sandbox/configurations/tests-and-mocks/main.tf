variable "name" { default = "tested" }
resource "aws_s3_bucket" "data" { bucket = var.name }
data "aws_caller_identity" "me" {}
output "arn" { value = aws_s3_bucket.data.arn }
output "account" { value = data.aws_caller_identity.me.account_id }
