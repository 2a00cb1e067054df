/** How many pairs of resources there are: the second of each refers to the first. */
const pairs = 250;

/**
 * 500 resources of AWS, of types about as large as `terraform_data`: what is measured is the way to a provider and
 * back, and not how much longer terraform takes for larger objects, wherever they come from.
 */
export function awsConfiguration(): string {
  return [
    'provider "aws" {\n  region = "us-east-1"\n}\n',
    ...numbers().map(
      (number) => `resource "aws_iam_user" "worker_${number}" {
  name          = "worker-${number}"
  path          = "/training/"
  force_destroy = true
  tags          = { Name = "worker-${number}", Project = "digits" }
}
resource "aws_iam_user_policy_attachment" "reads_${number}" {
  user       = aws_iam_user.worker_${number}.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
`,
    ),
  ].join('');
}

/** The same shape without any provider: as many resources, arguments and references. */
export function builtInConfiguration(): string {
  return numbers()
    .map(
      (number) => `resource "terraform_data" "worker_${number}" {
  input = {
    name          = "worker-${number}"
    path          = "/training/"
    force_destroy = true
    tags          = { Name = "worker-${number}", Project = "digits" }
  }
}
resource "terraform_data" "reads_${number}" {
  input = {
    user       = terraform_data.worker_${number}.output.name
    policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  }
}
`,
    )
    .join('');
}

function numbers(): readonly number[] {
  return Array.from({ length: pairs }, (_, number) => number);
}
