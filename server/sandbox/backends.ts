import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Body, Expression } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import { attributeOf, blocksOf, keyName, literalString } from '../terraform/values';
import { writeWhenDifferent } from './mirror';
import { topBlocks } from './overrides';
import { sandboxHome } from './places';
import type { Places } from './places';

/** Where a configuration would keep its state outside the sandbox. */
export interface Backend {
  readonly type: string;
  /** What tells one state from another; settings that are no plain text are missing. */
  readonly place: Readonly<Record<string, string>>;
}

/** The settings that name a state, by type of backend; the first one has to be known. */
const namingSettings: Readonly<Record<string, readonly string[]>> = {
  local: ['path'],
  s3: ['bucket', 'key'],
  gcs: ['bucket', 'prefix'],
  azurerm: ['storage_account_name', 'container_name', 'key'],
  http: ['address'],
  consul: ['path'],
  kubernetes: ['secret_suffix', 'namespace'],
  pg: ['conn_str', 'schema_name'],
  oss: ['bucket', 'prefix', 'key'],
  cos: ['bucket', 'prefix', 'key'],
  remote: ['organization', 'workspaces.name', 'workspaces.prefix'],
};

/** The backend of a root module; without a block it is a file beside the configuration. */
export function backendOf(root: Module): Backend {
  for (const terraform of topBlocks(root, 'terraform')) {
    const [backend] = blocksOf(terraform.body, 'backend');
    if (backend !== undefined)
      return toBackend(backend.labels[0]?.value ?? '', bodyTexts(backend.body), root.directory);
    const [cloud] = blocksOf(terraform.body, 'cloud');
    if (cloud !== undefined) return toBackend('remote', bodyTexts(cloud.body), root.directory);
  }
  return toBackend('local', {}, root.directory);
}

/** The backend that a `terraform_remote_state` reads. */
export function readBackend(body: Body, rootDirectory: string): Backend {
  const type = literalString(attributeOf(body, 'backend')?.value) ?? '';
  const config = attributeOf(body, 'config')?.value;
  return toBackend(type, config === undefined ? {} : objectTexts(config, ''), rootDirectory);
}

/** Writes down whose state this sandbox keeps. */
export function rememberBackend(places: Places, root: Module): void {
  writeWhenDifferent(places.backendFile, JSON.stringify(backendOf(root)));
  writeWhenDifferent(places.rootFile, root.directory);
}

/** The state of the root module that keeps its state there, when that one was applied in the sandbox; and its folder. */
export function sandboxStateOf(
  backend: Backend,
  env: NodeJS.ProcessEnv,
): { readonly stateFile: string; readonly root: string } | undefined {
  const [first] = namingSettings[backend.type] ?? [];
  if (first === undefined || backend.place[first] === undefined) return undefined;
  const home = sandboxHome(env);
  const wanted = JSON.stringify(backend);
  for (const name of existsSync(home) ? readdirSync(home) : []) {
    const stateFile = path.join(home, name, 'sandbox.tfstate');
    if (readIfThere(path.join(home, name, 'backend.json')) !== wanted || !existsSync(stateFile)) continue;
    return { stateFile, root: readIfThere(path.join(home, name, 'root.txt')) };
  }
  return undefined;
}

function toBackend(type: string, texts: Readonly<Record<string, string>>, directory: string): Backend {
  const place: Record<string, string> = {};
  for (const name of namingSettings[type] ?? []) {
    const value = texts[name];
    if (value !== undefined) place[name] = value;
  }
  if (type === 'local') place.path = path.resolve(directory, texts.path ?? 'terraform.tfstate');
  return { type, place };
}

/** The plain texts of a body, those of blocks with the block's name in front. */
function bodyTexts(body: Body, prefix = ''): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const item of body.items) {
    if (item.kind === 'block') Object.assign(texts, bodyTexts(item.body, `${prefix}${item.type}.`));
    else Object.assign(texts, valueTexts(item.value, prefix + item.name));
  }
  return texts;
}

function objectTexts(value: Expression, prefix: string): Record<string, string> {
  if (value.kind !== 'object') return {};
  const texts: Record<string, string> = {};
  for (const item of value.items) {
    const name = keyName(item.key);
    if (name !== undefined) Object.assign(texts, valueTexts(item.value, prefix + name));
  }
  return texts;
}

function valueTexts(value: Expression, name: string): Record<string, string> {
  const text = literalString(value);
  return text === undefined ? objectTexts(value, `${name}.`) : { [name]: text };
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
