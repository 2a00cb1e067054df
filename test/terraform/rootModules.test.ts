import assert from 'node:assert/strict';
import path from 'node:path';
import type { FileSource } from '../../server/terraform/model';
import { findRootModules } from '../../server/terraform/rootModules';

/** A tree of folders in memory, by path from its root. */
function tree(texts: Readonly<Record<string, string>>): {
  files: FileSource;
  folders: (directory: string) => string[];
} {
  const root = path.resolve('/w');
  const all = new Map(Object.entries(texts).map(([name, text]) => [path.join(root, name), text]));
  const inside = (directory: string): string[] =>
    [...all.keys()].filter((file) => file.startsWith(directory + path.sep));
  return {
    files: {
      list: (directory) =>
        inside(directory)
          .filter((file) => path.dirname(file) === directory)
          .map((file) => path.basename(file)),
      read: (file) => all.get(file),
    },
    folders: (directory) => [
      ...new Set(
        inside(directory)
          .map((file) => path.relative(directory, file).split(path.sep))
          .filter((parts) => parts.length > 1)
          .map((parts) => parts[0] ?? ''),
      ),
    ],
  };
}

describe('root modules', () => {
  const roots = (texts: Readonly<Record<string, string>>): string[] => {
    const { files, folders } = tree(texts);
    return findRootModules(path.resolve('/w'), files, folders).map((each) =>
      path.relative(path.resolve('/w'), each),
    );
  };

  it('leaves out modules that another one calls', () => {
    assert.deepEqual(
      roots({
        'main.tf': 'module "a" {\n  source = "./modules/a"\n}\n',
        'modules/a/main.tf': 'module "b" {\n  source = "../b"\n}\n',
        'modules/b/main.tf': 'variable "x" {}\n',
      }),
      [''],
    );
  });

  it('finds several environments, and no module that only terraform downloaded', () => {
    assert.deepEqual(
      roots({
        'staging/main.tf': 'module "m" {\n  source = "../modules/m"\n}\n',
        'production/main.tf': 'module "m" {\n  source = "../modules/m"\n}\n',
        'modules/m/main.tf': '',
        'staging/.terraform/modules/vpc/main.tf': '',
        'notes/readme.md': '',
      }),
      ['staging', 'production'],
    );
  });

  it('answers a folder without Terraform with nothing', () => {
    assert.deepEqual(roots({ 'train.py': 'print()' }), []);
  });
});
