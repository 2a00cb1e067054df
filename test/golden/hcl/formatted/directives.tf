a = "%{if x}y%{else}z%{endif}"
b = "%{for x in y}${x}%{endfor}"
c = "%{~if x~}y%{~endif~}"
d = <<EOT
%{for k, v in m~}
${k} =   ${v + 1}
%{endfor~}
EOT
