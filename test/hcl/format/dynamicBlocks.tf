resource "a" "b" {
dynamic "setting" {
for_each = var.settings
iterator=it
content {
name  = it.value["name"]
value=it.value [ "value" ]
}
}
}
