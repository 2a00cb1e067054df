import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { table } from './table.mjs';
import { valuesSection } from './values/page.mjs';

/** Writes NOTICE.md: under which licence the files beside it are, and where their contents come from. */
export function writeNotice(folder, providers) {
  const rows = providers.map(({ file, package: origin, source, version, prose }) => [
    file,
    origin,
    prose ?? '',
    `${shortSource(source)} ${version}`,
  ]);
  const text = `# Licence of the provider schemas

This file is written by \`generate.mjs\`.

The \`.tfs\` files in this folder are data under the Mozilla Public License 2.0 (https://www.mozilla.org/MPL/2.0/).
They were produced by \`generate.mjs\` from the npm packages named below, which are published under the same licence and
hold descriptions written by the authors of the providers. Where a second package is named, descriptions that the first
one lacks were taken from it; those packages are published under the Apache License 2.0
(https://www.apache.org/licenses/LICENSE-2.0) by Pulumi Corporation and derive from the documentation of the same
providers. The file of the builtin provider holds facts about Terraform and sentences of our own. The code of Terratrain,
these scripts included, has its own licence; see LICENSE at the root of the project.

The \`.tfv\` files hold values of arguments: names that the providers' descriptions and the interfaces of the clouds give
(the latter out of AWS's SDK packages, Apache License 2.0, Amazon Web Services), and facts about machines and regions out
of the clouds' public documentation. Sentences about single values are the providers', under their licence as above.

${table(['file', 'schema from', 'further descriptions from', 'provider'], rows)}

Source of the packages: the repositories open-constructs/cdk-terrain, hashicorp/terraform-cdk, cdktf/cdktf-provider-* and
pulumi/pulumi-* on GitHub. \`manifest.json\` names version, counts and checksum of each file. The statements in
\`overlays/\` on sensitive, deprecated and limited attributes are facts; each overlay names where they were checked.
`;
  writeFileSync(path.join(folder, 'NOTICE.md'), text);
}

/** Writes docs/providers.md: what is bundled, how much, how large. The section about known values stays as it is. */
export function writePage(file, providers) {
  const sum = (key) => providers.reduce((total, each) => total + each[key], 0);
  const rows = [...providers]
    .sort((a, b) => shortSource(a.source).localeCompare(shortSource(b.source)))
    .map((each) => [
      `[${shortSource(each.source)}](${documentation(each)})`,
      each.version,
      ...['resources', 'data', 'ephemeral', 'functions', 'attributes'].map((key) => number(each[key])),
      `${Math.round((100 * each.described) / Math.max(1, each.attributes))} %`,
      number(Math.ceil(each.bytes / 1024)),
    ]);
  const totals = ['resources', 'data', 'ephemeral', 'functions', 'attributes'].map((key) => number(sum(key)));
  const described = `${Math.round((100 * sum('described')) / sum('attributes'))} %`;
  rows.push([`**${providers.length} providers**`, '', ...totals, described, number(Math.ceil(sum('bytes') / 1024))]);
  const head = ['provider', 'version', 'resources', 'data sources', 'ephemeral', 'functions', 'attributes', 'described', 'KB'];
  const text = `# Provider schemas

Terratrain knows the providers below without a network, without \`terraform init\` and without credentials: completion,
hover, checks and the sandbox work on a configuration that was just cloned. This page is written by
\`server/providers/data/generate.mjs\`.

${table(head, rows)}

_Attributes_ counts arguments and exported attributes at every level; _described_ is the share of them with a sentence
of explanation. A type is read from its file when it is first needed, so that memory follows the types in use.

## The provider you have installed wins

After \`terraform init\` Terratrain asks the installed providers for their own schemas (\`terraform providers schema\`, in
the background, in a scratch folder that has nothing of your configuration but the lock file's providers) and keeps the
answer in a cache that all workspaces share. From then on hover, completion and checks follow exactly your versions; each
answer says where it comes from: \`hashicorp/aws 6.66.0 bundled\` or \`hashicorp/aws 5.40.0 installed\`. This runs the
provider's program, so it happens in trusted workspaces only; other editors say so with the initialisation option
\`trusted\`. On the command line \`terratrain check --installed\` asks them.

Where the bundled version is not the one the configuration asks for (in \`required_providers\` or in the lock file), what
would be an error is a warning that names both versions.

## Providers that are neither bundled nor installed

Nothing is reported about their arguments. Completion offers the arguments that the workspace itself uses for the same
type elsewhere.

${existsSync(file) ? valuesSection(readFileSync(file, 'utf8')) : ''}Licences: see \`server/providers/data/NOTICE.md\`.
`;
  writeFileSync(file, text);
}

function documentation({ source }) {
  if (source === 'terraform.io/builtin/terraform') return 'https://developer.hashicorp.com/terraform/language/resources/terraform-data';
  return `https://registry.terraform.io/providers/${shortSource(source)}/latest/docs`;
}

function shortSource(source) {
  return source.replace(/^(registry\.)?terraform\.io\//, '');
}

function number(value) {
  return value.toLocaleString('en-US');
}
