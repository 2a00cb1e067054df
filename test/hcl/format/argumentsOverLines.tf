a = merge(
{ b = 1 },
   { c = 2 },
)
d = f(a,
b,
c)
e = f([{
x = 1
}, {
y = 2
}])
