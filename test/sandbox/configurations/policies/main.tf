data "aws_partition" "here" {}
data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com", "sagemaker.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
}
resource "aws_iam_role" "trainer" {
  name               = "trainer"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}
resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.trainer.name
  policy_arn = "arn:${data.aws_partition.here.partition}:iam::aws:policy/AmazonS3ReadOnlyAccess"
}
output "actions" { value = jsondecode(aws_iam_role.trainer.assume_role_policy).Statement[0].Action }
