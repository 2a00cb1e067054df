_ = 1
a- = 2
if = 3
for {}
null = 4
in "x" {}
日本 = 5
