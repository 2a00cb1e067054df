a = max(1, 2, 3)
b = max(1, 2)
c = concat(a...)
d = concat(a...)
e = provider::aws::arn_parse("x")
f = f()
g = f(
)
