result_type = map(string)
result      = { ONE = "1", two = "zwei" }
