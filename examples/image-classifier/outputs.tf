output "buckets" {
  description = "Names of the buckets, by use."
  value       = { for use, bucket in module.bucket : use => bucket.id }
}

output "repository_url" {
  description = "Where the server's image is pushed."
  value       = aws_ecr_repository.server.repository_url
}

output "trainer_address" {
  description = "Public address of the training instance."
  value       = aws_instance.trainer.public_ip
}

output "service" {
  description = "Name of the inference service."
  value       = aws_ecs_service.server.name
}
