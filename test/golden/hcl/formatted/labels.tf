resource "aws_instance" "web" {
}
resource "aws_instance" "web" {
}
b "A\n" "😀" {
}
b "é" {
}
