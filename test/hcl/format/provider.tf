terraform {
  required_version=">= 1.5"
  required_providers {
    aws={
      source="hashicorp/aws"
      version = "~> 5.0"
    }
  }
  backend "s3" {
    bucket="b"
    key = "k"
  }
}
provider "aws" {
  region="us-west-2"
}
