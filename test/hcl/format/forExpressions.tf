a = [for x in y:x]
b = [ for i,x in y : { i=i, x = x } if x!="" ]
c = {for k,v in m: k=>v...}
d = {
for k, v in m :
k=>v
if v
}
e = [
for x in y : x
]
f = [for x in(y) : x]
g = [for x in [1] : x]
h = [for x in -y : x if -x < 1]
i = {for x in y : x => -1}
