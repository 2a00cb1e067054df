import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import type { BlockSchema } from '../../server/providers/schema';
import { Workspace, runProgram } from '../sandbox/realTerraform';
import { coreConfigurations } from './awsConfigurations';
import { serviceConfigurations } from './awsStacks';

const plannedConfigurations = [...coreConfigurations, ...serviceConfigurations];
const cliConfig = process.env.TERRATRAIN_TEST_CLI_CONFIG;

// The real AWS provider is on some machines only; without it there is nothing to compare with.
if (cliConfig === undefined) {
  process.stdout.write('No real AWS provider here: plans of the sandbox are not compared with its plans.\n');
} else {
  describe('the sandbox plans like the real AWS provider', () => {
    const configured = plannedConfigurations.map(({ name }) => `module "${name}" { source = "./${name}" }\n`);
    const first = plannedConfigurations.map(({ name, text }): [string, string] => [`${name}/main.tf`, text]);
    const second = plannedConfigurations.map(({ name, text, changes }): [string, string] => {
      const changed = changes.reduce((before, [from, to]) => {
        assert.ok(before.includes(from), `${name}: ${from}`);
        return before.replace(from, to);
      }, text);
      return [`${name}/main.tf`, changed];
    });
    let sandbox: Workspace;
    let real: RealTerraform;

    before(async function () {
      this.timeout(120_000);
      sandbox = new Workspace({
        'main.tf': `provider "aws" { region = "us-east-1" }\n${configured.join('')}`,
        ...Object.fromEntries(first),
      });
      real = new RealTerraform(cliConfig, configured.join(''));
      await real.init(first);
    });

    after(async () => {
      await sandbox.dispose();
      real.dispose();
    });

    it('creates the same objects with the same values open', async function () {
      this.timeout(180_000);
      const ours = await sandboxPlan(sandbox);
      const theirs = await real.plan();
      assert.ok(ours.size >= 60, `${ours.size} objects`);
      assert.deepEqual(differences(ours, theirs, await real.schemas()), []);
    });

    it('updates and replaces the same objects for the same reasons', async function () {
      this.timeout(240_000);
      const apply = await sandbox.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      const settled = await sandbox.terraform('plan', '-detailed-exitcode');
      assert.equal(settled.code, 0, settled.stdout + settled.stderr);
      const state = await sandbox.terraform('state', 'pull');
      await sandbox.close();
      sandbox.write(Object.fromEntries(second));
      const ours = await sandboxPlan(sandbox);
      await real.adopt(state.stdout, second);
      const theirs = await real.plan('-refresh=false');
      assert.deepEqual(differences(ours, theirs, await real.schemas()), []);
      const actions = [...ours.values()].map(({ actions }) => actions.join());
      assert.ok(actions.filter((each) => each === 'delete,create').length >= 15, actions.join(' '));
      assert.ok(actions.filter((each) => each === 'update').length >= 15, actions.join(' '));
      const again = await sandbox.terraform('apply', '-auto-approve');
      assert.equal(again.code, 0, again.stderr);
      const end = await sandbox.terraform('plan', '-detailed-exitcode');
      assert.equal(end.code, 0, end.stdout + end.stderr);
    });
  });
}

interface PlannedChange {
  readonly type: string;
  readonly actions: readonly string[];
  readonly replaced: readonly string[];
  readonly unknown: readonly string[];
}
type Plan = ReadonlyMap<string, PlannedChange>;

interface RawChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly after_unknown: unknown;
  };
}

async function sandboxPlan(work: Workspace): Promise<Plan> {
  const plan = await work.terraform('plan', '-out=compare.tfplan');
  assert.equal(plan.code, 0, plan.stderr);
  return toPlan((await work.terraform('show', '-json', 'compare.tfplan')).stdout);
}

function toPlan(json: string): Plan {
  const { resource_changes: changes } = JSON.parse(json) as {
    readonly resource_changes: readonly RawChange[];
  };
  return new Map(
    changes
      .filter(({ mode }) => mode === 'managed')
      .map(({ address, type, change }) => [
        address,
        {
          type,
          actions: change.actions,
          replaced: (change.replace_paths ?? []).map((each) =>
            each.filter((step) => typeof step === 'string').join('.'),
          ),
          unknown: unknownPaths(change.after_unknown, ''),
        },
      ]),
  );
}

function unknownPaths(value: unknown, prefix: string): string[] {
  if (value === true) return [prefix];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    unknownPaths(inner, prefix === '' ? name : `${prefix}.${name}`),
  );
}

/** The provider at hand is older than the bundled schema: what only one of them has cannot be the same. */
function differences(ours: Plan, theirs: Plan, schemas: Schemas): string[] {
  const both = new Set([...ours.keys(), ...theirs.keys()]);
  return [...both].flatMap((address) => {
    const [our, their] = [ours.get(address), theirs.get(address)];
    if (our === undefined || their === undefined) return [`${address}: only in one plan`];
    const compare = (what: 'replaced' | 'unknown'): string[] => {
      const shared = (path: string): boolean => isShared(path, our.type, schemas, what === 'unknown');
      const [left, right] = [our[what].filter(shared), their[what].filter(shared)];
      const more = left.filter((path) => !right.includes(path));
      const less = right.filter((path) => !left.includes(path));
      if (more.length + less.length === 0) return [];
      return [
        `${address}: ${what} only in the sandbox [${more.join(' ')}], only in reality [${less.join(' ')}]`,
      ];
    };
    const sameActions = our.actions.join() === their.actions.join();
    return [
      ...(sameActions ? [] : [`${address}: ${our.actions.join()} instead of ${their.actions.join()}`]),
      ...compare('replaced'),
      ...compare('unknown'),
    ];
  });
}

interface RawBlock {
  readonly attributes?: Readonly<Record<string, { readonly computed?: boolean }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: RawBlock }>>;
}
type Schemas = Readonly<Record<string, { readonly version: number; readonly block: RawBlock }>>;

const bundled = openBundledSchemas(providerDataFolder()).provider('hashicorp/aws');

/** Since 6.0 every type has a region, which 5.x has for buckets only and means something else. */
const newInSix = 'region';

function isShared(path: string, type: string, schemas: Schemas, computed: boolean): boolean {
  const steps = path.split('.').filter((step) => !/^\d+$/.test(step));
  const ours = bundled?.block('resource', type);
  return (
    path !== newInSix &&
    ours !== undefined &&
    hasPath(toRaw(ours), steps, computed) &&
    hasPath(schemas[type]?.block ?? {}, steps, computed)
  );
}

function toRaw({ attributes, blocks }: BlockSchema): RawBlock {
  const inner = Object.entries(blocks).map(([name, { block }]) => [name, { block: toRaw(block) }] as const);
  return { attributes, block_types: Object.fromEntries(inner) };
}

function hasPath(block: RawBlock, [name = '', ...rest]: readonly string[], computed: boolean): boolean {
  const attribute = block.attributes?.[name];
  if (attribute !== undefined) return !computed || attribute.computed === true;
  const nested = block.block_types?.[name];
  if (nested === undefined) return false;
  return rest.length === 0 || hasPath(nested.block, rest, computed);
}

/** terraform with the real provider, which is told to ask no service anything. */
class RealTerraform {
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-real-plans-'));
  private readonly env: NodeJS.ProcessEnv;
  private known: Schemas | undefined;

  constructor(
    config: string,
    private readonly calls: string,
  ) {
    this.env = { ...process.env, TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: '1' };
  }

  async init(modules: readonly (readonly [string, string])[]): Promise<void> {
    this.write([
      [
        'main.tf',
        `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  skip_region_validation      = true
}
${this.calls}`,
      ],
      ...modules,
    ]);
    const done = await this.run('init');
    assert.equal(done.code, 0, done.stderr);
  }

  async plan(...args: readonly string[]): Promise<Plan> {
    const plan = await this.run('plan', '-out=compare.tfplan', ...args);
    assert.equal(plan.code, 0, plan.stderr);
    return toPlan((await this.run('show', '-json', 'compare.tfplan')).stdout);
  }

  /** Takes over what the sandbox applied, as if the real provider had. */
  async adopt(state: string, modules: readonly (readonly [string, string])[]): Promise<void> {
    const schemas = await this.schemas();
    const parsed = JSON.parse(state) as {
      readonly resources: readonly {
        readonly type: string;
        readonly instances: { schema_version: number }[];
      }[];
    };
    for (const { type, instances } of parsed.resources)
      for (const instance of instances) instance.schema_version = schemas[type]?.version ?? 0;
    this.write([['terraform.tfstate', JSON.stringify(parsed)], ...modules]);
  }

  async schemas(): Promise<Schemas> {
    if (this.known === undefined) {
      const { stdout } = await this.run('providers', 'schema', '-json');
      const all = JSON.parse(stdout) as {
        readonly provider_schemas: Readonly<Record<string, { readonly resource_schemas: Schemas }>>;
      };
      this.known = Object.values(all.provider_schemas)[0]?.resource_schemas ?? {};
    }
    return this.known;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(files: readonly (readonly [string, string])[]): void {
    for (const [name, text] of files) {
      const file = path.join(this.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    assert.ok(readFileSync(path.join(this.folder, 'main.tf'), 'utf8').includes('provider "aws"'));
  }

  private run(...args: readonly string[]): ReturnType<typeof runProgram> {
    return runProgram('terraform', args, this.folder, this.env);
  }
}
