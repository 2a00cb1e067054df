resource "aws_ecs_cluster" "main" { name = "main" }
resource "aws_ecs_task_definition" "serve" {
  family                   = "serve"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "serve", image = "serve:1", essential = true }])
}
resource "aws_lb" "front" {
  name               = "front"
  load_balancer_type = "application"
  subnets            = ["subnet-1", "subnet-2"]
}
resource "aws_lb_target_group" "serve" {
  name        = "serve"
  port        = 5000
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-1"
  health_check { path = "/health" }
}
resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.serve.arn
  }
}
resource "aws_ecs_service" "serve" {
  name            = "serve"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.serve.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration { subnets = aws_lb.front.subnets }
  load_balancer {
    target_group_arn = aws_lb_target_group.serve.arn
    container_name   = "serve"
    container_port   = 5000
  }
  depends_on = [aws_lb_listener.front]
}
