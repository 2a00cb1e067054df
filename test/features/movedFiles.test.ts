import assert from 'node:assert/strict';
import path from 'node:path';
import { editsForMoves } from '../../server/features/movedFiles';
import { fixture, projectFolder, relativeName } from '../support/fixture';

/** What the files look like after their edits: only those that changed, in the places where they lie before the move. */
function moved(drawn: string, from: string, to: string): Record<string, string> {
  const { snapshot, files } = fixture(drawn);
  const at = (name: string) => path.join(projectFolder, ...name.split('/'));
  const edits = editsForMoves(snapshot, [{ from: at(from), to: at(to) }]);
  const texts = new Map<string, string>();
  for (const edit of [...edits].sort((a, b) => b.range.start - a.range.start)) {
    const text = texts.get(edit.path) ?? files.get(edit.path) ?? '';
    texts.set(edit.path, text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end));
  }
  return Object.fromEntries([...texts].map(([file, text]) => [relativeName(file), text]));
}

describe('moving files', () => {
  const child = '//- modules/net/main.tf\nvariable "a" {}\n';

  it('leads the calls of a module to its new folder', () => {
    assert.deepEqual(
      moved(
        `//- main.tf\nmodule "n" {\n  source = "./modules/net"\n}\n${child}`,
        'modules/net',
        'parts/network',
      ),
      { 'main.tf': 'module "n" {\n  source = "./parts/network"\n}\n' },
    );
    assert.deepEqual(
      moved(`//- main.tf\nmodule "n" {\n  source = "./modules/net"\n}\n${child}`, 'modules', 'parts'),
      { 'main.tf': 'module "n" {\n  source = "./parts/net"\n}\n' },
    );
  });

  it('keeps what a moved module itself calls and reads', () => {
    assert.deepEqual(
      moved(
        '//- main.tf\nmodule "o" {\n  source = "./apps/one"\n}\n//- apps/one/main.tf\nmodule "n" {\n  source = "../../modules/net"\n}\nlocals {\n  a = file("${path.module}/../shared.txt")\n  b = file("${path.module}/own.txt")\n}\n' +
          child,
        'apps/one',
        'one',
      ),
      {
        'main.tf': 'module "o" {\n  source = "./one"\n}\n',
        'apps/one/main.tf':
          'module "n" {\n  source = "../modules/net"\n}\nlocals {\n  a = file("${path.module}/../apps/shared.txt")\n  b = file("${path.module}/own.txt")\n}\n',
      },
    );
  });

  it('follows files that functions read', () => {
    assert.deepEqual(
      moved(
        '//- main.tf\nlocals {\n  a = templatefile("${path.module}/files/a.tftpl", {})\n  b = fileset("${path.module}/files", "*")\n}\n//- files/a.tftpl\nx\n',
        'files/a.tftpl',
        'templates/first.tftpl',
      ),
      {
        'main.tf':
          'locals {\n  a = templatefile("${path.module}/templates/first.tftpl", {})\n  b = fileset("${path.module}/files", "*")\n}\n',
      },
    );
  });

  it('lets a single file that goes to another folder call the same modules', () => {
    assert.deepEqual(
      moved(
        `//- main.tf\nlocals {}\n//- calls.tf\nmodule "n" {\n  source = "./modules/net"\n}\n${child}//- sub/main.tf\nlocals {}\n`,
        'calls.tf',
        'sub/calls.tf',
      ),
      { 'calls.tf': 'module "n" {\n  source = "../modules/net"\n}\n' },
    );
  });

  it('changes nothing where a mere name is the same, nor sources of a registry', () => {
    assert.deepEqual(
      moved(
        `//- main.tf\nmodule "n" {\n  source = "corp/net/aws"\n}\nlocals {\n  a = file("net")\n}\n//- other/net/main.tf\nlocals {}\n${child}`,
        'modules/net',
        'modules/network',
      ),
      {},
    );
  });
});
