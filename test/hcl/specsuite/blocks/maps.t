result_type = map(map(object({ port = number })))
result = {
  in  = { http = { port = 80 }, https = { port = 443 } }
  out = { all = { port = null } }
}
