resource aws_instance web {
}
resource "aws_instance" web {
}
b "\u0041\n" "\U0001F600" {
}
b "e\u0301" {
}
