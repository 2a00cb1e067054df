result_type = object({ text = string, value = list(number), map = map(string) })
result = {
  text  = "hi you\n- 1\n- 2\n"
  value = [1, 2]
  map   = { "k-you" = "$${name}" }
}
traversals {
  expect {
    ref = name
    range {
      from {
        line   = 2
        column = 22
        byte   = 23
      }
      to {
        line   = 2
        column = 26
        byte   = 27
      }
    }
  }
  expect {
    ref = xs
    range {
      from {
        line   = 2
        column = 41
        byte   = 42
      }
      to {
        line   = 2
        column = 43
        byte   = 44
      }
    }
  }
  expect {
    ref = xs
    range {
      from {
        line   = 3
        column = 15
        byte   = 88
      }
      to {
        line   = 3
        column = 17
        byte   = 90
      }
    }
  }
  expect {
    ref = name
    range {
      from {
        line   = 4
        column = 17
        byte   = 110
      }
      to {
        line   = 4
        column = 21
        byte   = 114
      }
    }
  }
}
