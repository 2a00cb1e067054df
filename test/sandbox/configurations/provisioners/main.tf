resource "null_resource" "setup" {
  triggers = { always = "once" }
  connection {
    type = "ssh"
    host = "198.51.100.1"
    user = "root"
  }
  provisioner "remote-exec" { inline = ["true"] }
  provisioner "file" {
    source      = "main.tf"
    destination = "/tmp/main.tf"
  }
  provisioner "local-exec" {
    when    = destroy
    command = "exit 1"
  }
}
resource "terraform_data" "bootstrap" {
  input = null_resource.setup.id
  provisioner "local-exec" { command = "exit 1" }
}
