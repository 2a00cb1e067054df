variable "token" {
  type      = string
  sensitive = true
  default   = "hush"
}
resource "aws_ssm_parameter" "token" {
  name  = "/app/token"
  type  = "SecureString"
  value = var.token
}
resource "aws_lambda_function" "serve" {
  function_name = "serve"
  role          = "arn:aws:iam::123456789012:role/serve"
  runtime       = "python3.12"
  handler       = "main.handler"
  s3_bucket     = "code"
  s3_key        = "serve.zip"
  environment { variables = { TOKEN = var.token, PARAMETER = aws_ssm_parameter.token.arn } }
}
output "token" {
  value     = aws_ssm_parameter.token.value
  sensitive = true
}
