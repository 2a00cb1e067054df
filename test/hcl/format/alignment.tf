a = 1
bbb   = 2

cc= 3 # one
dddd =4    # two
e = [
1
]
f=5
gg =  6
# between
h = 7
iii   = 8
