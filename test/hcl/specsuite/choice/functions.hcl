greeting = greet("you", "!", "!")
