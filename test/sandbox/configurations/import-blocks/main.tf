import {
  to = aws_s3_bucket.found
  id = "found-bucket"
}
resource "aws_s3_bucket" "found" { bucket = "found-bucket" }
import {
  for_each = { one = "queue-one", two = "queue-two" }
  to       = aws_sqs_queue.found[each.key]
  id       = "https://sqs.us-east-1.amazonaws.com/123456789012/${each.value}"
}
resource "aws_sqs_queue" "found" {
  for_each = { one = "queue-one", two = "queue-two" }
  name     = each.value
}
