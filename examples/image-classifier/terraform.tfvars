region      = "us-west-2"
project     = "image-classifier"
server_port = 5000
