resource "aws_ssm_parameter" "größe" {
  name  = "/größe/😀"
  type  = "String"
  value = "naïve \"quotes\" $${not} %%{here}"
  tags  = { "schlüssel/ключ" = "wert: é" }
}
resource "aws_sqs_queue" "each" {
  for_each = toset(["a b", "c\"d", "../e", "f😀"])
  name     = md5(each.key)
}
output "größe" { value = aws_ssm_parameter.größe.name }
