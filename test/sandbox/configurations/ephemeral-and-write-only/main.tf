ephemeral "random_password" "root" { length = 16 }
resource "aws_secretsmanager_secret" "root" { name = "root" }
resource "aws_secretsmanager_secret_version" "root" {
  secret_id                = aws_secretsmanager_secret.root.id
  secret_string_wo         = ephemeral.random_password.root.result
  secret_string_wo_version = 1
}
ephemeral "aws_secretsmanager_secret_version" "root" {
  secret_id = aws_secretsmanager_secret_version.root.secret_id
}
resource "aws_db_instance" "main" {
  allocated_storage   = 20
  engine              = "postgres"
  instance_class      = "db.t4g.micro"
  username            = "root"
  password_wo         = ephemeral.random_password.root.result
  password_wo_version = 1
  skip_final_snapshot = true
}
