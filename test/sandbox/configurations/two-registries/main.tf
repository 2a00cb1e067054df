terraform {
  required_providers {
    first  = { source = "one.example/acme/thing" }
    second = { source = "two.example/acme/thing" }
    tofu   = { source = "registry.opentofu.org/acme/other" }
  }
}
resource "first_thing" "a" { name = "a" }
resource "second_thing" "b" { name = first_thing.a.id }
resource "tofu_thing" "c" { names = [second_thing.b.id] }
