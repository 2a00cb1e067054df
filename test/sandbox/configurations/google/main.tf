provider "google" {
  project = "digits-123"
  region  = "europe-west4"
}
data "google_client_config" "me" {}
resource "google_storage_bucket" "data" {
  name          = "digits-data"
  location      = "EU"
  force_destroy = true
  versioning { enabled = true }
  lifecycle_rule {
    condition { age = 30 }
    action { type = "Delete" }
  }
}
resource "google_service_account" "trainer" { account_id = "trainer" }
resource "google_compute_instance" "trainer" {
  name         = "trainer"
  machine_type = "a2-highgpu-1g"
  zone         = "europe-west4-a"
  boot_disk {
    initialize_params { image = "debian-cloud/debian-12" }
  }
  network_interface {
    network = "default"
    access_config {}
  }
  service_account {
    email  = google_service_account.trainer.email
    scopes = ["cloud-platform"]
  }
}
output "bucket" { value = google_storage_bucket.data.url }
