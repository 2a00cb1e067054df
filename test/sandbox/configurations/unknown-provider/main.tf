terraform {
  required_providers {
    acme = {
      source  = "acme.example/tools/acme"
      version = "~> 1.2"
    }
  }
}
provider "acme" { endpoint = "https://acme.invalid" }
data "acme_zones" "all" { filter = "gpu" }
resource "acme_server" "node" {
  for_each = toset(data.acme_zones.all.names)
  zone     = each.key
  size     = 3
  tags     = { zone = each.key }
  disk { gib = 10 }
  dynamic "port" {
    for_each = [80, 443]
    content { number = port.value }
  }
}
resource "acme_balancer" "front" {
  targets = [for server in acme_server.node : server.address]
  weights = [for server in acme_server.node : server.disk[0].gib]
}
output "first" { value = acme_balancer.front.addresses[0] }
output "port" { value = acme_balancer.front.status.port + 1 }
