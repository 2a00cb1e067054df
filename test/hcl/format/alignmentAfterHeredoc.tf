a = <<EOT
text  =  1
EOT
bbbb = 2
c=   <<-EOT
    x
  EOT
