import assert from 'node:assert/strict';
import path from 'node:path';
import { diagnose } from '../../server/features/diagnostics';
import { findReferences } from '../../server/features/references';
import { toPath, toUri } from '../../server/lsp/uris';
import { ModuleIndex } from '../../server/terraform/moduleIndex';
import { fixture, projectFolder } from '../support/fixture';
import { messages, offers, problems } from './asking';

const manifest = (...modules: readonly (readonly [key: string, directory: string])[]) =>
  JSON.stringify({ Modules: modules.map(([Key, Dir]) => ({ Key, Source: 'x', Dir })) });

describe('complaints about workspaces', () => {
  it('LS#598: a local module needs no init', () => {
    assert.deepEqual(
      problems(
        '//- main.tf\nmodule "m" {\n  source = "./m"\n  wrong  = 1\n}\n//- m/main.tf\nvariable "right" {\n  default = 1\n}\n',
      ),
      ['error unknown-argument wrong'],
    );
  });

  it('LS#2146, LS#1270 and LS#1733: modules of private registries are known once they are installed', () => {
    const drawn = `//- main.tf
module "net" {
  source  = "registry.corp.example/net/vpc/aws"
  version = "1.0.0"
  <|>
}
//- .terraform/modules/modules.json
${manifest(['', '.'], ['net', '.terraform/modules/net'], ['net.inner', '.terraform/modules/net/inner'])}
//- .terraform/modules/net/main.tf
variable "cidr" {}
module "inner" {
  source = "./inner"
}
//- .terraform/modules/net/inner/main.tf
variable "x" {
  default = 1
}
`;
    assert.ok(offers(drawn).includes('cidr'));
    assert.deepEqual(problems(drawn.replace('<|>', '')), ['error missing-argument module']);
  });

  it('LS#2145: in each root a call leads to the module that was installed there', () => {
    const root = (name: string, input: string) => `//- ${name}/main.tf
module "m" {
  source = "git::https://example.com/m.git"
  ${input} = 1
}
//- ${name}/.terraform/modules/modules.json
${manifest(['', '.'], ['m', '.terraform/modules/m'])}
//- ${name}/.terraform/modules/m/main.tf
variable "${input}" {}
`;
    const { snapshot } = fixture(root('a', 'first') + root('b', 'second'));
    for (const name of ['a', 'b', 'a']) {
      const found = diagnose(snapshot, path.join(projectFolder, name, 'main.tf'));
      assert.deepEqual(
        found.map(({ code }) => code),
        [],
      );
    }
  });

  it('VS#1724 and VS#1013: what is not installed is said once, softly, and not in the modules below', () => {
    const drawn =
      '//- main.tf\nmodule "net" {\n  source = "corp/net/aws"\n  cidr   = 1\n}\noutput "o" {\n  value = module.net.anything\n}\n';
    const found = problems(drawn);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /^(information|hint) /);
    assert.match(messages(drawn)[0] ?? '', /terraform init/);
    assert.deepEqual(
      problems('//- m/main.tf\nvariable "a" {}\n//- main.tf\nmodule "m" {\n  source = "./m"\n}\n'),
      [],
    );
  });

  it('VS#1875, VS#1102, LS#155 and VS#382: any URI has a path of its own, and a file its URI', () => {
    for (const uri of [
      '',
      'untitled:Untitled-1',
      'vscode-remote://wsl%2Bubuntu/home/me/main.tf',
      'file://wsl%24/x/main.tf',
    ]) {
      assert.ok(path.isAbsolute(toPath(uri)), uri);
      assert.equal(toPath(uri), toPath(uri));
    }
    assert.notEqual(toPath('untitled:Untitled-1'), toPath('untitled:Untitled-2'));
    for (const name of ['with space', 'ünï-cødé', '100%', 'a#b', '日本'])
      assert.equal(
        toPath(toUri(path.join(projectFolder, name, 'main.tf'))),
        path.join(projectFolder, name, 'main.tf'),
      );
  });

  it('modules that call each other in a circle end', () => {
    const { snapshot } = fixture(
      '//- main.tf\nmodule "b" {\n  source = "./b"\n}\n//- b/main.tf\nmodule "a" {\n  source = "../"\n}\n',
    );
    assert.ok(diagnose(snapshot, path.join(projectFolder, 'main.tf')).length <= 2);
  });

  it('LS#1119 and LS#1100: who calls a module is known without opening the callers', () => {
    const callers = Array.from(
      { length: 40 },
      (_, n) => `//- root${n}/main.tf\nmodule "m" {\n  source = "../m"\n  size   = ${n}\n}\n`,
    ).join('');
    const { source, files } = fixture(`//- m/main.tf\nvariable "size" {}\n${callers}`);
    const roots = [...files.keys()].map((file) => path.dirname(file));
    const snapshot = { ...fixture('').snapshot, index: new ModuleIndex(source, roots) };
    const file = path.join(projectFolder, 'm', 'main.tf');
    assert.equal(findReferences(snapshot, file, 'variable "si'.length, false).length, 40);
  });
});
