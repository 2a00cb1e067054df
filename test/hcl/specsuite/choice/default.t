result_type = object({ first = string, second = string })
result      = { first = "given", second = "NEITHER" }
