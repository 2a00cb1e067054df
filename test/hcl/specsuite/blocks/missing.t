diagnostics {
  error {
    # "c" is required.
    from {
      line   = 2
      column = 4
      byte   = 9
    }
    to {
      line   = 2
      column = 4
      byte   = 9
    }
  }
}
