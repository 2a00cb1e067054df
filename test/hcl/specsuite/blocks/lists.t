result_type = object({
  disks = list(object({ size = number, kind = string }))
  none  = list(object({}))
})
result = {
  disks = [{ size = 10, kind = "ssd" }, { size = 20, kind = null }]
  none  = []
}
traversals {
}
