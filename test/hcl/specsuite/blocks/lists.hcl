disk {
  size = 10
  kind = "ssd"
}
disk {
  size = "20"
}
