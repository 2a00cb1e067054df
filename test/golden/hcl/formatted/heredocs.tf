a = <<EOT
  keep   this   as it is
	tab
EOT
b {
  c = <<-EOT
      deep
    ${var.x + 1}
    EOT
  d = 1
}
e = f(<<A
x
A
, 1)
f = [<<A
x
A
]
