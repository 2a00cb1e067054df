resource "aws_sqs_queue" "jobs" {
  for_each = { train = 60, serve = 30 }
  name     = each.key

  visibility_timeout_seconds = each.value
}
resource "aws_sqs_queue_policy" "jobs" {
  for_each  = aws_sqs_queue.jobs
  queue_url = each.value.url
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = each.value.arn }]
  })
}
output "urls" { value = { for key, queue in aws_sqs_queue.jobs : key => queue.url } }
