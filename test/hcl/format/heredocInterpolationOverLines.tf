a = <<EOT
${f(
x
)}
EOT
b {
c = 1
}
