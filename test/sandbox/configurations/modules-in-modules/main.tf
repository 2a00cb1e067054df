module "outer" {
  source   = "./outer"
  for_each = toset(["a", "b"])
  name     = each.key
}
output "deep" { value = { for key, outer in module.outer : key => outer.deep } }
