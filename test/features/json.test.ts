import assert from 'node:assert/strict';
import path from 'node:path';
import { codeActions } from '../../server/features/actions/codeActions';
import { complete } from '../../server/features/completion';
import { findDefinition } from '../../server/features/definition';
import { diagnose } from '../../server/features/diagnostics';
import { formatDocument } from '../../server/features/formatting';
import { hover } from '../../server/features/hover';
import { findReferences } from '../../server/features/references';
import { prepareRename, rename } from '../../server/features/rename';
import { signatureHelp } from '../../server/features/signatureHelp';
import { fixture, projectFolder, relativeName } from '../support/fixture';
import type { Fixture } from '../support/fixture';

const project = `//- main.tf.json
{
  "variable": {"region": {"default": "us-west-2", "description": "Where to build."}},
  "locals": {"team": "t-\${var.region}"},
  "resource": {"aws_instance": {
    "trainer": {"ami": "\${upper(var.region)}", "disk": [{"size": 1}, {"size": "\${local.team}"}], "depends_on": ["module.store"]},
    "second": {"ami": "\${aws_instance.trainer.id}"}
  }},
  "module": {"store": {"source": "./store", "label": "\${local.team}"}},
  "output": {"url": {"value": "\${module.store.url}"}}
}
//- native.tf
output "native" {
  value = var.region
}
//- terraform.tfvars.json
{"region": "eu-west-1", "regin": "\${x}"}
//- store/main.tf
variable "label" {}
output "url" {
  value = var.label
}
`;

/** The project with the cursor inside the n-th occurrence of a text. */
function at(text: string, occurrence = 1, within = 1): Fixture {
  let position = -1;
  for (let count = 0; count < occurrence; count += 1) position = project.indexOf(text, position + 1);
  assert.ok(position >= 0, `the project does not hold ${text}`);
  return fixture(`${project.slice(0, position + within)}<|>${project.slice(position + within)}`);
}

function shown(
  { files }: Fixture,
  places: readonly {
    readonly path: string;
    readonly range: { readonly start: number; readonly end: number };
  }[],
): string[] {
  return places.map(({ path: file, range: { start, end } }) => {
    const text = files.get(file) ?? '';
    return `${relativeName(file)}:${text.slice(0, start).split('\n').length} ${text.slice(start, end)}`;
  });
}

describe('files in JSON', () => {
  it('are searched for declarations and uses, from both notations', () => {
    const from = at('var.region', 1, 5);
    const found = findDefinition(from.snapshot, from.path, from.offset)?.target;
    assert.deepEqual(shown(from, found === undefined ? [] : [found]), ['main.tf.json:2 region']);
    const native = at('var.region', 3, 5);
    assert.equal(relativeName(native.path), 'native.tf');
    assert.deepEqual(shown(native, findReferences(native.snapshot, native.path, native.offset, true)), [
      'main.tf.json:2 region',
      'main.tf.json:3 region',
      'main.tf.json:5 region',
      'native.tf:2 region',
      'terraform.tfvars.json:1 region',
    ]);
    const value = at('"region": "eu', 1, 2);
    assert.equal(findReferences(value.snapshot, value.path, value.offset, true).length, 5);
    const output = at('output "url"', 1, 9);
    assert.deepEqual(shown(output, findReferences(output.snapshot, output.path, output.offset, false)), [
      'main.tf.json:9 url',
    ]);
    const input = at('variable "label"', 1, 11);
    assert.deepEqual(shown(input, findReferences(input.snapshot, input.path, input.offset, false)), [
      'store/main.tf:3 label',
      'main.tf.json:8 label',
    ]);
  });

  it('say what stands under the cursor', () => {
    const hovered = (place: Fixture): string => {
      const answer = hover(place.snapshot, place.path, place.offset);
      return JSON.stringify(answer);
    };
    assert.match(hovered(at('aws_instance"')), /A virtual machine/);
    assert.match(hovered(at('"ami"', 1, 2)), /Image of the machine/);
    assert.match(hovered(at('upper(')), /upper/);
    assert.match(hovered(at('var.region', 1, 5)), /Where to build/);
    assert.match(hovered(at('"resource"', 1, 3)), /infrastructure object/);
  });

  it('are renamed in with the rest', () => {
    const renamed = (place: Fixture, name: string): string[] => {
      const edits = rename(place.snapshot, place.path, place.offset, name);
      assert.ok(edits.every(({ newText }) => newText === name));
      return shown(place, edits).sort();
    };
    const variable = at('"region": {', 1, 3);
    assert.deepEqual(prepareRename(variable.snapshot, variable.path, variable.offset), {
      start: variable.offset - 2,
      end: variable.offset + 4,
    });
    assert.deepEqual(renamed(variable, 'place'), [
      'main.tf.json:2 region',
      'main.tf.json:3 region',
      'main.tf.json:5 region',
      'native.tf:2 region',
      'terraform.tfvars.json:1 region',
    ]);
    assert.deepEqual(renamed(at('"team"', 1, 2), 'crew'), [
      'main.tf.json:3 team',
      'main.tf.json:5 team',
      'main.tf.json:8 team',
    ]);
  });

  it('are not renamed in where that would need a moved block or an escape', () => {
    const resource = at('"trainer"', 1, 2);
    assert.throws(
      () => rename(resource.snapshot, resource.path, resource.offset, 'x'),
      /moved block.*moved\.tf/s,
    );
    const escaped = fixture(
      '//- v.tf\nvariable "re<|>gion" {}\n//- o.tf.json\n{"output": {"o": {"value": "${var.r\\u0065gion}"}}}\n',
    );
    assert.throws(
      () => rename(escaped.snapshot, escaped.path, escaped.offset, 'x'),
      /o\.tf\.json writes the name as/,
    );
  });

  it('get no text in the native syntax', () => {
    const place = at('upper(var', 1, 6);
    assert.deepEqual(complete(place.snapshot, place.path, place.offset).items, []);
    assert.equal(signatureHelp(place.snapshot, place.path, place.offset), undefined);
    assert.deepEqual(formatDocument(place.snapshot, place.path), []);
    assert.deepEqual(
      codeActions(place.snapshot, place.path, { start: place.offset, end: place.offset }, undefined),
      [],
    );
  });

  it('are checked with what the provider says about blocks', () => {
    const errors = (body: string): string[] => {
      const {
        snapshot,
        path: file,
        files,
      } = fixture(`//- main.tf.json\n{"resource": {"aws_instance": {"a": ${body}}}}\n`);
      return diagnose(snapshot, file)
        .filter(({ severity }) => severity === 'error')
        .map(({ code, range }) => `${code} ${files.get(file)?.slice(range.start, range.end) ?? ''}`);
    };
    assert.deepEqual(errors('{"ami": "x", "disk": {"size": 1}}'), []);
    assert.deepEqual(errors('{"ami": "x", "disk": [{"size": 1}, {"size": 2, "kind": "y"}]}'), []);
    assert.deepEqual(errors('{"ami": "x", "disk": null, "network": {"subnet": "s"}}'), []);
    assert.deepEqual(errors('{"ami": "x", "rules": [{"port": 1, "open": true}]}'), []);
    assert.deepEqual(
      errors('{"ami": "x", "dynamic": {"disk": {"for_each": [1], "content": {"size": "${disk.value}"}}}}'),
      [],
    );
    assert.deepEqual(errors('{"ami": "x", "disk": [{"size": 1}, {"sise": 2}]}'), [
      'missing-argument disk',
      'unknown-argument sise',
    ]);
    assert.deepEqual(errors('{"ami": "x", "disk": "big"}'), ['json-block-expected "big"']);
    assert.deepEqual(
      errors('{"ami": "x", "dynamic": {"disk": {"for_each": [1], "content": {"size": 1, "nope": 2}}}}'),
      ['unknown-argument nope'],
    );
    assert.deepEqual(errors('{"disk": {"size": 1}}'), ['missing-argument resource']);
  });

  it('that hold values are checked for names', () => {
    const { snapshot, files } = fixture(project);
    const file = path.join(projectFolder, 'terraform.tfvars.json');
    assert.deepEqual(
      diagnose(snapshot, file).map(({ severity, range }) => [
        severity,
        files.get(file)?.slice(range.start, range.end),
      ]),
      [['warning', 'regin']],
    );
  });
});
