import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from '../hcl/parser';
import { openDiskFiles } from '../terraform/diskFiles';
import { isLocalSource } from '../terraform/moduleCalls';
import type { ModuleNode, ProviderUse } from '../terraform/model';
import { readModuleTree } from '../terraform/moduleTree';
import { fullSource, impliedProvider } from '../terraform/providerSource';
import { attributeOf, blocksOf, literalString } from '../terraform/values';

/** What the test files of a root module need beside its own configuration. */
export interface TestNeeds {
  /** Modules that runs use instead of the root module. */
  readonly trees: readonly ModuleNode[];
  /** Providers and types that only test files name. */
  readonly uses: readonly ProviderUse[];
  /** Sources of modules of runs that are not local. */
  readonly remote: readonly string[];
  /** A test is written in JSON, which is not looked into: it may use any type. */
  readonly unread: boolean;
}

const testName = /\.(tftest|tofutest|tfmock)\.(hcl|json)$/;

/** Reads the test files beside a root module's configuration and in `tests`. */
export function readTestNeeds(root: string): TestNeeds {
  const trees: ModuleNode[] = [];
  const remote: string[] = [];
  const uses: ProviderUse[] = [];
  const files = [root, path.join(root, 'tests')].flatMap(testFiles);
  for (const file of files.filter((name) => name.endsWith('.hcl'))) {
    for (const block of parse(readFileSync(file, 'utf8')).body.items) {
      if (block.kind !== 'block') continue;
      if (block.type === 'run') {
        for (const { body } of blocksOf(block.body, 'module')) {
          const source = literalString(attributeOf(body, 'source')?.value);
          if (source === undefined) continue;
          if (isLocalSource(source)) trees.push(readModuleTree(path.resolve(root, source), openDiskFiles()));
          else remote.push(source);
        }
      }
      for (const mock of [
        block,
        ...blocksOf(block.body, 'mock_resource'),
        ...blocksOf(block.body, 'mock_data'),
      ])
        uses.push(...mockUse(mock.type, mock.labels[0]?.value));
    }
  }
  return { trees, uses, remote, unread: files.some((name) => name.endsWith('.json')) };
}

function mockUse(kind: string, label: string | undefined): readonly ProviderUse[] {
  if (label === undefined || (kind !== 'mock_resource' && kind !== 'mock_data')) return [];
  const [resources, data] = kind === 'mock_resource' ? [[label], []] : [[], [label]];
  return [{ source: fullSource(impliedProvider(label)), resources, data, ephemeral: [] }];
}

function testFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => testName.test(name))
    .map((name) => path.join(folder, name));
}
