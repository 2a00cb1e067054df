variable "a" {
type = "string"
}
variable "b" {
  type = "list"
}
variable "c" {
  type = "map"
}
variable "d" {
  type = list
}
variable "e" {
  type = map
}
variable "f" {
  type = set
}
variable "g" {
  type = "number"
}
variable "h" {
  type = "${foo}"
}
variable "i" {
  type = map(list)
}
variable "j" {
  nested {
    type = "string"
  }
  default = "${x}"
}
output "k" {
  type = "list"
}
