import assert from 'node:assert/strict';
import { X509Certificate, createHash, createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Workspace, describeWithTerraform } from './realTerraform';

type Outputs = Readonly<Record<string, { readonly value: unknown }>>;

async function outputs(work: Workspace): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await work.terraform('output', '-json');
  const parsed = JSON.parse(stdout) as Outputs;
  return Object.fromEntries(Object.entries(parsed).map(([name, { value }]) => [name, value as string]));
}

async function lifeCycle(text: string, check: (work: Workspace) => Promise<void>, files = {}): Promise<void> {
  const work = new Workspace({ 'main.tf': text, ...files });
  try {
    const apply = await work.terraform('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.stdout + apply.stderr);
    const settled = await work.terraform('plan', '-detailed-exitcode');
    assert.equal(settled.code, 0, settled.stdout + settled.stderr);
    await check(work);
    const destroy = await work.terraform('destroy', '-auto-approve');
    assert.equal(destroy.code, 0, destroy.stderr);
  } finally {
    await work.dispose();
  }
}

describeWithTerraform('providers that only compute', function () {
  this.timeout(60_000);

  it('make real keys and certificates that verify each other', () =>
    lifeCycle(
      `
resource "tls_private_key" "ca" {
  algorithm   = "ECDSA"
  ecdsa_curve = "P384"
}
resource "tls_self_signed_cert" "ca" {
  private_key_pem       = tls_private_key.ca.private_key_pem
  is_ca_certificate     = true
  validity_period_hours = 8760
  allowed_uses          = ["cert_signing", "crl_signing"]
  subject { common_name = "Zertifizierungsstelle Ünïcode" }
}
resource "tls_private_key" "leaf" { algorithm = "ED25519" }
resource "tls_cert_request" "leaf" {
  private_key_pem = tls_private_key.leaf.private_key_pem
  dns_names       = ["model.example"]
  subject { common_name = "model" }
}
resource "tls_locally_signed_cert" "leaf" {
  cert_request_pem      = tls_cert_request.leaf.cert_request_pem
  ca_private_key_pem    = tls_private_key.ca.private_key_pem
  ca_cert_pem           = tls_self_signed_cert.ca.cert_pem
  validity_period_hours = 12
  allowed_uses          = ["server_auth"]
}
output "ca" { value = tls_self_signed_cert.ca.cert_pem }
output "leaf" { value = tls_locally_signed_cert.leaf.cert_pem }
output "ssh" { value = tls_private_key.leaf.public_key_openssh }
output "key" {
  value     = tls_private_key.leaf.private_key_pem
  sensitive = true
}`,
      async (work) => {
        const { ca = '', leaf = '', ssh = '', key = '' } = await outputs(work);
        const [authority, certificate] = [new X509Certificate(ca), new X509Certificate(leaf)];
        assert.ok(authority.verify(authority.publicKey), 'signed by itself');
        assert.ok(certificate.verify(authority.publicKey) && certificate.checkIssued(authority));
        assert.equal(certificate.checkHost('model.example'), 'model.example');
        assert.ok(certificate.checkPrivateKey(createPrivateKey(key)));
        assert.match(ssh, /^ssh-ed25519 AAAA/);
      },
    ));

  it('write files and archives inside the sandbox only', async () => {
    const outside = path.join(__dirname, 'must-not-appear.txt');
    await lifeCycle(
      `
resource "local_file" "note" {
  filename = "\${path.module}/out/note.txt"
  content  = "hello"
}
resource "local_file" "outside" {
  filename = ${JSON.stringify(outside)}
  content  = "no"
}
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "\${path.module}/code"
  excludes    = ["**/*.log"]
  output_path = "\${path.module}/out/code.zip"
}
output "md5" { value = local_file.note.content_md5 }
output "zip" { value = data.archive_file.code.output_base64sha256 }`,
      async (work) => {
        const session = await work.open();
        const { md5 = '', zip = '' } = await outputs(work);
        assert.equal(md5, createHash('md5').update('hello').digest('hex'));
        assert.equal(readFileSync(path.join(session.workingDirectory, 'out/note.txt'), 'utf8'), 'hello');
        const archive = readFileSync(path.join(session.workingDirectory, 'out/code.zip'));
        assert.equal(createHash('sha256').update(archive).digest('base64'), zip);
        assert.ok(archive.includes('deep/a.py') && !archive.includes('b.log'));
        assert.equal(existsSync(outside), false);
        assert.equal(existsSync(path.join(work.folder, 'out')), false, 'the folder of the person');
      },
      { 'code/main.py': 'print(1)\n', 'code/deep/a.py': 'a\n', 'code/b.log': 'no\n' },
    );
  });

  it('know the time they were told, and follow their triggers', () =>
    lifeCycle(
      `
variable "trigger" { default = "a" }
resource "time_static" "then" { rfc3339 = "2024-02-29T12:00:00Z" }
resource "time_offset" "later" {
  base_rfc3339 = time_static.then.rfc3339
  offset_days  = 1
}
resource "random_pet" "name" { keepers = { t = var.trigger } }
resource "null_resource" "run" { triggers = { t = var.trigger } }
resource "random_string" "s" {
  length  = 8
  special = false
}
output "later" { value = time_offset.later.rfc3339 }
output "parsed" { value = provider::time::rfc3339_parse("2023-01-01T00:00:00Z").weekday_name }
output "arn" { value = provider::aws::arn_parse("arn:aws:iam::123456789012:role/a").resource }
output "manifest" { value = provider::kubernetes::manifest_decode("apiVersion: v1\\nkind: Secret\\nmetadata:\\n  name: x\\n").metadata.name }
terraform {
  required_providers {
    time       = { source = "hashicorp/time" }
    aws        = { source = "hashicorp/aws" }
    kubernetes = { source = "hashicorp/kubernetes" }
  }
}`,
      async (work) => {
        const { later, parsed, arn, manifest } = await outputs(work);
        assert.deepEqual([later, parsed, arn, manifest], ['2024-03-01T12:00:00Z', 'Sunday', 'role/a', 'x']);
        const plan = await work.terraform('plan', '-var=trigger=b');
        assert.match(plan.stdout, /Plan: 2 to add, 0 to change, 2 to destroy/);
      },
    ));
});

describeWithTerraform('the other clouds', function () {
  this.timeout(60_000);

  it('Google: paths, labels, replacement', () =>
    lifeCycle(
      `
variable "zone" { default = "us-central1-a" }
provider "google" {
  project = "ml"
  region  = "us-central1"
}
data "google_compute_zones" "all" {}
data "google_client_config" "me" {}
resource "google_compute_disk" "data" {
  name   = "data"
  zone   = var.zone
  labels = { team = "ml" }
}
resource "google_container_cluster" "main" {
  name               = "main"
  location           = "us-central1"
  initial_node_count = 1
}
resource "google_storage_bucket" "data" {
  name     = "data"
  location = "EU"
}
output "zones" { value = data.google_compute_zones.all.names[1] }
output "id" { value = google_compute_disk.data.id }
output "ca" { value = base64decode(google_container_cluster.main.master_auth[0].cluster_ca_certificate) }`,
      async (work) => {
        const { zones, id, ca = '' } = await outputs(work);
        assert.deepEqual([zones, id], ['us-central1-b', 'projects/ml/zones/us-central1-a/disks/data']);
        assert.ok(new X509Certificate(ca).ca);
        const plan = await work.terraform('plan', '-var=zone=us-central1-b');
        assert.match(plan.stdout, /zone += "us-central1-a" -> "us-central1-b" # forces replacement/);
      },
    ));

  it('Azure and Kubernetes: ids, endpoints, defaults', () =>
    lifeCycle(
      `
provider "azurerm" {
  features {}
}
data "azurerm_client_config" "me" {}
resource "azurerm_resource_group" "ml" {
  name     = "ml"
  location = "westeurope"
}
resource "azurerm_storage_account" "data" {
  name                     = "mldata"
  resource_group_name      = azurerm_resource_group.ml.name
  location                 = azurerm_resource_group.ml.location
  account_tier             = "Standard"
  account_replication_type = "LRS"
}
resource "kubernetes_namespace" "ml" {
  metadata { name = "ml" }
}
resource "kubernetes_deployment" "serve" {
  metadata {
    name      = "serve"
    namespace = kubernetes_namespace.ml.metadata[0].name
  }
  spec {
    selector { match_labels = { app = "serve" } }
    template {
      metadata { labels = { app = "serve" } }
      spec {
        container {
          name  = "serve"
          image = "serve:1"
        }
      }
    }
  }
}
output "id" { value = azurerm_storage_account.data.id }
output "blob" { value = azurerm_storage_account.data.primary_blob_endpoint }
output "deployment" { value = kubernetes_deployment.serve.id }
output "tenant" { value = data.azurerm_client_config.me.tenant_id }`,
      async (work) => {
        const { id = '', blob, deployment, tenant = '' } = await outputs(work);
        assert.match(id, /\/resourceGroups\/ml\/providers\/Microsoft.Storage\/storageAccounts\/mldata$/);
        assert.deepEqual([blob, deployment], ['https://mldata.blob.core.windows.net/', 'ml/serve']);
        assert.match(tenant, /^[0-9a-f-]{36}$/);
      },
    ));
});
