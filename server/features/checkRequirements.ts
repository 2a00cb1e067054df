import type { Attribute } from '../hcl/syntax';
import { factsOf } from '../terraform/facts';
import type { ConfigFile, Declaration, Module, ProviderRequirement } from '../terraform/model';
import {
  builtinProvider,
  chosenProvider,
  impliedProvider,
  shortSource,
  sourceOf,
} from '../terraform/providerSource';
import { attributeOf, blocksOf, keyName } from '../terraform/values';
import { satisfies } from '../terraform/versionConstraint';
import type { Range } from '../text/range';
import type { Diagnostic } from './diagnostic';
import { Findings } from './findings';
import { configurationAliases } from './providerConfigurations';
import { lockedVersions, schemaDirectories } from './schemaPlaces';
import type { Snapshot } from './snapshot';

/** Checks which providers a module requires: versions that are not at hand, what nothing uses, and what is not said. */
export function checkRequirements(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const findings = new Findings(snapshot, module, config);
  for (const attribute of requirementsIn(config)) {
    const requirement = module.requirements.find(({ name }) => name === attribute.name);
    if (requirement === undefined) continue;
    checkVersions(findings, attribute, requirement);
    checkTwice(findings, attribute, requirement);
    checkUsed(findings, attribute, requirement);
  }
  // Files nobody read may require anything.
  if (module.unread.length === 0) checkMissing(findings);
  return findings.found;
}

function requirementsIn(config: ConfigFile): Attribute[] {
  return blocksOf(config.syntax.body, 'terraform')
    .flatMap(({ body }) => blocksOf(body, 'required_providers'))
    .flatMap(({ body }) => body.items.filter((item) => item.kind === 'attribute'));
}

/** Says once, at the constraint, which versions are at hand that it excludes. */
function checkVersions(
  findings: Findings,
  attribute: Attribute,
  { name, source, version }: ProviderRequirement,
): void {
  if (version === undefined) return;
  const { snapshot, module } = findings;
  const range = versionRange(attribute);
  const locked = lockedVersions(snapshot, module).get(source);
  if (locked !== undefined && satisfies(locked, version) === false) {
    const message = `The lock file has version ${locked} of ${shortSource(source)}, which this excludes. Run terraform init -upgrade.`;
    findings.add('locked-version', range, message, { facts: { name, version: locked } });
    return;
  }
  const provider = snapshot.schemas.provider(source, schemaDirectories(snapshot, module));
  if (provider?.provenance.origin !== 'bundled') return;
  const known = provider.provenance.version;
  if (satisfies(known, version) !== false) return;
  const message = `Terratrain knows version ${known} of ${shortSource(source)}, which this excludes. Until terraform init has installed the provider, what looks wrong in its blocks is only a warning.`;
  findings.add('provider-version', range, message, { facts: { name, version: known } });
}

function versionRange({ value }: Attribute): Range {
  const items = value.kind === 'object' ? value.items : [];
  return items.find(({ key }) => keyName(key) === 'version')?.value.range ?? value.range;
}

/** One provider under two local names. */
function checkTwice(
  findings: Findings,
  { name, nameRange }: Attribute,
  { source }: ProviderRequirement,
): void {
  const first = findings.module.requirements.find((requirement) => requirement.source === source);
  if (first === undefined || first.name === name) return;
  const message = `The provider ${shortSource(source)} is required as "${first.name}" already. Keep one of the two names.`;
  findings.add('duplicate-requirement', nameRange, message, { facts: { name } });
}

/** A requirement that neither the module nor one that it calls makes use of. */
function checkUsed(
  findings: Findings,
  { nameRange }: Attribute,
  { name, source }: ProviderRequirement,
): void {
  const { snapshot, module } = findings;
  const { index } = snapshot;
  if (module.unread.length > 0 || module.files.some(({ syntax }) => syntax.errors.length > 0)) return;
  // A module of requirements alone pins versions for somebody else.
  if (!module.declarations.some(({ type, kind }) => type !== '' || kind === 'module')) return;
  const seen = new Set([module]);
  for (const each of seen) {
    if (usesProvider(each, each === module ? name : undefined, source)) return;
    for (const declaration of each.declarations) {
      if (declaration.kind !== 'module') continue;
      const called = index.called(declaration, each);
      // What is not on disk may use anything.
      if (called === undefined) return;
      seen.add(called);
    }
  }
  const message = `Nothing in this module, nor in those that it calls, uses the provider "${name}".`;
  findings.add('unused-requirement', nameRange, message, { facts: { name } });
}

/** By its local name, where that is given, or by its source under whatever name. */
function usesProvider(module: Module, name: string | undefined, source: string): boolean {
  const isMeant = (local: string) => local === name || sourceOf(local, module) === source;
  const { providers, functions } = providersUsed(module);
  if ([...providers].some(isMeant)) return true;
  if (name === undefined) return module.requirements.some((requirement) => requirement.source === source);
  if (functions.has(name)) return true;
  return [...configurationAliases(module)].some((alias) => alias.split('.')[0] === name);
}

interface Used {
  /** Local names. */
  readonly providers: ReadonlySet<string>;
  /** Local names of the providers whose functions are called. */
  readonly functions: ReadonlySet<string>;
}

const used = new WeakMap<Module, Used>();

function providersUsed(module: Module): Used {
  const known = used.get(module);
  if (known !== undefined) return known;
  const providers = new Set<string>();
  const functions = new Set<string>();
  for (const declaration of module.declarations) {
    if (declaration.kind === 'provider') providers.add(declaration.name);
    else if (declaration.type !== '') providers.add(localProvider(declaration));
  }
  for (const file of module.files) {
    for (const uses of factsOf(file).uses.values()) {
      for (const { kind, traversal } of uses) if (kind === 'provider') providers.add(traversal.root.name);
    }
    for (const [, name] of file.syntax.text.matchAll(/\bprovider::([\w-]+)::/g)) functions.add(name ?? '');
  }
  const answer = { providers, functions };
  used.set(module, answer);
  return answer;
}

function localProvider({ node, type }: Declaration): string {
  return (node.kind === 'block' ? chosenProvider(node) : undefined) ?? impliedProvider(type);
}

/** Providers that the file's blocks belong to and that nobody requires, each at its first block in the module. */
function checkMissing(findings: Findings): void {
  const { snapshot, module, config } = findings;
  const required = new Set(module.requirements.map(({ name }) => name));
  const seen = new Set<string>();
  for (const declaration of module.declarations) {
    const { node, type, file } = declaration;
    if (type === '' || node.kind !== 'block') continue;
    const name = localProvider(declaration);
    if (required.has(name) || seen.has(name)) continue;
    seen.add(name);
    const label = node.labels[0];
    if (file !== config || label === undefined || attributeOf(node.body, 'provider') !== undefined) continue;
    const source = sourceOf(name, module);
    if (source === builtinProvider || name === 'terraform') continue;
    const provenance = snapshot.schemas.provider(source, schemaDirectories(snapshot, module))?.provenance;
    if (provenance === undefined) otherSource(findings, name, label.range);
    else if (required.size > 0) {
      const version = pinned(provenance.version);
      const message = `The provider "${name}" is not in required_providers, so that any version of ${shortSource(source)} may be taken. Add it.`;
      const facts = { name, source: shortSource(source), version };
      findings.add('missing-requirement', label.range, message, { facts });
    }
  }
}

/** A name alone means a provider of HashiCorp; those of others have to be named in full. */
function otherSource(findings: Findings, name: string, range: Range): void {
  const { schemas } = findings.snapshot;
  const others = schemas.sources().filter((source) => source.endsWith(`/${name}`));
  const [source] = others;
  if (source === undefined) return;
  const version = pinned(schemas.provider(source)?.provenance.version ?? '');
  const shown = shortSource(source);
  const message = `Terraform takes "${name}" to be hashicorp/${name}. Say in required_providers that it is ${shown}.`;
  findings.add('wrong-source', range, message, { facts: { name, source: shown, version } });
}

/** `6.66.0` as a constraint that takes later versions which change nothing: `~> 6.66`. */
function pinned(version: string): string {
  const [major, minor] = version.split('.');
  return minor === undefined ? version : `~> ${major ?? ''}.${minor}`;
}
