provider "azurerm" {
  features {}
  subscription_id = "00000000-0000-0000-0000-000000000000"
}
data "azurerm_client_config" "me" {}
resource "azurerm_resource_group" "main" {
  name     = "digits"
  location = "westeurope"
}
resource "azurerm_storage_account" "data" {
  name                     = "digitsdata"
  resource_group_name      = azurerm_resource_group.main.name
  location                 = azurerm_resource_group.main.location
  account_tier             = "Standard"
  account_replication_type = "LRS"
}
resource "azurerm_kubernetes_cluster" "main" {
  name                = "main"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  dns_prefix          = "main"
  default_node_pool {
    name       = "default"
    node_count = 1
    vm_size    = "Standard_NC6s_v3"
  }
  identity { type = "SystemAssigned" }
}
output "id" { value = azurerm_kubernetes_cluster.main.id }
