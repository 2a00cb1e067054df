resource "aws_sagemaker_model" "digits" {
  name               = "digits"
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker"
  primary_container {
    image          = "123456789012.dkr.ecr.us-east-1.amazonaws.com/digits:1"
    model_data_url = "s3://models/digits.tar.gz"
    environment    = { WORKERS = "2" }
  }
}
resource "aws_sagemaker_endpoint_configuration" "digits" {
  name = "digits"
  production_variants {
    variant_name           = "all"
    model_name             = aws_sagemaker_model.digits.name
    initial_instance_count = 1
    instance_type          = "ml.g5.xlarge"
  }
}
resource "aws_sagemaker_endpoint" "digits" {
  name                 = "digits"
  endpoint_config_name = aws_sagemaker_endpoint_configuration.digits.name
}
