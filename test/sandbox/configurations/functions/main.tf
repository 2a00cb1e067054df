locals {
  regions = ["us-east-1", "eu-west-1"]
  grid    = { for pair in setproduct(local.regions, ["train", "serve"]) : "${pair[0]}/${pair[1]}" => pair }
}
resource "aws_cloudwatch_log_group" "logs" {
  for_each          = local.grid
  name              = "/${each.key}"
  retention_in_days = each.value[1] == "train" ? 7 : 30
}
output "names" { value = sort([for group in aws_cloudwatch_log_group.logs : upper(group.name)]) }
