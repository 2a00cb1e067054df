resource "terraform_data" "revision" { input = 1 }
resource "aws_launch_template" "trainer" {
  name_prefix   = "trainer-"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "g5.xlarge"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 200
      encrypted   = true
    }
  }
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.revision]
    ignore_changes        = [description]
  }
}
