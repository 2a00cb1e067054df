import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InstalledSchemas } from '../../server/providers/installed';
import { openSchemas } from '../../server/providers/lookup';
import { readLockFile } from '../../server/providers/lockFile';
import { fakeSchemas } from '../support/fakeSchemas';

const aws = 'registry.terraform.io/hashicorp/aws';
const acme = 'registry.example.com/acme/thing';

/** What a provider of a version would print: the version is in its schema, to tell one from the other. */
function dumpOf(source: string, version: string): object {
  const name = source.split('/').at(-1) ?? '';
  const block = {
    description: `Of version ${version}.`,
    attributes: {
      [`since_${version.replaceAll('.', '_')}`]: {
        type: ['list', 'string'],
        optional: true,
        sensitive: true,
      },
      id: { type: 'string', computed: true, description_kind: 'plain', deprecated: true },
      secret_wo: { type: 'string', optional: true, write_only: true },
      nested: {
        nested_type: { nesting_mode: 'map', attributes: { x: { type: 'number', required: true } } },
        optional: true,
      },
      __proto__: { type: 'string' },
    },
    block_types: {
      rule: { nesting_mode: 'set', min_items: 1, max_items: 100, block: { deprecated: true } },
    },
  };
  return {
    provider: { version: 0, block: { attributes: { region: { type: 'string', optional: true } } } },
    resource_schemas: { [`${name}_thing`]: { version: 3, block } },
    data_source_schemas: { [`${name}_look`]: { version: 0, block: {} } },
    ephemeral_resource_schemas: { [`${name}_key`]: { version: 0, block } },
    functions: {
      parse: {
        summary: 'Parses.',
        return_type: ['object', { a: 'string' }],
        parameters: [{ name: 'text', type: 'string', is_nullable: true }],
        variadic_parameter: { name: 'more', type: 'dynamic' },
      },
    },
    something_new: { [`${name}_thing`]: { version: 1, block: 'whatever' } },
  };
}

describe('installed providers', () => {
  let top: string;
  let runs: string[];
  let problems: string[];
  /** Sources that make the program fail. */
  let broken: Set<string>;

  beforeEach(() => {
    top = mkdtempSync(path.join(os.tmpdir(), 'terratrain-installed-'));
    runs = [];
    problems = [];
    broken = new Set();
  });
  afterEach(() => {
    rmSync(top, { recursive: true, force: true });
  });

  /** Looks at what it is run in like terraform: the requirements, the lock file and the providers there. */
  async function* run(directory: string): AsyncGenerator<Uint8Array> {
    const locked = readLockFile(readFileSync(path.join(directory, '.terraform.lock.hcl'), 'utf8'));
    runs.push(locked.map(({ source, version }) => `${source.split('/').at(-1)} ${version}`).join(', '));
    assert.equal(readFileSync(path.join(directory, 'terraform.rc'), 'utf8'), '');
    const requirements = readFileSync(path.join(directory, 'providers.tf'), 'utf8');
    const schemas: Record<string, object> = {};
    for (const { source, version } of locked) {
      assert.ok(requirements.includes(`source  = "${source}"\n      version = "${version}"`));
      readdirSync(path.join(directory, '.terraform', 'providers', ...source.split('/'), version));
      if (broken.has(source)) throw new Error(`${source} has the wrong checksum`);
      schemas[source] = dumpOf(source, version);
    }
    const bytes = Buffer.from(JSON.stringify({ format_version: '1.0', provider_schemas: schemas }));
    for (let at = 0; at < bytes.length; at += 100) yield await Promise.resolve(bytes.subarray(at, at + 100));
  }

  const open = (program = 'terraform 1.11.4') =>
    new InstalledSchemas({
      cacheFolder: path.join(top, 'cache'),
      program,
      run,
      onProblem: (message) => problems.push(message),
    });

  /** A root module after its init. */
  function init(name: string, versions: Readonly<Record<string, string>>): string {
    const root = path.join(top, name);
    rmSync(root, { recursive: true, force: true });
    mkdirSync(root, { recursive: true });
    const entries = Object.entries(versions).map(([source, version]) => {
      mkdirSync(path.join(root, '.terraform/providers', ...source.split('/'), version, 'any_any'), {
        recursive: true,
      });
      return `provider "${source}" {\n  version     = "${version}"\n  constraints = ">= 1.0.0"\n  hashes = [\n    "h1:abc=",\n    "zh:${version}",\n  ]\n}\n`;
    });
    writeFileSync(path.join(root, '.terraform.lock.hcl'), `# Maintained by init.\n\n${entries.join('\n')}`);
    return root;
  }

  it('tell everything about their own version', async () => {
    const root = init('a', { [aws]: '5.40.0' });
    const installed = open();
    assert.equal(installed.provider('hashicorp/aws', root), undefined);
    assert.equal(await installed.refresh(root), true);
    const schema = installed.provider('hashicorp/aws', root);
    assert.deepEqual(schema?.provenance, { source: aws, version: '5.40.0', origin: 'installed' });
    const block = schema.block('resource', 'aws_thing');
    assert.equal(block?.description, 'Of version 5.40.0.');
    assert.deepEqual(Object.keys(block.attributes), ['id', 'nested', 'secret_wo', 'since_5_40_0']);
    assert.deepEqual(block.attributes.since_5_40_0, {
      type: ['list', 'string'],
      optional: true,
      sensitive: true,
    });
    assert.equal(block.attributes.secret_wo?.writeOnly, true);
    assert.equal(block.attributes.id?.deprecated, true);
    assert.deepEqual(block.attributes.nested?.nested?.attributes, { x: { type: 'number', required: true } });
    assert.deepEqual(block.blocks.rule, {
      nesting: 'set',
      minItems: 1,
      maxItems: 100,
      block: { attributes: {}, blocks: {}, deprecated: true },
    });
    assert.deepEqual(schema.names('data'), ['aws_look']);
    assert.deepEqual(schema.names('ephemeral'), ['aws_key']);
    assert.deepEqual(Object.keys(schema.block('provider', '')?.attributes ?? {}), ['region']);
    assert.deepEqual(schema.functions(), [
      {
        name: 'parse',
        parameters: [{ name: 'text', type: 'string', nullable: true }],
        variadic: { name: 'more', type: 'dynamic' },
        returns: ['object', { a: 'string' }],
        summary: 'Parses.',
      },
    ]);
    assert.deepEqual(problems, []);
  });

  it('are asked once per version: what is known comes from the cache, in every workspace', async () => {
    const first = init('a', { [aws]: '5.40.0' });
    const second = init('b', { [aws]: '5.40.0', [acme]: '1.0.0' });
    const installed = open();
    await installed.refresh(first);
    assert.equal(await installed.refresh(first), false);
    await installed.refresh(second);
    assert.deepEqual(runs, ['aws 5.40.0', 'thing 1.0.0']);
    const later = open();
    await Promise.all([later.refresh(first), later.refresh(second)]);
    assert.deepEqual(runs.length, 2);
    assert.equal(later.provider(aws, second)?.provenance.version, '5.40.0');
    assert.equal(
      later.provider(acme, second)?.block('resource', 'thing_thing')?.description,
      'Of version 1.0.0.',
    );
    assert.equal(later.provider(acme, first), undefined);
    await open('terraform 1.12.0').refresh(first);
    assert.equal(runs.length, 3, 'another program may tell more');
    assert.deepEqual(
      readdirSync(path.join(top, 'cache')).filter((name) => !name.endsWith('.tfs')),
      [],
    );
  });

  it('may be of another version in each root, and change', async () => {
    const installed = open();
    const old = init('old', { [aws]: '4.1.0' });
    const current = init('new', { [aws]: '5.40.0' });
    await Promise.all([old, current].map((root) => installed.refresh(root)));
    const lookup = openSchemas({ bundle: fakeSchemas, installed });
    const told = (...directories: string[]) => {
      const { version, origin } = lookup.provider('hashicorp/aws', directories)?.provenance ?? {};
      return `${version} ${origin}`;
    };
    assert.equal(told(old), '4.1.0 installed');
    assert.equal(told(path.join(current, 'modules'), current, old), '5.40.0 installed');
    assert.equal(told(), '6.66.0 bundled');
    assert.equal(told(top), '6.66.0 bundled');
    init('old', { [aws]: '5.40.0' });
    assert.equal(await installed.refresh(old), true);
    assert.equal(told(old), '5.40.0 installed');
    rmSync(path.join(old, '.terraform'), { recursive: true });
    assert.equal(await installed.refresh(old), true);
    assert.equal(told(old), '6.66.0 bundled');
    assert.deepEqual(runs, ['aws 4.1.0', 'aws 5.40.0']);
  });

  it('are not asked where nothing is installed', async () => {
    const root = init('a', { [aws]: '5.40.0' });
    rmSync(path.join(root, '.terraform'), { recursive: true });
    const installed = open();
    assert.equal(await installed.refresh(root), false);
    assert.equal(await installed.refresh(path.join(top, 'absent')), false);
    writeFileSync(path.join(root, '.terraform.lock.hcl'), 'provider "x" {\n}}{ not a lock file');
    assert.equal(await installed.refresh(root), false);
    assert.deepEqual([runs, problems], [[], []]);
  });

  it('do not take each other along when one cannot answer', async () => {
    const root = init('a', { [aws]: '5.40.0', [acme]: '1.0.0' });
    broken.add(acme);
    const installed = open();
    await installed.refresh(root);
    assert.equal(installed.provider(aws, root)?.provenance.origin, 'installed');
    assert.equal(installed.provider(acme, root), undefined);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /acme\/thing 1\.0\.0 did not tell its schema.*wrong checksum/);
    await installed.refresh(root);
    assert.equal(runs.length, 3, 'it is not asked again for the same');
  });

  it('make a damaged cache anew, and name it', async () => {
    const root = init('a', { [aws]: '5.40.0' });
    await open().refresh(root);
    const [name = ''] = readdirSync(path.join(top, 'cache'));
    const file = path.join(top, 'cache', name);
    const sound = readFileSync(file);
    const flipped = Buffer.from(sound);
    flipped[sound.length >> 1] = (sound[sound.length >> 1] ?? 0) ^ 0xff;
    for (const bytes of [flipped, sound.subarray(0, 100), Buffer.alloc(0)]) {
      writeFileSync(file, bytes);
      problems = [];
      const installed = open();
      await installed.refresh(root);
      assert.ok(installed.provider(aws, root)?.block('resource', 'aws_thing') !== undefined);
      assert.equal(problems.length, 1);
      assert.ok(problems[0]?.includes(file), problems[0]);
      assert.deepEqual(readFileSync(file), sound);
    }
    assert.equal(runs.length, 4);
  });

  it('answer also where nothing can be kept', async () => {
    const root = init('a', { [aws]: '5.40.0' });
    writeFileSync(path.join(top, 'cache'), 'a file where a folder should be');
    const installed = open();
    await installed.refresh(root);
    assert.ok(installed.provider(aws, root)?.block('resource', 'aws_thing') !== undefined);
    assert.match(problems.join('\n'), /cannot be kept in/);
  });

  it('say nothing any more after they were stopped', async () => {
    const root = init('a', { [aws]: '5.40.0' });
    const installed = open();
    const refreshed = installed.refresh(root);
    installed.stop();
    assert.equal(await refreshed, false);
    assert.equal(await installed.refresh(root), false);
    assert.deepEqual(problems, []);
  });
});
