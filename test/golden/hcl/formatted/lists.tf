a = [1, 2, 3]
b = []
c = [1, ]
d = [
  1, 2,
  3
  , 4
]
e = [[], []]
f = [ # comment
  1,  # one
  2   # two
]
