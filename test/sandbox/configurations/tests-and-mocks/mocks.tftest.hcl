mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "999999999999" }
  }
}
override_resource {
  target = aws_s3_bucket.data
  values = { arn = "arn:aws:s3:::overridden" }
}
run "mocked" {
  assert {
    condition     = output.account == "999999999999" && output.arn == "arn:aws:s3:::overridden"
    error_message = "not mocked"
  }
}
