result_type = tuple([number, object({ gigabytes = number })])
result      = [2048, { gigabytes = 2 }]
