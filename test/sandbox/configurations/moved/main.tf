resource "aws_sqs_queue" "new" { name = "moved" }
moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.new
}
