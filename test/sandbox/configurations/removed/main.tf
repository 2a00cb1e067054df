removed {
  from = aws_sqs_queue.gone
  lifecycle { destroy = false }
}
resource "aws_sqs_queue" "kept" { name = "kept" }
