locals {
  tags = {
    Project   = var.project
    ManagedBy = "terraform"
  }

  buckets = {
    data   = "training images"
    models = "trained models"
  }

  image = "${aws_ecr_repository.server.repository_url}:latest"
}

# One bucket for the data set, one for the models trained on it.
module "bucket" {
  source   = "./modules/bucket"
  for_each = local.buckets

  name    = "${var.project}-${each.key}"
  purpose = each.value
}

# Trains the classifier and copies image_classifier.h5 to the models bucket.
resource "aws_instance" "trainer" {
  ami           = var.trainer_ami
  instance_type = var.trainer_instance_type

  root_block_device {
    volume_size = 100
    volume_type = "gp3"
  }

  user_data = <<-EOT
    #!/bin/bash
    aws s3 sync s3://${module.bucket["data"].id} /data
    python3 /opt/train.py --data /data --out image_classifier.h5
    aws s3 cp image_classifier.h5 s3://${module.bucket["models"].id}/
  EOT

  tags = {
    Name = "${var.project}-trainer"
    Role = "training"
  }
}
