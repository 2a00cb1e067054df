import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diagnose } from '../../server/features/diagnostics';
import { emptyWorld } from '../../server/cty/emptyWorld';
import { ModuleIndex } from '../../server/terraform/moduleIndex';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { memoryFiles, projectFolder } from '../support/fixture';
import { accepted } from './acceptedJsonModules';
import { refused } from './refusedJsonModules';

interface JsonModule {
  readonly title: string;
  readonly accepted: boolean;
  readonly files: Readonly<Record<string, string>>;
}

const jsonModules: readonly JsonModule[] = [
  ...Object.entries(accepted).map(([title, files]) => ({ title, accepted: true, files })),
  ...Object.entries(refused).map(([title, files]) => ({ title, accepted: false, files })),
];

const schemas = openBundledSchemas(providerDataFolder());

describe('modules in JSON', () => {
  for (const module of jsonModules) {
    it(`${module.accepted ? 'accepts' : 'refuses'} ${module.title}`, () => {
      const errors = errorsIn(module);
      assert.equal(errors.length === 0, module.accepted, errors.join('\n'));
    });
  }

  it('are judged as terraform validate judges them', async function () {
    this.timeout(60_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-json-'));
    try {
      const sample = jsonModules.filter((_, order) => order % 4 === 0);
      const verdicts = await Promise.all(
        [0, 1].map(async (worker) => {
          const own: (boolean | undefined)[] = [];
          for (const module of sample.filter((_, order) => order % 2 === worker)) {
            own.push(await verdict(folder, module));
          }
          return own;
        }),
      );
      const asked = sample.map((_, order) => verdicts[order % 2]?.[Math.floor(order / 2)]);
      if (asked.includes(undefined)) {
        process.stdout.write('    terraform is not on PATH: it was not asked again.\n');
        return;
      }
      assert.deepEqual(
        asked,
        sample.map(({ accepted }) => accepted),
      );
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

function errorsIn({ files }: JsonModule): string[] {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [path.join(projectFolder, ...name.split('/')), text]),
  );
  const index = new ModuleIndex(memoryFiles(texts), [projectFolder]);
  const snapshot = { index, schemas, world: () => emptyWorld };
  return [...texts.keys()].flatMap((file) =>
    diagnose(snapshot, file)
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${path.basename(file)}: ${message} (${code})`),
  );
}

/** What `terraform validate` says; `undefined` where there is no terraform. */
async function verdict(folder: string, { title, files }: JsonModule): Promise<boolean | undefined> {
  const root = path.join(folder, title.replace(/\W+/g, '-'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, ...name.split('/'));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  if (Object.keys(files).some((name) => name.includes('/'))) {
    await terraform(root, ['init', '-backend=false', '-no-color']);
  }
  const output = await terraform(root, ['validate', '-json']);
  if (output === undefined) return undefined;
  return (JSON.parse(output) as { readonly valid: boolean }).valid;
}

function terraform(root: string, args: readonly string[]): Promise<string | undefined> {
  const configuration = path.join(root, '.terraformrc');
  fs.writeFileSync(configuration, '');
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: configuration };
  return new Promise((resolve) => {
    execFile('terraform', args, { cwd: root, env, encoding: 'utf8' }, (error, stdout) => {
      resolve(error !== null && typeof error.code !== 'number' ? undefined : stdout);
    });
  });
}
