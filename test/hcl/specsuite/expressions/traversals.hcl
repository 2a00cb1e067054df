a = foo.bar["baz"]
b = [for x in list : x.y + num[0]]
c = "é ${foo.k}"
