long = "given"
