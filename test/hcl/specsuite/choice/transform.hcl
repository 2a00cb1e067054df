size {
  gigabytes = 2
}
