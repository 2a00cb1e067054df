variable "a" {
  type = string
}
variable "b" {
  type = list(string)
}
variable "c" {
  type = map(string)
}
variable "d" {
  type = list(any)
}
variable "e" {
  type = map(any)
}
variable "f" {
  type = set(any)
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
  default = x
}
output "k" {
  type = "list"
}
