/** A configuration of one module, and what a person changes in it afterwards. */
export interface PlannedConfiguration {
  readonly name: string;
  readonly text: string;
  readonly changes: readonly (readonly [from: string, to: string])[];
}

const assume = (service: string): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${service}.amazonaws.com" } }] })`;

/** What training runs on. */
export const coreConfigurations: readonly PlannedConfiguration[] = [
  {
    name: 'network',
    text: `
resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "main" }
}
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "us-east-1a"
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.main.id
}`,
    changes: [
      ['"10.0.1.0/24"', '"10.0.2.0/24"'],
      ['{ Name = "main" }', '{ Name = "other" }'],
    ],
  },
  {
    name: 'security',
    text: `
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = "vpc-0123456789abcdef0"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "db" {
  name        = "db"
  description = "database"
}
resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id            = aws_security_group.db.id
  referenced_security_group_id = aws_security_group.web.id
  from_port                    = 5432
  to_port                      = 5432
  ip_protocol                  = "tcp"
}`,
    changes: [
      ['description = "database"', 'description = "data"'],
      ['from_port                    = 5432', 'from_port                    = 5431'],
    ],
  },
  {
    name: 'instance',
    text: `
resource "aws_instance" "gpu" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "g5.xlarge"
  subnet_id              = "subnet-0123456789abcdef0"
  key_name               = "me"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]
  root_block_device {
    volume_size = 100
    volume_type = "gp3"
  }
  metadata_options { http_tokens = "required" }
  tags = { Name = "gpu" }
}
resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 100
}
resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.gpu.id
}
resource "aws_instance" "small" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
}`,
    changes: [
      ['key_name               = "me"', 'key_name               = "you"'],
      ['"t3.micro"', '"t3.small"'],
      ['size              = 100', 'size              = 200'],
    ],
  },
  {
    name: 'roles',
    text: `
resource "aws_iam_role" "task" {
  name               = "task"
  assume_role_policy = ${assume('ecs-tasks')}
}
resource "aws_iam_policy" "data" {
  name   = "data"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "data" {
  role       = aws_iam_role.task.name
  policy_arn = aws_iam_policy.data.arn
}
resource "aws_iam_role_policy" "inline" {
  role   = aws_iam_role.task.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_instance_profile" "task" { role = aws_iam_role.task.name }
resource "aws_iam_user" "ci" { name = "ci" }`,
    changes: [
      ['name               = "task"', 'name               = "tasks"'],
      ['"s3:GetObject"', '"s3:PutObject"'],
    ],
  },
  {
    name: 'buckets',
    text: `
resource "aws_s3_bucket" "data" {
  bucket = "training-data"
  tags   = { team = "ml" }
}
resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_public_access_block" "data" {
  bucket              = aws_s3_bucket.data.id
  block_public_acls   = true
  block_public_policy = true
}
resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    apply_server_side_encryption_by_default { sse_algorithm = "aws:kms" }
  }
}
resource "aws_s3_object" "note" {
  bucket  = aws_s3_bucket.data.id
  key     = "note.txt"
  content = "hello"
}`,
    changes: [
      ['tags   = { team = "ml" }', 'force_destroy = true'],
      ['"hello"', '"world"'],
      ['block_public_policy = true', 'block_public_policy = false'],
    ],
  },
  {
    name: 'registry',
    text: `
resource "aws_ecr_repository" "model" {
  name = "model"
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_lifecycle_policy" "model" {
  repository = aws_ecr_repository.model.name
  policy     = jsonencode({ rules = [{ rulePriority = 1, selection = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 5 }, action = { type = "expire" } }] })
}`,
    changes: [
      ['name = "model"', 'name = "models"'],
      ['scan_on_push = true', 'scan_on_push = false'],
    ],
  },
  {
    name: 'containers',
    text: `
resource "aws_ecs_cluster" "main" { name = "main" }
resource "aws_cloudwatch_log_group" "main" {
  name              = "/ecs/main"
  retention_in_days = 7
}
resource "aws_ecs_task_definition" "train" {
  family                   = "train"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions    = jsonencode([{ name = "train", image = "train:1", essential = true }])
}
resource "aws_ecs_service" "train" {
  name            = "train"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.train.arn
  desired_count   = 1
  launch_type     = "FARGATE"
  network_configuration { subnets = ["subnet-0123456789abcdef0"] }
}`,
    changes: [
      ['"train:1"', '"train:2"'],
      ['retention_in_days = 7', 'retention_in_days = 14'],
      ['desired_count   = 1', 'desired_count   = 2'],
    ],
  },
  {
    name: 'functions',
    text: `
resource "aws_lambda_function" "predict" {
  function_name = "predict"
  role          = "arn:aws:iam::123456789012:role/predict"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/predict:1"
  timeout       = 30
  environment { variables = { MODEL = "a" } }
}
resource "aws_lambda_permission" "predict" {
  statement_id  = "invoke"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.predict.function_name
  principal     = "s3.amazonaws.com"
}
resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}
resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.predict.arn
}`,
    changes: [
      ['timeout       = 30', 'timeout       = 60'],
      ['predict:1"', 'predict:2"'],
      ['principal     = "s3.amazonaws.com"', 'principal     = "sns.amazonaws.com"'],
    ],
  },
  {
    name: 'cluster',
    text: `
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.30"
  vpc_config { subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }
}
resource "aws_eks_node_group" "gpu" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "gpu"
  node_role_arn   = "arn:aws:iam::123456789012:role/node"
  subnet_ids      = ["subnet-0123456789abcdef0"]
  instance_types  = ["g5.xlarge"]
  scaling_config {
    desired_size = 1
    max_size     = 2
    min_size     = 0
  }
}
resource "aws_eks_addon" "cni" {
  cluster_name = aws_eks_cluster.main.name
  addon_name   = "vpc-cni"
}`,
    changes: [
      ['["g5.xlarge"]', '["p3.2xlarge"]'],
      ['version  = "1.30"', 'version  = "1.31"'],
    ],
  },
];
