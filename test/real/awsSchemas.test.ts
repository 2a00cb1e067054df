import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import type { BlockSchema, SchemaKind } from '../../server/providers/schema';
import { readSchemaDump } from '../../server/providers/schemaDump';

const cliConfig = process.env.TERRATRAIN_TEST_CLI_CONFIG;

interface Verified {
  readonly source: string;
  readonly version: string;
  readonly attributes: number;
  readonly sha256: string;
  readonly explained: Readonly<Record<string, string>>;
}
interface Comparison {
  readonly digestBlocks: (
    blocks: ReadonlyMap<string, BlockSchema>,
    except: ReadonlySet<string>,
  ) => { readonly counted: number; readonly sha256: string };
  readonly compareBlocks: (
    truth: ReadonlyMap<string, BlockSchema>,
    extracted: ReadonlyMap<string, BlockSchema>,
  ) => readonly { readonly what: string; readonly path: string; readonly truth?: unknown }[];
}

// The real AWS provider is on some machines only.
if (cliConfig === undefined) {
  process.stdout.write('No real AWS provider here: the bundled AWS schema is not compared with it.\n');
} else {
  describe('the schemas made for AWS, against the real provider', () => {
    const data = path.join(__dirname, '../../server/providers/data');
    const verified = JSON.parse(readFileSync(path.join(data, 'verified.json'), 'utf8')) as Verified;
    const truth = new Map<string, BlockSchema>();
    let comparison: Comparison;

    before(async function () {
      this.timeout(120_000);
      comparison = (await import(pathToFileURL(path.join(data, 'compare.mjs')).href)) as Comparison;
      const top = mkdtempSync(path.join(os.tmpdir(), 'terratrain-aws-'));
      try {
        const required = `aws = {\n      source  = "${verified.source}"\n      version = "${verified.version}"\n    }`;
        const main = `terraform {\n  required_providers {\n    ${required}\n  }\n}\n`;
        writeFileSync(path.join(top, 'main.tf'), main);
        const env = { ...process.env, TF_CLI_CONFIG_FILE: cliConfig };
        assert.equal(spawnSync('terraform', ['init'], { cwd: top, env }).status, 0);
        const file = path.join(top, 'schema.json');
        const output = openSync(file, 'w');
        const dumped = spawnSync('terraform', ['providers', 'schema', '-json'], {
          cwd: top,
          env,
          stdio: ['ignore', output, 'inherit'],
        });
        closeSync(output);
        assert.equal(dumped.status, 0);
        await readSchemaDump(createReadStream(file), {
          block: (_source, kind, name, block) => {
            truth.set(`${kind}.${kind === 'provider' ? 'aws' : name}`, block);
          },
          function: () => undefined,
        });
      } finally {
        rmSync(top, { recursive: true, force: true });
      }
    });

    // The generator's side was recorded by verify.mjs, because its package is too large to be fetched in a test.
    it('are the same in every type, flag and limit that the bindings carry', () => {
      const digest = comparison.digestBlocks(truth, new Set(Object.keys(verified.explained)));
      assert.deepEqual(digest, { counted: verified.attributes, sha256: verified.sha256 });
      assert.ok(digest.counted > 30_000);
    });

    it('keep every secret and every deprecation that the real one has and the newer one still knows', () => {
      const bundled = openBundledSchemas(providerDataFolder()).provider('aws');
      assert.ok(bundled !== undefined);
      const newer = new Map<string, BlockSchema>();
      for (const key of truth.keys()) {
        const [kind = '', name = ''] = key.split('.');
        const block = bundled.block(kind as SchemaKind, name);
        if (block !== undefined) newer.set(key, block);
      }
      const shared = new Map([...truth].filter(([key]) => newer.has(key)));
      const lost = comparison
        .compareBlocks(shared, newer)
        .filter(({ what, truth: flag }) => what === 'sensitive' && flag === true)
        .map((each) => each.path);
      assert.deepEqual(lost, []);
      const secrets = [...JSON.stringify([...shared.values()]).matchAll(/"sensitive":true/g)].length;
      assert.ok(secrets > 200, `${secrets}`);
      assert.equal(bundled.block('resource', 'aws_s3_bucket_object')?.deprecated, true);
      assert.equal(
        bundled.block('resource', 'aws_lb_listener')?.blocks.default_action?.block.blocks.forward?.block
          .blocks.target_group?.maxItems,
        5,
      );
    });
  });
}
