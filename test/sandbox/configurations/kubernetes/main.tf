provider "kubernetes" {
  host = "https://cluster.invalid"
}
resource "kubernetes_namespace" "ml" {
  metadata { name = "ml" }
}
resource "kubernetes_config_map" "settings" {
  metadata {
    name      = "settings"
    namespace = kubernetes_namespace.ml.metadata[0].name
  }
  data = { epochs = "5" }
}
resource "kubernetes_deployment" "serve" {
  metadata {
    name      = "serve"
    namespace = kubernetes_namespace.ml.metadata[0].name
    labels    = { app = "serve" }
  }
  spec {
    replicas = 2
    selector { match_labels = { app = "serve" } }
    template {
      metadata { labels = { app = "serve" } }
      spec {
        container {
          name  = "serve"
          image = "serve:1"
          port { container_port = 5000 }
          resources {
            limits = { "nvidia.com/gpu" = "1" }
          }
        }
      }
    }
  }
}
resource "kubernetes_service" "serve" {
  metadata {
    name      = "serve"
    namespace = kubernetes_namespace.ml.metadata[0].name
  }
  spec {
    selector = { app = "serve" }
    port {
      port        = 80
      target_port = 5000
    }
  }
}
