# Without anything to refer to, strings in JSON are what they are.

result_type = object({ plain = string, list = list(string), map = map(string) })
result = {
  plain = "$${not} %%{evaluated"
  list  = ["a", "$$${b}"]
  map   = { "$${k}" = null }
}
