import type { PlannedConfiguration } from './awsConfigurations';

/** Services around the training itself. */
export const serviceConfigurations: readonly PlannedConfiguration[] = [
  {
    name: 'sagemaker',
    text: `
resource "aws_sagemaker_model" "m" {
  name               = "m"
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  primary_container { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/model:1" }
}
resource "aws_sagemaker_endpoint_configuration" "m" {
  name = "m"
  production_variants {
    variant_name           = "a"
    model_name             = aws_sagemaker_model.m.name
    initial_instance_count = 1
    instance_type          = "ml.m5.large"
  }
}
resource "aws_sagemaker_endpoint" "m" {
  name                 = "m"
  endpoint_config_name = aws_sagemaker_endpoint_configuration.m.name
}
resource "aws_sagemaker_notebook_instance" "n" {
  name          = "n"
  role_arn      = "arn:aws:iam::123456789012:role/sagemaker"
  instance_type = "ml.t3.medium"
}`,
    changes: [
      ['"ml.m5.large"', '"ml.m5.xlarge"'],
      ['"ml.t3.medium"', '"ml.t3.large"'],
    ],
  },
  {
    name: 'balancer',
    text: `
resource "aws_lb" "main" {
  name               = "main"
  load_balancer_type = "application"
  subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}
resource "aws_lb_target_group" "main" {
  name     = "main"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
  health_check { path = "/health" }
}
resource "aws_lb_listener" "main" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.main.arn
  }
}`,
    changes: [
      ['port     = 80', 'port     = 8080'],
      ['path = "/health"', 'path = "/ping"'],
    ],
  },
  {
    name: 'tables',
    text: `
resource "aws_dynamodb_table" "runs" {
  name         = "runs"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_kms_key" "main" { description = "main" }
resource "aws_kms_alias" "main" {
  name          = "alias/main"
  target_key_id = aws_kms_key.main.key_id
}`,
    changes: [
      ['hash_key     = "id"', 'hash_key     = "run"'],
      ['name = "id"', 'name = "run"'],
      ['description = "main"', 'description = "mine"'],
    ],
  },
  {
    name: 'queues',
    text: `
resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}
resource "aws_sns_topic" "done" { name = "done" }
resource "aws_sns_topic_subscription" "done" {
  topic_arn = aws_sns_topic.done.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.jobs.arn
}
resource "aws_kinesis_stream" "events" {
  name        = "events"
  shard_count = 1
}`,
    changes: [
      ['name                       = "jobs"', 'name                       = "tasks"'],
      ['shard_count = 1', 'shard_count = 2'],
    ],
  },
  {
    name: 'secrets',
    text: `
resource "aws_secretsmanager_secret" "token" { name = "token" }
resource "aws_secretsmanager_secret_version" "token" {
  secret_id     = aws_secretsmanager_secret.token.id
  secret_string = "one"
}
resource "aws_ssm_parameter" "model" {
  name  = "/model"
  type  = "String"
  value = "a"
}`,
    changes: [
      ['name = "token"', 'name = "hf-token"'],
      ['value = "a"', 'value = "b"'],
    ],
  },
  {
    name: 'database',
    text: `
resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}
resource "aws_db_instance" "main" {
  identifier           = "main"
  engine               = "postgres"
  instance_class       = "db.t3.micro"
  allocated_storage    = 20
  username             = "admin1"
  password             = "not-a-secret"
  db_subnet_group_name = aws_db_subnet_group.main.name
  skip_final_snapshot  = true
}`,
    changes: [
      ['username             = "admin1"', 'username             = "admin2"'],
      ['"not-a-secret"', '"no-secret"'],
    ],
  },
  {
    name: 'scaling',
    text: `
resource "aws_launch_template" "gpu" {
  name          = "gpu"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "g5.xlarge"
}
resource "aws_autoscaling_group" "gpu" {
  name               = "gpu"
  min_size           = 0
  max_size           = 2
  availability_zones = ["us-east-1a"]
  launch_template {
    id      = aws_launch_template.gpu.id
    version = "1"
  }
}`,
    changes: [
      ['"g5.xlarge"', '"g5.2xlarge"'],
      ['max_size           = 2', 'max_size           = 4'],
    ],
  },
  {
    name: 'batch',
    text: `
resource "aws_batch_job_queue" "gpu" {
  name     = "gpu"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = "arn:aws:batch:us-east-1:123456789012:compute-environment/gpu"
  }
}
resource "aws_batch_job_definition" "train" {
  name                 = "train"
  type                 = "container"
  container_properties = jsonencode({ image = "train:1", command = ["train"], resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }] })
}`,
    changes: [
      ['name     = "gpu"', 'name     = "gpus"'],
      ['name                 = "train"', 'name                 = "training"'],
    ],
  },
  {
    name: 'files',
    text: `
resource "aws_efs_file_system" "data" { creation_token = "data" }
resource "aws_efs_mount_target" "data" {
  file_system_id = aws_efs_file_system.data.id
  subnet_id      = "subnet-0123456789abcdef0"
}
resource "aws_fsx_lustre_file_system" "scratch" {
  storage_capacity = 1200
  subnet_ids       = ["subnet-0123456789abcdef0"]
  deployment_type  = "SCRATCH_2"
}`,
    changes: [
      ['creation_token = "data"', 'creation_token = "other"'],
      ['deployment_type  = "SCRATCH_2"', 'deployment_type  = "SCRATCH_1"'],
    ],
  },
  {
    name: 'workflow',
    text: `
resource "aws_sfn_activity" "train" { name = "train" }
resource "aws_glue_catalog_database" "data" { name = "data" }
resource "aws_athena_workgroup" "main" { name = "main" }
resource "aws_codebuild_project" "image" {
  name         = "image"
  service_role = "arn:aws:iam::123456789012:role/build"
  artifacts { type = "NO_ARTIFACTS" }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type     = "GITHUB"
    location = "https://github.com/example/model"
  }
}`,
    changes: [
      ['{ name = "data" }', '{ name = "lake" }'],
      ['BUILD_GENERAL1_SMALL', 'BUILD_GENERAL1_LARGE'],
    ],
  },
  {
    name: 'edge',
    text: `
resource "aws_eip" "nat" { domain = "vpc" }
resource "aws_nat_gateway" "nat" {
  allocation_id = aws_eip.nat.id
  subnet_id     = "subnet-0123456789abcdef0"
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.us-east-1.s3"
}
resource "aws_key_pair" "me" {
  key_name   = "me"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY3ODkw me"
}
resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name          = "cpu"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  period              = 60
  statistic           = "Average"
  threshold           = 80
}`,
    changes: [
      ['"subnet-0123456789abcdef0"', '"subnet-0123456789abcdef9"'],
      ['threshold           = 80', 'threshold           = 90'],
      ['key_name   = "me"', 'key_name   = "you"'],
    ],
  },
];
