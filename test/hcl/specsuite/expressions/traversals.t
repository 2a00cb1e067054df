result = { a = "found", b = [11, 12], c = "é 5" }
result_type = object({ a = string, b = list(number), c = string })

traversals {
  expect {
    ref = foo.bar["baz"]
    range {
      from {
        line   = 1
        column = 5
        byte   = 4
      }
      to {
        line   = 1
        column = 19
        byte   = 18
      }
    }
  }
  expect {
    ref = list
    range {
      from {
        line   = 2
        column = 15
        byte   = 33
      }
      to {
        line   = 2
        column = 19
        byte   = 37
      }
    }
  }
  expect {
    ref = num[0]
    range {
      from {
        line   = 2
        column = 28
        byte   = 46
      }
      to {
        line   = 2
        column = 34
        byte   = 52
      }
    }
  }
  expect {
    ref = foo.k
    range {
      from {
        line   = 3
        column = 10
        byte   = 64
      }
      to {
        line   = 3
        column = 15
        byte   = 69
      }
    }
  }
}
