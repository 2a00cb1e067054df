rule "in" "http" {
  port = 80
}
rule "in" "https" {
  port = 443
}
rule "out" "all" {
}
