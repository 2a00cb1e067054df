zone {
  name = "b"
}
zone {
  name = "a"
}
zone {
  name = "b"
}
