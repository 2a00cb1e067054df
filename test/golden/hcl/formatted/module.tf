module "network" {
  source  = "./network"
  version = "~> 1.0"
  providers = {
    aws       = aws.west
    aws.other = aws.east
  }
}
