import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Block } from '../hcl/syntax';
import type { Declaration, Module, ModuleNode } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { isLocalSource, moduleSource } from '../terraform/moduleCalls';
import { sourceOf } from '../terraform/providerSource';
import { toTraversal } from '../terraform/traversal';
import { attributeOf, literalString } from '../terraform/values';
import { satisfies } from '../terraform/versionConstraint';
import { exampleValue } from './examples';
import { writeWhenDifferent } from './mirror';
import { quote } from './overrides';
import type { Places } from './places';
import { SandboxError } from './sandboxError';
import type { UsedTypes } from './usedTypes';

/** A call of a module that is not on this machine. */
export interface MissingModule {
  readonly node: ModuleNode;
  readonly call: Declaration;
  /** `module.net.module.inner`. */
  readonly address: string;
  readonly source: string;
}

/** A stand-in, as terraform's list of installed modules describes it. */
export interface StubModule {
  readonly Key: string;
  readonly Source: string;
  readonly Version?: string;
  /** Absolute. */
  readonly directory: string;
}

export function missingModules(tree: ModuleNode): readonly MissingModule[] {
  return [...eachNode(tree)].flatMap((node) =>
    node.unresolved.map((call) => ({
      node,
      call,
      address: [...node.path.map((name) => `module.${name}`), call.address].join('.'),
      source: moduleSource(call) ?? '',
    })),
  );
}

/**
 * Without network nothing can be downloaded, and a module nobody has read cannot be simulated.
 *
 * @param canStub whether the person could ask for stand-ins
 */
export function refuseMissing(missing: readonly MissingModule[], root: string, canStub: boolean): void {
  const [first] = missing.filter(({ source }) => !canStub || !isStubable(source));
  if (first === undefined) return;
  const { address, source, call } = first;
  const what = `${address} (${call.file.path}) `;
  if (source === '') throw new SandboxError(`${what}names no source as a plain text, so it cannot be found.`);
  if (isLocalSource(source)) {
    throw new SandboxError(
      `${what}is not on this machine: "${source}" is no folder with configuration, or it calls itself. Correct the source.`,
    );
  }
  throw new SandboxError(
    `${what}is not on this machine, and the sandbox downloads nothing: "${source}". ` +
      `Download it once with "terraform get" in ${root}, or use a stand-in for every such module with --stub-modules.`,
  );
}

/** Whether a stand-in can take the place of a module; a local one is a mistake of the person, who should know. */
function isStubable(source: string): boolean {
  return source !== '' && !isLocalSource(source);
}

/** Writes a module for each missing one: it accepts the arguments of the call and gives made-up outputs. */
export function writeStubs(
  missing: readonly MissingModule[],
  places: Places,
  used: () => UsedTypes,
): readonly StubModule[] {
  rmSync(places.stubs, { recursive: true, force: true });
  return missing.map(({ node, call, source }, index) => {
    const directory = path.join(places.stubs, String(index));
    writeWhenDifferent(path.join(directory, 'main.tf'), stubText(call, node.module, used()));
    const constraint =
      call.node.kind === 'block' ? literalString(attributeOf(call.node.body, 'version')?.value) : undefined;
    return {
      Key: [...node.path, call.name].join('.'),
      Source: installedSource(source),
      ...(isRegistrySource(source) && { Version: versionFor(constraint) }),
      directory,
    };
  });
}

/**
 * The local modules around stand-ins: terraform looks at what is listed below a module only if that one is listed too.
 */
export function listedLocals(tree: ModuleNode): readonly StubModule[] {
  return [...eachNode(tree)].flatMap(({ path: calls, call, module: { directory } }) => {
    const source = call === undefined ? undefined : moduleSource(call);
    if (source === undefined || !isLocalSource(source)) return [];
    const normal = path.posix.normalize(source.replaceAll('\\', '/')).replace(/\/$/, '');
    return [{ Key: calls.join('.'), Source: normal.startsWith('.') ? normal : `./${normal}`, directory }];
  });
}

function stubText(call: Declaration, module: Module, used: UsedTypes): string {
  const parts = ['# Written by Terratrain: a stand-in for a module that is not on this machine.'];
  if (call.node.kind === 'block') {
    parts.push(...requirementLines(call.node, module));
    for (const item of call.node.body.items) {
      if (item.kind === 'attribute' && !metaArguments.has(item.name)) {
        parts.push(`variable ${quote(item.name)} {`, '  type    = any', '  default = null', '}');
      }
    }
  }
  const type = used.of(module, call.address);
  const outputs = typeof type !== 'string' && type[0] === 'object' ? type[1] : {};
  for (const [name, inner] of Object.entries(outputs)) {
    const value = `jsondecode(${quote(JSON.stringify(exampleValue(name, inner, call.address)))})`;
    const isSet = typeof inner !== 'string' && inner[0] === 'set';
    parts.push(`output ${quote(name)} {`, `  value = ${isSet ? `toset(${value})` : value}`, '}');
  }
  return `${parts.join('\n')}\n`;
}

const metaArguments = new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']);

/** What a call hands over under `providers`, a module must expect. */
function requirementLines(call: Block, module: Module): readonly string[] {
  const providers = attributeOf(call.body, 'providers')?.value;
  if (providers?.kind !== 'object') return [];
  const aliases = new Map<string, { source: string; names: string[] }>();
  for (const { key, value } of providers.items) {
    const inner = toTraversal(key);
    const outer = toTraversal(value)?.root.name;
    if (inner === undefined || outer === undefined) continue;
    const entry = aliases.get(inner.root.name) ?? { source: sourceOf(outer, module), names: [] };
    const [alias] = inner.steps;
    if (alias?.kind === 'name') entry.names.push(`${inner.root.name}.${alias.name}`);
    aliases.set(inner.root.name, entry);
  }
  const lines = [...aliases].map(
    ([name, { source, names }]) =>
      `    ${name} = { source = ${quote(source)}, configuration_aliases = [${names.join(', ')}] }`,
  );
  return ['terraform {', '  required_providers {', ...lines, '  }', '}'];
}

function isRegistrySource(source: string): boolean {
  return (
    /^([A-Za-z0-9.:-]+\/)?[0-9A-Za-z_-]+\/[0-9A-Za-z_-]+\/[0-9a-z]+(\/\/.*)?$/.test(source) &&
    !isRepository(source)
  );
}

function isRepository(source: string): boolean {
  return /^(github\.com|bitbucket\.org|gitlab\.com)\//.test(source);
}

/** How terraform writes a source into its list: with everything spelled out that a person may leave out. */
function installedSource(source: string): string {
  if (isRegistrySource(source))
    return source.split('//')[0]?.split('/').length === 3 ? `registry.terraform.io/${source}` : source;
  const github = /^(github\.com\/[^/]+\/[^/?]+?)(\.git)?((?:\/\/[^?]*)?)(\?.*)?$/.exec(source);
  if (github !== null) return `git::https://${github[1] ?? ''}.git${github[3] ?? ''}${github[4] ?? ''}`;
  const ssh = /^(?:git::)?([^@/:]+@[^:/]+):(.+)$/.exec(source);
  if (ssh !== null) return `git::ssh://${ssh[1] ?? ''}/${ssh[2] ?? ''}`;
  return source;
}

/** A version that the call accepts. */
function versionFor(constraint: string | undefined): string {
  const named = [...(constraint ?? '').matchAll(/\d+(?:\.\d+){0,2}/g)].map(([text]) => {
    const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
    return [major, minor, patch] as const;
  });
  const candidates = named.flatMap(([major, minor, patch]) => [
    `${major}.${minor}.${patch}`,
    `${major}.${minor}.${patch + 1}`,
    ...(patch > 0 ? [`${major}.${minor}.${patch - 1}`] : []),
    ...(minor > 0 ? [`${major}.${minor - 1}.0`] : []),
    ...(major > 0 ? [`${major - 1}.0.0`] : []),
  ]);
  return candidates.find((version) => satisfies(version, constraint ?? '') === true) ?? '1.0.0';
}
