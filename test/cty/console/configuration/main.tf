# What the recorded expressions may refer to. No providers: `terraform console` works here without init.

variable "name" {
  type    = string
  default = "terratrain"
}

variable "empty" {
  type    = string
  default = ""
}

variable "unicode" {
  type    = string
  default = "Žluťoučký 日本 👩‍🚀"
}

variable "lines" {
  type    = string
  default = "one\ntwo\n\nfour\n"
}

variable "count_of" {
  type    = number
  default = 3
}

variable "ratio" {
  type    = number
  default = 0.25
}

variable "huge" {
  type    = number
  default = 123456789012345678901234567890
}

variable "enabled" {
  type    = bool
  default = true
}

variable "anything" {
  default = { a = 1, b = ["x", true], c = null }
}

variable "names" {
  type    = list(string)
  default = ["web", "api", "db"]
}

variable "numbers" {
  type    = list(number)
  default = [3, 1, 2]
}

variable "flags" {
  type    = list(bool)
  default = [true, false]
}

variable "no_names" {
  type    = list(string)
  default = []
}

variable "zones" {
  type    = set(string)
  default = ["b", "a", "c"]
}

variable "ports" {
  type    = set(number)
  default = [443, 80]
}

variable "tags" {
  type    = map(string)
  default = { env = "dev", team = "ml", "with space" = "yes" }
}

variable "sizes" {
  type    = map(number)
  default = { small = 1, large = 10 }
}

variable "no_tags" {
  type    = map(string)
  default = {}
}

variable "server" {
  type = object({
    name  = string
    cpus  = number
    gpu   = optional(bool, false)
    disk  = optional(object({ size = number, kind = optional(string, "ssd") }), { size = 10 })
    notes = optional(string)
    tags  = optional(map(string), {})
  })
  default = { name = "a", cpus = "4" }
}

variable "servers" {
  type = map(object({
    size  = number
    zones = list(string)
    label = optional(string)
  }))
  default = {
    one = { size = 1, zones = ["a", "b"] }
    two = { size = 2, zones = [], label = "second" }
  }
}

variable "disks" {
  type    = list(object({ name = string, size = number }))
  default = [{ name = "root", size = 20 }, { name = "data", size = 200 }]
}

variable "pair" {
  type    = tuple([string, number, bool])
  default = ["p", 2, false]
}

variable "matrix" {
  type    = list(list(number))
  default = [[1, 2], [3, 4], []]
}

variable "groups" {
  type    = map(list(string))
  default = { admins = ["ann", "bob"], users = ["cy"] }
}

variable "null_string" {
  type    = string
  default = null
}

variable "null_number" {
  type    = number
  default = null
}

variable "null_bool" {
  type    = bool
  default = null
}

variable "null_list" {
  type    = list(string)
  default = null
}

variable "null_set" {
  type    = set(string)
  default = null
}

variable "null_map" {
  type    = map(number)
  default = null
}

variable "null_object" {
  type    = object({ a = string })
  default = null
}

variable "null_tuple" {
  type    = tuple([string])
  default = null
}

variable "null_any" {
  default = null
}

variable "secret" {
  type      = string
  default   = "hunter2"
  sensitive = true
}

variable "secret_number" {
  type      = number
  default   = 7
  sensitive = true
}

variable "secret_bool" {
  type      = bool
  default   = true
  sensitive = true
}

variable "secret_list" {
  type      = list(string)
  default   = ["s1", "s2"]
  sensitive = true
}

variable "secret_map" {
  type      = map(string)
  default   = { k = "v" }
  sensitive = true
}

variable "secret_null" {
  type      = string
  default   = null
  sensitive = true
}

variable "passing" {
  type      = string
  default   = "token"
  ephemeral = true
}

locals {
  one        = 1
  half       = 0.5
  negative   = -12
  text       = "text"
  digits     = "42"
  truth      = "true"
  mixed      = [1, "two", true, null]
  empty_list = []
  empty_map  = {}
  nested = {
    list = [{ id = "x", ports = [80, 443] }, { id = "y", ports = [] }]
    map  = { a = { deep = { deeper = "end" } } }
  }
  keyed        = { "0" = "zero", "1" = "one", true = "yes" }
  strings      = tolist(["c", "a", "b", "a"])
  letters      = toset(["x", "y", "z"])
  scores       = tomap({ ann = 3, bob = 5 })
  tuple_of_two = ["first", 2]
  user         = { name = "ann", age = 41, admin = true, email = null }
  half_secret  = { open = "seen", hidden = var.secret }
  secret_items = [var.secret, "open"]
  no_values    = tolist([])
  null_items   = tolist([null, "a"])
  big_product  = 99999999999999999999 * 99999999999999999999
  third        = 1 / 3
}
