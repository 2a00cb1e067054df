diagnostics {
  error {
    # An object is no list. In JSON the value stands somewhere else.
    from {
      line   = 1
      column = 5
      byte   = 4
    }
    to {
      line   = 1
      column = 14
      byte   = 13
    }
  }
}
