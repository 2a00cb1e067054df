a = var.x
b = var.x
c = 1
d = { b = 1 }
e = foo("x-${bar}")
f = ["${x}"]
g = { h = "${x}" }
i = f("${x}")
j = ("${x}")
k = "${x}" [0]
l = x
m = (f(
  x
))
n = (a +
b)
o = x # comment

p {
  q = "a"
}
r = ([ # comment
  1
])
