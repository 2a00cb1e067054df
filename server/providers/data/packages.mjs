import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { extractEntry, settleStructs } from './extract.mjs';
import { readFunctions } from './functions.mjs';
import { markWriteOnly } from './overlay.mjs';
import { readPackage } from './source.mjs';

/**
 * Where the schemas come from: npm packages of generated bindings, which hold every attribute of a provider.
 * To update a provider raise its version, run `node server/providers/data/generate.mjs` and look at the counts.
 * The maintained family (@cdktn) wins over the frozen one (@cdktf) where both publish a provider.
 *
 * `nested` says that the provider has nested attributes although nothing in its bindings proves it; `prose` names a
 * package whose descriptions fill the gaps where the bindings have few.
 */
export const packages = [
  { name: '@cdktn/provider-aws', version: '25.7.0', prose: { name: '@pulumi/aws', version: '7.48.0' } },
  { name: '@cdktn/provider-azurerm', version: '16.1.0', prose: { name: '@pulumi/azure', version: '6.40.0' } },
  { name: '@cdktn/provider-random', version: '15.0.1' },
  { name: '@cdktf/provider-archive', version: '11.0.1' },
  { name: '@cdktf/provider-azuread', version: '14.3.1', prose: { name: '@pulumi/azuread', version: '6.9.1' } },
  { name: '@cdktf/provider-cloudflare', version: '13.9.1', prose: { name: '@pulumi/cloudflare', version: '6.22.1' } },
  { name: '@cdktf/provider-cloudinit', version: '11.0.1' },
  { name: '@cdktf/provider-databricks', version: '15.16.1', prose: { name: '@pulumi/databricks', version: '1.110.0' } },
  { name: '@cdktf/provider-datadog', version: '12.15.2' },
  { name: '@cdktf/provider-digitalocean', version: '13.14.1', prose: { name: '@pulumi/digitalocean', version: '4.80.1' } },
  { name: '@cdktf/provider-dns', version: '9.0.1' },
  { name: '@cdktf/provider-docker', version: '12.0.3' },
  { name: '@cdktf/provider-external', version: '11.0.1' },
  { name: '@cdktf/provider-github', version: '15.3.1', prose: { name: '@pulumi/github', version: '6.15.0' } },
  { name: '@cdktf/provider-gitlab', version: '15.6.2' },
  { name: '@cdktf/provider-google', version: '16.12.1', prose: { name: '@pulumi/gcp', version: '9.37.0' } },
  { name: '@cdktf/provider-google-beta', version: '16.12.1', prose: { name: '@pulumi/gcp', version: '9.37.0' } },
  { name: '@cdktf/provider-helm', version: '12.1.2' },
  { name: '@cdktf/provider-http', version: '10.0.1' },
  { name: '@cdktf/provider-kubernetes', version: '12.1.1' },
  { name: '@cdktf/provider-launchdarkly', version: '5.1.1' },
  { name: '@cdktf/provider-local', version: '11.1.1' },
  { name: '@cdktf/provider-mongodbatlas', version: '8.6.2', prose: { name: '@pulumi/mongodbatlas', version: '4.16.0' } },
  { name: '@cdktf/provider-newrelic', version: '13.12.2', prose: { name: '@pulumi/newrelic', version: '5.77.0' } },
  { name: '@cdktf/provider-null', version: '11.0.1' },
  { name: '@cdktf/provider-okta', version: '14.1.1', nested: true, prose: { name: '@pulumi/okta', version: '7.0.0' } },
  { name: '@cdktf/provider-opentelekomcloud', version: '12.0.16' },
  { name: '@cdktf/provider-pagerduty', version: '14.3.9', prose: { name: '@pulumi/pagerduty', version: '3.4.0' } },
  { name: '@cdktf/provider-postgresql', version: '12.1.1' },
  { name: '@cdktf/provider-snowflake', version: '15.9.1', prose: { name: '@pulumi/snowflake', version: '1.3.0' } },
  { name: '@cdktf/provider-tfe', version: '12.5.1' },
  { name: '@cdktf/provider-time', version: '11.0.1' },
  { name: '@cdktf/provider-tls', version: '11.0.1' },
  { name: '@cdktf/provider-vault', version: '15.6.1', prose: { name: '@pulumi/vault', version: '7.8.0' } },
];

/**
 * Downloads the archive of a package into a folder, unless it is there. Only the archive: no script of a package runs,
 * and nothing is installed.
 *
 * @returns {string} path of the archive
 */
export function download({ name, version }, folder) {
  const file = path.join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  if (existsSync(file)) return file;
  const flags = ['pack', '--silent', '--pack-destination', folder, `${name}@${version}`];
  execFileSync('npm', flags, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  return file;
}

/**
 * The provider that a package of bindings describes, before any repair.
 *
 * @returns {Promise<{ source: string, version: string, package: string, blocks: Map<string, object>, functions: object[] }>}
 *   blocks by `<kind>.<name>`
 */
export async function extractPackage(archive, { nested = false } = {}) {
  const { entries, functions, ...provenance } = await readPackage(archive);
  const blocks = new Map(entries.map((entry) => [`${entry.kind}.${entry.name}`, extractEntry(entry)]));
  settleStructs([...blocks.values()], nested);
  for (const [key, block] of blocks) if (key.startsWith('resource.')) markWriteOnly(block);
  return { ...provenance, blocks, functions: readFunctions(functions) };
}
