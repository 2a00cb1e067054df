import assert from 'node:assert/strict';
import { findDefinition } from '../../server/features/definition';
import { documentLinks } from '../../server/features/documentLinks';
import { documentSymbols } from '../../server/features/documentSymbols';
import { inlayHints } from '../../server/features/inlayHints';
import { hover } from '../../server/features/hover';
import { findReferences } from '../../server/features/references';
import { prepareRename, rename } from '../../server/features/rename';
import { semanticTokens } from '../../server/features/semanticTokens';
import { fixture, relativeName } from '../support/fixture';
import { drawn } from './testFiles/project';

describe('hover in test files', () => {
  const shown = (text: string, name?: string): string => {
    const { snapshot, path, offset } = fixture(drawn(text, name));
    return hover(snapshot, path, offset)?.contents ?? '';
  };

  it('tells what blocks and arguments are', () => {
    assert.match(shown('r<|>un "a" {}\n'), /One step of a test/);
    assert.match(shown('run "a" {\n  comm<|>and = plan\n}\n'), /`apply` when left out/);
    assert.match(shown('run "a" {\n  state_<|>key = "x"\n}\n'), /share their state/);
  });

  it('tells of variables where they are set and read', () => {
    assert.match(shown('variables {\n  reg<|>ion = "x"\n}\n'), /Where things are/);
    assert.match(
      shown('run "a" {\n  assert {\n    condition = var.reg<|>ion == ""\n  }\n}\n'),
      /Where things are/,
    );
  });

  it('tells the value that the run gives', () => {
    const text = `variables {
  region = "north"
}
run "a" {
  assert {
    condition = output.na<|>me == ""
  }
}
run "b" {
  variables {
    region = "\${var.region}-2"
  }
  assert {
    condition = local.na<!>me == ""
  }
}
`;
    assert.match(shown(text.replace('<!>', '')), /"net-north"/);
    assert.match(shown(text.replace('<|>', '').replace('<!>', '<|>')), /"net-north-2"/);
  });

  it('tells what an earlier run gave', () => {
    const text = `run "setup" {
  module {
    source = "./testing/setup"
  }
  variables {
    prefix = "q"
  }
}
run "b" {
  variables {
    region = run.setup.buc<|>ket
  }
}
`;
    assert.match(shown(text), /output "bucket"/);
    assert.match(shown(text), /"q-bucket"/);
  });
});

describe('values in test files', () => {
  const hints = (text: string): string[] => {
    const { snapshot, path, files } = fixture(drawn(`<|>${text}`));
    const within = { start: 0, end: files.get(path)?.length ?? 0 };
    return inlayHints(snapshot, path, within, { values: true, forEachKeys: true, parameterNames: false }).map(
      (hint) => hint.text,
    );
  };

  it('stand beside what each run sets and asserts', () => {
    const text = `variables {
  region = "north"
}
run "a" {
  variables {
    region = "\${var.region}-1"
  }
  assert {
    condition     = output.name == "net-north-1"
    error_message = "Not \${output.name}."
  }
}
run "b" {
  assert {
    condition     = output.name == run.a.name
    error_message = "No."
  }
}
`;
    assert.deepEqual(hints(text), [' = "north-1"', ' = true', ' = "Not net-north-1."', ' = false']);
  });

  it('are not known of what a test overrides', () => {
    const text = `variables {
  region = "north"
}
override_module {
  target = module.store
}
run "a" {
  assert {
    condition     = module.store.url == "" || local.name == ""
    error_message = "No."
  }
}
`;
    assert.deepEqual(hints(text), []);
  });
});

describe('navigation between tests and modules', () => {
  const file = `variables {
  region = "north"
}
run "setup" {
  module {
    source = "./testing/setup"
  }
  variables {
    prefix = "q"
  }
}
run "check" {
  variables {
    net = { cidr = run.setup.bucket, zones = [] }
  }
  assert {
    condition     = output.name == var.region && local.name == ""
    error_message = "Not \${aws_instance.trainer.id} in \${run.setup.bucket}."
  }
  expect_failures = [var.net]
  override_resource {
    target = module.store.aws_bucket.data
  }
  override_module {
    target  = module.store
    outputs = { url = "x" }
  }
}
`;

  /** The project with the cursor in the n-th occurrence of a text of one of its files. */
  function at(name: string, text: string, within = 0) {
    const whole = drawn(file);
    const start = whole.indexOf(`//- ${name}\n`);
    const position = whole.indexOf(text, start) + within;
    assert.ok(start >= 0 && position > start, text);
    return fixture(`${whole.slice(0, position)}<|>${whole.slice(position)}`);
  }

  function target(name: string, text: string, within = 0): string | undefined {
    const { snapshot, path, offset, files } = at(name, text, within);
    const found = findDefinition(snapshot, path, offset)?.target;
    if (found === undefined) return undefined;
    const line = (files.get(found.path) ?? '').slice(0, found.range.start).split('\n').length;
    return `${relativeName(found.path)}:${line}`;
  }

  const test = 'tests/main.tftest.hcl';

  it('leads from a test to what it names', () => {
    assert.equal(target(test, 'region = "north"', 1), 'main.tf:8');
    assert.equal(target(test, 'prefix = "q"', 1), 'testing/setup/main.tf:1');
    assert.equal(target(test, 'run.setup.bucket', 5), `${test}:4`);
    assert.equal(target(test, 'run.setup.bucket', 12), 'testing/setup/main.tf:5');
    assert.equal(target(test, 'output.name', 8), 'main.tf:35');
    assert.equal(target(test, 'local.name', 7), 'main.tf:21');
    assert.equal(target(test, 'var.net', 5), 'main.tf:12');
    assert.equal(target(test, 'aws_bucket.data', 12), 'store/main.tf:5');
    assert.equal(target(test, '"./testing/setup"', 4), 'testing/setup/main.tf:1');
  });

  function renamed(name: string, text: string, within: number, to: string): Record<string, string> {
    const { snapshot, path, offset, files } = at(name, text, within);
    assert.ok(prepareRename(snapshot, path, offset) !== undefined, 'nothing to rename');
    const texts = new Map(files);
    const edits = [...rename(snapshot, path, offset, to)].sort((a, b) => b.range.start - a.range.start);
    for (const { path: place, range, newText } of edits) {
      const before = texts.get(place) ?? '';
      texts.set(place, before.slice(0, range.start) + newText + before.slice(range.end));
    }
    return Object.fromEntries(
      [...texts]
        .filter(([place, now]) => now !== files.get(place))
        .map(([place, now]) => [relativeName(place), now]),
    );
  }

  it('renames a variable in the module and its tests, from both', () => {
    for (const [name, text, within] of [
      ['main.tf', 'variable "region"', 11],
      [test, 'region = "north"', 1],
      [test, 'var.region', 5],
    ] as const) {
      const changed = renamed(name, text, within, 'place');
      assert.deepEqual(Object.keys(changed).sort(), ['main.tf', test]);
      assert.match(changed[test] ?? '', /^variables \{\n {2}place = "north"/);
      assert.match(changed[test] ?? '', /output\.name == var\.place/);
      assert.match(changed['main.tf'] ?? '', /net-\$\{var\.place\}/);
    }
  });

  it('renames outputs, locals and resources in tests', () => {
    assert.match(renamed('main.tf', 'output "name"', 9, 'title')[test] ?? '', /output\.title ==/);
    assert.match(renamed(test, 'local.name', 7, 'title')['main.tf'] ?? '', /title = "net-/);
    assert.match(
      renamed('main.tf', '"aws_instance" "trainer"', 18, 'runner')[test] ?? '',
      /aws_instance\.runner\.id/,
    );
    assert.match(
      renamed('store/main.tf', '"aws_bucket" "data"', 15, 'kept')[test] ?? '',
      /module\.store\.aws_bucket\.kept/,
    );
  });

  it('renames an output where a test overrides it', () => {
    const changed = renamed('store/main.tf', 'output "url"', 9, 'address');
    assert.deepEqual(Object.keys(changed).sort(), ['main.tf', 'store/main.tf', test]);
    assert.match(changed[test] ?? '', /outputs = \{ address = "x" \}/);
  });

  it('finds a test that runs a module far away', () => {
    const { snapshot, path, offset, files } = fixture(`//- main.tf
module "app" {
  source = "./app"
}
//- app/main.tf
output "x" {
  value = 1
}
//- app/tests/a.tftest.hcl
run "setup" {
  module {
    source = "../shared/setup"
  }
}
run "check" {
  assert {
    condition     = run.setup.name != ""
    error_message = "No."
  }
}
//- shared/setup/main.tf
output "na<|>me" {
  value = "x"
}
`);
    const found = findReferences(snapshot, path, offset, false);
    assert.deepEqual(
      found.map((place) => [
        relativeName(place.path),
        files.get(place.path)?.slice(place.range.start, place.range.end),
      ]),
      [['app/tests/a.tftest.hcl', 'name']],
    );
  });

  it('renames what only runs of a setup module use', () => {
    const output = renamed('testing/setup/main.tf', 'output "bucket"', 9, 'place');
    assert.match(output[test] ?? '', /cidr = run\.setup\.place/);
    assert.match(output[test] ?? '', /in \$\{run\.setup\.place\}/);
    const variable = renamed(test, 'prefix = "q"', 1, 'start');
    assert.deepEqual(Object.keys(variable).sort(), ['testing/setup/main.tf', test].sort());
  });

  it('renames a run with all that reads it', () => {
    const changed = renamed(test, 'run "setup"', 6, 'prepare');
    assert.deepEqual(Object.keys(changed), [test]);
    assert.match(changed[test] ?? '', /run "prepare" \{/);
    assert.equal((changed[test] ?? '').split('run.prepare.bucket').length, 3);
  });

  it('refuses a name that another run has', () => {
    const { snapshot, path, offset } = at(test, 'run "setup"', 6);
    assert.throws(() => rename(snapshot, path, offset, 'check'), /exists already/);
  });

  it('finds tests among the references of a variable', () => {
    const { snapshot, path, offset } = at('main.tf', 'variable "region"', 11);
    const found = findReferences(snapshot, path, offset, false).map((place) => relativeName(place.path));
    assert.deepEqual([...found].sort(), ['main.tf', test, test]);
  });
});

describe('the outline of a test file', () => {
  it('holds its runs', () => {
    const { snapshot, path } = fixture(drawn('<|>run "a" {\n  assert {}\n}\n'));
    const [run] = documentSymbols(snapshot, path);
    assert.equal(run?.name, 'a');
    assert.equal(run.detail, 'run');
  });
});

describe('colours and links of a test file', () => {
  const text = `run "a" {
  command = plan
  module {
    source = "./store"
  }
  assert {
    condition     = output.url != run.b.url
    error_message = "No."
  }
}
mock_provider "aws" {
  mock_resource "aws_bucket" {}
}
`;

  it('tell keywords, names of the module and types apart', () => {
    const { snapshot, path, files } = fixture(drawn(`<|>${text}`));
    const shown = semanticTokens(snapshot, path).map(
      ({ range, type }) => `${files.get(path)?.slice(range.start, range.end) ?? ''} ${type}`,
    );
    for (const token of ['plan keyword', 'output namespace', 'run namespace', 'url variable', '"aws" class'])
      assert.ok(shown.includes(token), `${token} is not among ${shown.join(', ')}`);
    assert.ok(shown.includes('"aws_bucket" class'));
    assert.ok(shown.includes('"a" variable'));
  });

  it('lead to the module of a run', () => {
    const { snapshot, path } = fixture(drawn(`<|>${text}`));
    const [link] = documentLinks(snapshot, path).filter(({ tooltip }) => tooltip === 'Open ./store');
    assert.ok(link?.target.endsWith('/store/main.tf'), link?.target);
  });
});
