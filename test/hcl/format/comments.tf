# top
// slashes
a = 1 # trailing
b {     # header
  # inside
c = 1 // trailing
}    # closing
#no space
    # indented at top
e = 2