a = 1 + 2 * 3 / 4 % 5 - 6
b = !x && y || z
c = x == y != z
d = x < y
e = x >= y
f = (x + y) * z
g = !x
h = !!x
