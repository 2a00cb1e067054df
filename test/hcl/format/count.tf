resource "a" "b" {
  count = var.enabled?1:0
  for_each = { for k,v in var.m:k=>v if v!=null }
  depends_on=[a.b,c.d]
}
