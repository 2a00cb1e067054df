terraform {
  required_providers {
    exact = { source = "acme.example/tools/exact" }
  }
}
resource "exact_number" "all" {
  large    = 123456789012345678901
  odd      = 9007199254740993
  fraction = 0.123456789012345678901
  small    = 0.1
  list     = [1, 2.5, -3]
  text     = "007"
  nothing  = null
  mixed    = [1, "two", true, null, { a = [1] }]
}
output "sum" { value = exact_number.all.large + 1 }
