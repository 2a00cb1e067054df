diagnostics {
  error {
    # Blocks of type "é" are not expected.
    from {
      line   = 1
      column = 1
      byte   = 0
    }
    to {
      line   = 1
      column = 2
      byte   = 2
    }
  }
  error {
    # Only one "b" block is expected.
    from {
      line   = 5
      column = 1
      byte   = 17
    }
    to {
      line   = 5
      column = 2
      byte   = 18
    }
  }
}
