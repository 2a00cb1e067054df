variable "x" {
  type = object({
    a = string
    b = optional(number, 1)
  })
  validation {
    condition     = length(var.x.a) > 1 && can(regex("^a", var.x.a))
    error_message = "Too short: ${var.x.a}."
  }
}
