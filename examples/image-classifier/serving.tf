# The inference server: an image in ECR, run as a service on ECS.

resource "aws_ecr_repository" "server" {
  name         = "${var.project}-server"
  force_delete = true

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecs_cluster" "main" {
  name = var.project
}

resource "aws_ecs_task_definition" "server" {
  family                   = "${var.project}-server"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024

  container_definitions = jsonencode([
    {
      name         = "server"
      image        = local.image
      essential    = true
      portMappings = [{ containerPort = var.server_port }]
      environment = [
        { name = "MODEL", value = "s3://${module.bucket["models"].id}/image_classifier.h5" },
      ]
    },
  ])
}

resource "aws_ecs_service" "server" {
  name            = "${var.project}-server"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.server.arn
  desired_count   = 2
  launch_type     = "FARGATE"

  network_configuration {
    subnets          = var.subnet_ids
    assign_public_ip = true
  }

  # No argument refers to the trainer, yet there is nothing to serve before it has run.
  depends_on = [aws_instance.trainer]
}
