variable "region" {
  description = "AWS region that everything lives in."
  type        = string
  default     = "us-west-2"
}

variable "project" {
  description = "Short name that starts every resource's name."
  type        = string
  default     = "image-classifier"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.project))
    error_message = "Use 3 to 31 lowercase letters, digits and dashes, starting with a letter."
  }
}

variable "trainer_ami" {
  description = "Deep learning image of the training instance."
  type        = string
  default     = "ami-0c2d3e4f5a6b7c8d9"
}

variable "trainer_instance_type" {
  description = "A GPU instance type. The p2 family is retired in most regions: choose g5.xlarge or newer there."
  type        = string
  default     = "p2.xlarge"
}

variable "server_port" {
  description = "Port that the inference server listens on."
  type        = number
  default     = 5000
}

variable "subnet_ids" {
  description = "Subnets of the inference service."
  type        = list(string)
  default     = ["subnet-0a1b2c3d4e5f60718", "subnet-1a2b3c4d5e6f70819"]
}
