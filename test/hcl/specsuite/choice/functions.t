result = "hello you!!"
