import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProvidersSchema } from '../../server/lsp/schemaProgram';
import { InstalledSchemas } from '../../server/providers/installed';
import type { AttributeSchema, BlockSchema } from '../../server/providers/schema';
import { findTerraform } from '../../server/operations/operations';
import { terratrain } from '../cli/commandLine';

const cliConfig = process.env.TERRATRAIN_TEST_CLI_CONFIG;

interface Printed {
  readonly attributes?: Readonly<Record<string, Record<string, unknown>>>;
  readonly block_types?: Readonly<Record<string, Record<string, unknown> & { block: Printed }>>;
  readonly description?: string;
  readonly deprecated?: boolean;
}

// The real AWS provider is on some machines only.
if (cliConfig === undefined) {
  process.stdout.write('No real AWS provider here: the test of installed schemas against it does not run.\n');
} else {
  describe('the schema of the real AWS provider', () => {
    let top: string;
    before(() => {
      top = mkdtempSync(path.join(os.tmpdir(), 'terratrain-installed-aws-'));
    });
    after(() => {
      rmSync(top, { recursive: true, force: true });
    });

    it('is what terraform prints, in every type, also beside a configuration that cannot be read', async function () {
      this.timeout(180_000);
      const main = path.join(top, 'main.tf');
      writeFileSync(
        main,
        'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n',
      );
      const env = { ...process.env, TF_CLI_CONFIG_FILE: cliConfig };
      const terraform = (...args: string[]) =>
        spawnSync('terraform', args, { cwd: top, env, encoding: 'utf8', maxBuffer: 1e9 });
      assert.equal(terraform('init').status, 0);
      const printed = JSON.parse(terraform('providers', 'schema', '-json').stdout) as {
        provider_schemas: Record<string, Record<string, Record<string, { block: Printed }>>>;
      };
      const whole = printed.provider_schemas['registry.terraform.io/hashicorp/aws'] ?? {};

      writeFileSync(main, 'resource "aws_instance" {{{\nterraform {\n  backend "s3" {}\n}\n');
      const problems: string[] = [];
      const { path: program, version } = await findTerraform({ env: process.env });
      const installed = new InstalledSchemas({
        cacheFolder: path.join(top, 'cache'),
        program: `terraform ${version}`,
        run: (directory, signal) => runProvidersSchema(program, directory, signal),
        onProblem: (message) => problems.push(message),
      });
      assert.equal(await installed.refresh(top), true, problems.join('\n'));
      assert.deepEqual(problems, []);
      const schema = installed.provider('hashicorp/aws', top);
      assert.ok(schema !== undefined);
      const lock = readFileSync(path.join(top, '.terraform.lock.hcl'), 'utf8');
      assert.ok(lock.includes(`version = "${schema.provenance.version}"`));
      const sections = {
        resource: 'resource_schemas',
        data: 'data_source_schemas',
        ephemeral: 'ephemeral_resource_schemas',
      } as const;
      for (const [kind, section] of Object.entries(sections)) {
        const names = Object.keys(whole[section] ?? {}).sort();
        assert.deepEqual(schema.names(kind as keyof typeof sections), names);
        for (const name of names) {
          const block = schema.block(kind as keyof typeof sections, name);
          assert.ok(block !== undefined);
          assert.deepEqual(toPrinted(block), plain(whole[section]?.[name]?.block ?? {}), `${kind} ${name}`);
        }
      }
      assert.equal(schema.functions().length, Object.keys(whole.functions ?? {}).length);
    });

    it('is what "terratrain check --installed" goes by', async function () {
      this.timeout(180_000);
      // `region` is an argument of every resource since 6.0.
      writeFileSync(path.join(top, 'main.tf'), 'resource "aws_sqs_queue" "q" {\n  region = "eu-west-1"\n}\n');
      const env = { ...process.env, XDG_CACHE_HOME: path.join(top, 'home') };
      const checked = await terratrain(top, ['check', '--installed', '--json'], { env });
      assert.equal(checked.stderr, '');
      const [finding] = JSON.parse(checked.stdout) as { code: string; severity: string; message: string }[];
      assert.equal(`${finding?.severity} ${finding?.code}`, 'error unknown-argument');
      assert.match(finding?.message ?? '', /"region".*\(hashicorp\/aws 5\.\d+\.\d+ installed\)/);
      const bundled = await terratrain(top, ['check', '--json'], { env });
      assert.equal(bundled.code, 0, bundled.stdout);
    });
  });
}

/** As terraform prints it, without the kind of markup of descriptions. */
function toPrinted(block: BlockSchema): Printed {
  const attributes = Object.entries(block.attributes).map(([name, attribute]) => [
    name,
    printedAttribute(attribute),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, { nesting, minItems, maxItems, block: inner }]) => [
    name,
    {
      nesting_mode: nesting,
      ...(minItems > 0 && { min_items: minItems }),
      ...(maxItems > 0 && { max_items: maxItems }),
      block: toPrinted(inner),
    },
  ]);
  return {
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) as Printed['attributes'] }),
    ...(blocks.length > 0 && { block_types: Object.fromEntries(blocks) as Printed['block_types'] }),
    ...(block.description !== undefined && { description: block.description }),
    ...(block.deprecated === true && { deprecated: true }),
  } as Printed;
}

function printedAttribute({ nested, writeOnly, description, ...rest }: AttributeSchema): object {
  const members = Object.entries(nested?.attributes ?? {}).map(([name, each]) => [
    name,
    printedAttribute(each),
  ]);
  return {
    ...rest,
    ...(nested !== undefined && {
      nested_type: { nesting_mode: nested.nesting, attributes: Object.fromEntries(members) as object },
    }),
    ...(writeOnly === true && { write_only: true }),
    ...(description !== undefined && { description }),
  };
}

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (key === 'description_kind' ? undefined : each)),
  );
}
