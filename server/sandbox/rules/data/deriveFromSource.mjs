// Takes defaults and immutable arguments of Google, Azure and Kubernetes types from the providers' public source, at the
// versions of the bundled schemas.
// Run: node server/sandbox/rules/data/deriveFromSource.mjs FOLDER, where FOLDER holds clones named as the repositories.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import path from 'node:path';
import { GoSource, rulesOf } from './goSchemas.mjs';
import { azurermTypes, googleTypes, kubernetesTypes } from './typeLists.mjs';

const [folder] = process.argv.slice(2);
const open = (name, commit) => new GoSource(path.join(folder, name), commit);

function google() {
  const version = '6.50.0';
  const source = open('terraform-provider-google', `v${version}`);
  const files = source.list(/^google\/services\/.*\/resource_\w+\.go$/);
  const types = {};
  for (const type of googleTypes) {
    const file = files.find((each) => each.endsWith(`/resource_${type.replace(/^google_/, '')}.go`));
    const home = file && path.posix.dirname(file);
    const wanted = `Resource${type.replace(/^google/, '').replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase())}`;
    const name =
      file && [...source.read(file).keys()].find((each) => each.toLowerCase() === wanted.toLowerCase());
    const declared = name && source.folder(home).get(name);
    const packages = { container: 'google/services/container', compute: 'google/services/compute' };
    types[type] = declared && rulesOf(declared, home, source, packages);
  }
  return { provider: 'hashicorp/google', version, types };
}

function azurerm() {
  const version = '4.73.0';
  const source = open('terraform-provider-azurerm', `v${version}`);
  const packages = {
    commonschema: 'vendor/github.com/hashicorp/go-azure-helpers/resourcemanager/commonschema',
    helpers: 'internal/services/containerapps/helpers',
    tags: 'internal/tags',
  };
  const types = {};
  for (const type of azurermTypes) types[type] = withDocumentedDefaults(source, type, azurermRules(source, type, packages));
  return { provider: 'hashicorp/azurerm', version, types };
}

function azurermRules(source, type, packages) {
  const files = source
    .search(`"${type}"`, 'internal/services/*.go')
    .filter((file) => !/_test\.go$|data_source|list_resource|migration|validate/.test(file));
  for (const file of files.filter((each) => each.endsWith('/registration.go'))) {
    const text = source.git('show', `${source.commit}:${file}`);
    const names = [...text.matchAll(new RegExp(`"${type}":\\s+(resource\\w+)\\(\\)`, 'g'))].map(([, name]) => name);
    const home = path.posix.dirname(file);
    const declared = names[0] && source.folder(home).get(names[0]);
    if (declared) return rulesOf(viaLocal(declared), home, source, { ...packages, helpers: helpersOf(home) });
  }
  for (const file of files.filter((each) => !each.endsWith('/registration.go'))) {
    const home = path.posix.dirname(file);
    for (const [name, declared] of source.read(file)) {
      if (!name.endsWith('.ResourceType') || declared.returned?.value !== type) continue;
      const schema = source.read(file).get(name.replace(/ResourceType$/, 'Arguments'));
      if (schema) return rulesOf(schema, home, source, { ...packages, helpers: helpersOf(home) });
    }
  }
  return undefined;
}

/** Defaults that are constants elsewhere, as the documentation page of the same version says them. */
function withDocumentedDefaults(source, type, rules) {
  const missing = (rules?.unresolved ?? []).filter((path) => !path.includes('.'));
  if (missing.length === 0) return rules;
  const page = source.git('show', `${source.commit}:website/docs/r/${type.replace(/^azurerm_/, '')}.html.markdown`);
  const arguments_ = page.split(/^An? `\w+` block (?:supports|exports)/m)[0];
  const defaults = { ...rules.defaults };
  for (const name of missing) {
    const line = arguments_.split('\n').find((each) => each.startsWith(`* \`${name}\` - `));
    const value = /Defaults to `([^`]*)`/.exec(line ?? '')?.[1];
    if (value !== undefined) defaults[name] = /^(true|false|-?\d+)$/.test(value) ? JSON.parse(value) : value;
  }
  return { ...rules, defaults };
}

function helpersOf(home) {
  return `${home}/helpers`;
}

/** `resource := &Resource{…}; …; return resource`. */
function viaLocal(declared) {
  const { returned, locals } = declared;
  return returned?.kind === 'name' ? { ...declared, returned: locals.get(returned.name) ?? returned } : declared;
}

function kubernetes() {
  const version = '2.38.0';
  const source = open('terraform-provider-kubernetes', `v${version}`);
  const types = {};
  for (const name of kubernetesTypes) {
    const camel = name.replaceAll(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase());
    const declared = ['V1', '']
      .map((suffix) => source.folder('kubernetes').get(`resourceKubernetes${camel}${suffix}`))
      .find((each) => each !== undefined);
    const rules = declared && rulesOf(declared, 'kubernetes', source, {});
    types[`kubernetes_${name}`] = rules;
    if (!/_v\d$/.test(name)) types[`kubernetes_${name}_v1`] = rules;
    if (name === 'daemon_set') types.kubernetes_daemonset = rules;
  }
  return { provider: 'hashicorp/kubernetes', version, types };
}

/** Deep inside a pod everything follows the pod itself. */
const deepest = 7;

async function write({ provider, version, types }) {
  const name = provider.slice(provider.indexOf('/') + 1);
  const lines = [];
  for (const [type, rules] of Object.entries(types)) {
    if (rules === undefined || rules.replace.length + Object.keys(rules.defaults).length === 0) {
      console.log(`nothing found for ${type}`);
      continue;
    }
    const replace = shortest(rules.replace.filter((each) => each.split('.').length <= deepest));
    const defaults = Object.fromEntries(
      Object.entries(rules.defaults).filter(([each]) => each.split('.').length <= deepest),
    );
    const blocks = rules.computedBlocks.filter((each) => each.split('.').length <= deepest);
    const entry = {
      ...(replace.length > 0 && { replace: replace.join(' ') }),
      ...(Object.keys(defaults).length > 0 && { defaults }),
      ...(blocks.length > 0 && { computedBlocks: blocks.join(' ') }),
    };
    lines.push(`    ${JSON.stringify(type)}: ${JSON.stringify(entry)}`);
  }
  const source =
    `github.com/${provider.replace('/', '/terraform-provider-')} at v${version}, read by data/deriveFromSource.mjs; ` +
    `documented at https://registry.terraform.io/providers/${provider}/${version}/docs`;
  const head = [['provider', provider], ['version', version], ['source', source]]
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`)
    .join('\n');
  const file = fileURLToPath(new URL(`../${name}.json`, import.meta.url));
  const text = `{\n${head}\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
  console.log(`${name}: ${lines.length} types`);
}

/** What stands inside something that replaces the object needs no line of its own. */
function shortest(paths) {
  const all = new Set(paths);
  return paths.filter((each) => {
    const steps = each.split('.');
    return !steps.some((_, index) => index > 0 && all.has(steps.slice(0, index).join('.')));
  });
}

await write(google());
await write(azurerm());
await write(kubernetes());
