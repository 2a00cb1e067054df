import assert from 'node:assert/strict';
import path from 'node:path';
import { complete } from '../../server/features/completion';
import { diagnose } from '../../server/features/diagnostics';
import { findSchema } from '../../server/features/providerSchemas';
import { schemaDirectories } from '../../server/features/schemaPlaces';
import { fixture, projectFolder } from '../support/fixture';

const own = `//- main.tf
terraform {
  required_providers {
    acme = {
      source = "example.com/acme/acme"
    }
  }
}
provider "acme" {
  endpoint = "x"
}
resource "acme_robot" "first" {
  count = 2
  name  = "a"
  arms  = 2
  tool {
    kind = "saw"
  }
  dynamic "sensor" {
    for_each = [1]
    content {
      range = sensor.value
    }
  }
}
output "serial" {
  value = acme_robot.first[0].serial
}
module "more" {
  source = "./more"
}
//- more/main.tf
terraform {
  required_providers {
    acme = {
      source = "example.com/acme/acme"
    }
  }
}
resource "acme_robot" "second" {
  name = 3
  legs = true
}
`;
const at = (body: string) => `${own}//- new.tf\nresource "acme_robot" "third" {\n${body}\n}\n`;

describe('types of providers nobody knows', () => {
  it('are learned from what the whole workspace does with them', () => {
    const { snapshot } = fixture(own.replace('count = 2', 'count = 2<|>'));
    const found = findSchema(snapshot, snapshot.index.module(projectFolder), 'resource', 'acme_robot');
    assert.deepEqual(found?.provenance, { source: 'example.com/acme/acme', version: '', origin: 'learned' });
    assert.equal(found.schema.open, true);
    assert.deepEqual(found.schema.attributes, {
      name: { type: 'dynamic', optional: true },
      arms: { type: 'number', optional: true },
      legs: { type: 'bool', optional: true },
      serial: { type: 'dynamic', computed: true },
    });
    assert.deepEqual(Object.keys(found.schema.blocks).sort(), ['sensor', 'tool']);
    assert.deepEqual(Object.keys(found.schema.blocks.sensor?.block.attributes ?? {}), ['range']);
    const provider = findSchema(snapshot, snapshot.index.module(projectFolder), 'provider', 'acme');
    assert.deepEqual(Object.keys(provider?.schema.attributes ?? {}), ['endpoint']);
    assert.equal(
      findSchema(snapshot, snapshot.index.module(projectFolder), 'resource', 'acme_plane'),
      undefined,
    );
  });

  it('complete from that, in bodies, in blocks and as labels', () => {
    const names = (drawn: string): readonly string[] => {
      const { snapshot, path: file, offset } = fixture(drawn);
      return complete(snapshot, file, offset).items.map(({ label }) => label);
    };
    const inBody = names(at('  <|>'));
    for (const name of ['name', 'arms', 'legs', 'tool', 'sensor']) assert.ok(inBody.includes(name), name);
    assert.ok(!inBody.includes('serial'), 'what is only read may not be settable');
    assert.ok(names(at('  tool {\n    <|>\n  }')).includes('kind'));
    assert.ok(names(`${own}//- new.tf\nresource "<|>" {}\n`).includes('acme_robot'));
  });

  it('are never wrong', () => {
    const { snapshot, path: file } = fixture(at('  anything = 1<|>\n  and {\n    more = 2\n  }'));
    assert.deepEqual(diagnose(snapshot, file), []);
  });
});

describe('where the provider of a module is installed', () => {
  it('is its own folder, those above, and the roots that call it', () => {
    const { snapshot } = fixture(own);
    const inner = snapshot.index.module(path.join(projectFolder, 'more'));
    const directories = schemaDirectories(snapshot, inner);
    assert.deepEqual(directories.slice(0, 2), [inner.directory, projectFolder]);
  });
});
