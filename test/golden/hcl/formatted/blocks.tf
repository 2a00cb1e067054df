resource "aws_instance" "web" {
  ami = "abc"
  ebs_block_device {
    device_name = "x"
  }
  lifecycle { create_before_destroy = true }
}
locals {}
empty {
}
