data "aws_availability_zones" "all" {}
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "part" {
  count             = length(data.aws_availability_zones.all.names)
  vpc_id            = aws_vpc.main.id
  availability_zone = data.aws_availability_zones.all.names[count.index]
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}
resource "aws_ebs_volume" "same" {
  count             = 3
  availability_zone = "us-east-1a"
  size              = 10
}
output "subnets" { value = aws_subnet.part[*].id }
output "distinct" {
  value = length(distinct(aws_ebs_volume.same[*].id))
  precondition {
    condition     = length(distinct(aws_ebs_volume.same[*].id)) == 3
    error_message = "Equal volumes share an identifier."
  }
}
