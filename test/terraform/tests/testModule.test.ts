import assert from 'node:assert/strict';
import path from 'node:path';
import { ModuleIndex } from '../../../server/terraform/moduleIndex';
import { SideView } from '../../../server/terraform/tests/sideView';
import { TestView, testedDirectory } from '../../../server/terraform/tests/testModule';
import { memoryFiles, projectFolder, relativeName } from '../../support/fixture';

function indexOf(texts: Readonly<Record<string, string>>): ModuleIndex {
  const files = new Map(
    Object.entries(texts).map(([name, text]) => [path.join(projectFolder, ...name.split('/')), text]),
  );
  return new ModuleIndex(memoryFiles(files), [projectFolder]);
}

const place = (name: string) => path.join(projectFolder, ...name.split('/'));

describe('the folder that a test file is about', () => {
  const about = (file: string, ...configuration: string[]): string => {
    const index = indexOf(Object.fromEntries([...configuration, file].map((name) => [name, ''])));
    return relativeName(testedDirectory(place(file), index)) || '.';
  };

  it('is its own, or the one above a folder of tests', () => {
    assert.equal(about('a.tftest.hcl', 'main.tf'), '.');
    assert.equal(about('tests/a.tftest.hcl', 'main.tf'), '.');
    assert.equal(about('net/tests/a.tftest.hcl', 'main.tf', 'net/main.tf'), 'net');
    assert.equal(about('tests/a.tftest.hcl', 'main.tf', 'tests/helper.tf'), '.');
    assert.equal(about('net/a.tftest.hcl', 'main.tf', 'net/main.tofu'), 'net');
  });

  it('is the nearest with a configuration for tests in another folder', () => {
    assert.equal(about('tests/unit/a.tftest.hcl', 'main.tf'), '.');
    assert.equal(about('checks/a.tftest.hcl', 'main.tf'), '.');
    assert.equal(about('tests/unit/a.tftest.hcl', 'main.tf', 'tests/unit/main.tf'), 'tests/unit');
  });

  it('is where it would be when nothing is written yet', () => {
    assert.equal(about('net/tests/a.tftest.hcl'), 'net');
    assert.equal(about('net/a.tftest.hcl'), 'net');
  });
});

const test = `variables {
  region = "x"
  extra  = 1
}
mock_provider "aws" {
  alias = "fake"
}
run "setup" {
  module {
    source = "./setup"
  }
  variables {
    prefix = "p"
  }
}
run "main" {
  variables {
    own = 1
  }
  assert {
    condition     = true
    error_message = "No."
  }
}
run "far" {
  module {
    source = "a/b/c"
  }
}
`;

describe('what a test file sees', () => {
  const index = indexOf({
    'main.tf': 'variable "region" {}\nresource "aws_vpc" "main" {}\noutput "id" {\n  value = 1\n}\n',
    'setup/main.tf': 'variable "prefix" {}\noutput "name" {\n  value = 1\n}\n',
    'tests/main.tftest.hcl': test,
  });
  const file = place('tests/main.tftest.hcl');
  const view = index.view(file);
  const at = (text: string) => index.view(file, test.indexOf(text));
  const found = (module: ReturnType<typeof at>, ...addresses: string[]) =>
    addresses.filter((address) => module.find(address) !== undefined);

  it('is the module under test with its runs, providers and variables', () => {
    assert.ok(view instanceof TestView);
    assert.equal(view.directory, projectFolder);
    const addresses = [
      'var.region',
      'var.extra',
      'aws_vpc.main',
      'output.id',
      'run.setup',
      'provider.aws.fake',
    ];
    assert.deepEqual(found(view, ...addresses, 'var.own', 'var.prefix', 'output.name'), addresses);
  });

  it('has the variable of the module, not the line that sets it', () => {
    assert.equal(view.find('var.region')?.file.path, place('main.tf'));
    assert.equal(view.find('var.extra')?.file.path, file);
  });

  it('is another module in a run of one', () => {
    assert.deepEqual(found(at('source = "./setup"'), 'output.id', 'output.name', 'var.prefix', 'run.main'), [
      'output.name',
      'var.prefix',
      'run.main',
    ]);
  });

  it('has what the run sets, but not in its own variables', () => {
    assert.deepEqual(found(at('condition'), 'var.own', 'var.extra'), ['var.own', 'var.extra']);
    assert.deepEqual(found(at('own = 1'), 'var.own', 'var.extra'), ['var.extra']);
  });

  it('is not known in a run of a module that is not there', () => {
    assert.ok(at('a/b/c').unread.length > 0);
  });

  it('knows what each run runs', () => {
    const ran = (name: string) => {
      const run = view.find(`run.${name}`);
      const module = run === undefined ? undefined : index.called(run, view);
      return module === undefined ? undefined : relativeName(module.directory) || '.';
    };
    assert.deepEqual(['setup', 'main', 'far'].map(ran), ['setup', '.', undefined]);
  });

  it('is kept as long as the index', () => {
    assert.equal(index.view(file), view);
    assert.equal(at('condition'), at('condition'));
  });
});

describe('what a query file sees', () => {
  const index = indexOf({
    'main.tf': 'variable "region" {}\nlocals {\n  x = 1\n}\n',
    'a.tfquery.hcl': 'list "aws_vpc" "all" {}\n',
    'b.tfquery.hcl': 'variable "more" {}\n',
  });

  it('is all query files of the folder and the module beside them', () => {
    const view = index.view(place('a.tfquery.hcl'));
    assert.ok(view instanceof SideView);
    for (const address of ['var.region', 'local.x', 'list.aws_vpc.all', 'var.more'])
      assert.ok(view.find(address) !== undefined, address);
  });
});
