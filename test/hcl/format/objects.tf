a = {b=1,c=2}
d = { "e"=1, (f) = 2, g.h=3 }
i = {
j=1
kkkk= 2
"l m" = 3 # x
n : 4
ooo:5
}
p = {}
q = {
}
r = {
s = {
t = 1
}
uu = 2
}
