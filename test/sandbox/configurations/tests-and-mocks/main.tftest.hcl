run "plan" {
  command = plan
  variables { name = "planned" }
  assert {
    condition     = aws_s3_bucket.data.bucket == "planned"
    error_message = "wrong name"
  }
}
run "apply" {
  assert {
    condition     = output.arn == "arn:aws:s3:::tested" && length(output.account) == 12
    error_message = "wrong values"
  }
}
