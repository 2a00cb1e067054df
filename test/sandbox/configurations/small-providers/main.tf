resource "random_pet" "name" { length = 3 }
resource "random_id" "suffix" { byte_length = 4 }
resource "random_password" "root" { length = 20 }
resource "random_uuid" "run" {}
resource "random_integer" "port" {
  min = 1024
  max = 2048
}
resource "random_shuffle" "zones" {
  input        = ["a", "b", "c"]
  result_count = 2
}
resource "random_string" "tag" {
  length  = 8
  special = false
}
resource "tls_private_key" "ssh" { algorithm = "ED25519" }
resource "time_static" "start" {}
resource "time_sleep" "wait" { create_duration = "1h" }
resource "null_resource" "trigger" { triggers = { name = random_pet.name.id } }
resource "local_file" "note" {
  filename = "${path.module}/note.txt"
  content  = random_pet.name.id
}
output "port" {
  value = random_integer.port.result
  precondition {
    condition     = random_integer.port.result >= 1024 && random_integer.port.result <= 2048
    error_message = "Out of range."
  }
}
