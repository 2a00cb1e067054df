terraform {
  backend "s3" {
    bucket       = "states"
    key          = "app.tfstate"
    region       = "us-east-1"
    use_lockfile = true
  }
}
data "terraform_remote_state" "network" {
  backend = "s3"
  config = {
    bucket = "states"
    key    = "network.tfstate"
    region = "us-east-1"
  }
}
resource "aws_instance" "serve" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = data.terraform_remote_state.network.outputs.subnet_ids[0]
  vpc_security_group_ids = data.terraform_remote_state.network.outputs.security_group_ids
}
