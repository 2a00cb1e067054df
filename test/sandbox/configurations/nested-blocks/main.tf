resource "aws_security_group" "web" {
  name = "web"
  dynamic "ingress" {
    for_each = { http = 80, https = 443 }
    content {
      description = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    id     = "expire"
    status = "Enabled"
    filter {
      and {
        prefix = "tmp/"
        tags   = { keep = "no" }
      }
    }
    expiration { days = 7 }
    transition {
      days          = 3
      storage_class = "GLACIER"
    }
  }
}
resource "aws_s3_bucket" "data" { bucket = "nested-blocks-data" }
