output "id" {
  value="${aws_instance.web.id}"
  description = "The   id"
  sensitive=true
}
