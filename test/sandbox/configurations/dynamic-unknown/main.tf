resource "random_pet" "name" { length = 2 }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_autoscaling_group" "workers" {
  name_prefix = "workers-"
  min_size    = 0
  max_size    = 2
  launch_template { id = "lt-0123456789abcdef0" }
  dynamic "tag" {
    for_each = toset([aws_vpc.main.id, random_pet.name.id, "fixed"])
    content {
      key                 = tag.key
      value               = "worker"
      propagate_at_launch = true
    }
  }
}
resource "aws_s3_bucket" "b" {
  bucket = random_pet.name.id
  tags   = { for key, value in { vpc = aws_vpc.main.id, pet = random_pet.name.id } : key => value }
}
