a = b [ 0 ]
c = d["e"] . f
g = h[ * ].i
j = k . * . l
m = "x" [0]
n = [1] [0]
o = {x = 1} . x
p = q.0 . r
s = f(x) [1]
