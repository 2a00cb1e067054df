a = b.*.c
d = b[*].c
e = b[*][0]
f = b.*.c
g = b.*
h = [b.*]
