variable "size" {
  type    = number
  default = 3
  validation {
    condition     = var.size > 0
    error_message = "At least one."
  }
}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
resource "aws_ebs_volume" "disk" {
  availability_zone = "us-east-1a"
  size              = var.size
  lifecycle {
    precondition {
      condition     = can(regex("^[0-9]{12}$", data.aws_caller_identity.me.account_id))
      error_message = "No account."
    }
    postcondition {
      condition     = startswith(self.id, "vol-")
      error_message = "No volume."
    }
  }
}
check "region" {
  assert {
    condition     = data.aws_region.here.region != ""
    error_message = "No region."
  }
}
