env {
  ONE = 1
  two = "zwei"
}
