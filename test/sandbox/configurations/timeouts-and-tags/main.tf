provider "aws" {
  region = "eu-central-1"
  default_tags { tags = { project = "digits", team = "ml" } }
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "main", team = "infra" }
}
resource "aws_db_instance" "main" {
  allocated_storage   = 20
  engine              = "postgres"
  instance_class      = "db.t4g.micro"
  username            = "root"
  password            = "not-a-real-one"
  skip_final_snapshot = true
  timeouts { create = "60m" }
}
output "tags" {
  value = aws_vpc.main.tags_all
  precondition {
    condition     = aws_vpc.main.tags_all == tomap({ Name = "main", project = "digits", team = "infra" })
    error_message = "Default tags are wrong."
  }
}
