import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { BlockSchema } from '../../server/providers/schema';
import { fromMemory, SchemaFile } from '../../server/providers/schemaFile';
import { SchemaWriter } from '../../server/providers/schemaWriter';

const block: BlockSchema = {
  description: 'One; with "marks" {and} #signs',
  deprecated: true,
  attributes: {
    a: {
      type: ['map', ['object', { x: 'bool', y: ['tuple', ['number', 'string']] }]],
      optional: true,
      computed: true,
    },
    b: {
      nested: { nesting: 'set', attributes: { c: { type: 'dynamic', computed: true, description: 'deep' } } },
      required: true,
      description: 'é "x"',
    },
    c: { type: 'string', optional: true, sensitive: true, deprecated: true, writeOnly: true },
  },
  blocks: {
    d: {
      nesting: 'group',
      minItems: 0,
      maxItems: 0,
      block: { deprecated: true, description: 'inner', attributes: {}, blocks: {} },
    },
    e: {
      nesting: 'list',
      minItems: 1,
      maxItems: 63,
      block: { open: true, description: 'unknown', attributes: {}, blocks: {} },
    },
  },
};

describe('schema files', () => {
  it('give back everything that was written', async () => {
    const file = openFile(await written(1));
    assert.equal(file.version, '1.2.3');
    assert.deepEqual(file.names('resource'), ['x_y', 'x_z']);
    assert.deepEqual(plain(file.block('data', 'x_y')), plain(block));
    assert.deepEqual(plain(file.block('provider', 'whatever')), plain(block));
    assert.deepEqual(file.names('function'), ['f']);
    assert.deepEqual(file.function('f'), {
      name: 'f',
      parameters: [],
      returns: ['list', 'string'],
      summary: 'line\nbreak',
    });
    assert.equal(file.block('ephemeral', 'x_y'), undefined);
  });

  it('are the same bytes for the same contents', async () => {
    assert.deepEqual(await written(5), await written(5));
  });

  it('hold limits of any size', async () => {
    const writer = new SchemaWriter({ source: 's', version: '1' });
    const none = { attributes: {}, blocks: {} };
    const limits = [0, 1, 61, 62, 63, 64, 100_000];
    const blocks = Object.fromEntries(
      limits.map((count) => [
        `b${count}`,
        { nesting: 'set', minItems: count, maxItems: count, block: none } as const,
      ]),
    );
    writer.addBlock('resource', 'x', { attributes: {}, blocks });
    const file = openFile(await writer.toBytes({ quality: 1 }));
    assert.deepEqual(file.block('resource', 'x')?.blocks, blocks);
  });

  it('hold many types and descriptions, each found again', async () => {
    const writer = new SchemaWriter({ source: 's', version: '1' });
    const name = (index: number): string => `x_${String(index).padStart(4, '0')}`;
    for (let index = 0; index < 3000; index += 1) {
      const description = `what number ${index} is for, in words`;
      writer.addBlock('resource', name(index), {
        attributes: { [`a${index}`]: { type: 'string', optional: true, description } },
        blocks: {},
      });
    }
    const file = openFile(await writer.toBytes({ quality: 1 }));
    assert.equal(file.names('resource').length, 3000);
    for (const index of [2999, 0, 1234, 17]) {
      assert.match(
        file.block('resource', name(index))?.attributes[`a${index}`]?.description ?? '',
        new RegExp(`number ${index} is`),
      );
    }
  });

  it('that are none, or of another version, are refused', async () => {
    const bytes = await written(1);
    for (const wrong of [
      bytes.subarray(0, 20),
      bytes.subarray(0, 3),
      Buffer.alloc(0),
      Buffer.from('not a schema file'),
    ])
      assert.throws(() => openFile(wrong));
  });

  it('never give what was not written: every changed byte is noticed', async () => {
    const bytes = await written(1);
    const sound = openFile(bytes);
    const kinds = ['resource', 'data', 'provider'] as const;
    const all = (file: SchemaFile) => plain(kinds.map((kind) => file.block(kind, 'x_y')));
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const problems: unknown[] = [];
      try {
        const read = all(new SchemaFile(fromMemory(damaged), (error) => problems.push(error)));
        assert.ok(problems.length > 0 || isDeepStrictEqual(read, all(sound)), `byte ${at}`);
      } catch (error) {
        assert.ok(!(error instanceof assert.AssertionError), String(error));
      }
    }
  });
});

function openFile(bytes: Buffer): SchemaFile {
  return new SchemaFile(fromMemory(bytes), (error) => {
    throw error;
  });
}

async function written(quality: number): Promise<Buffer> {
  const writer = new SchemaWriter({ source: 's', version: '1.2.3', package: 'p' });
  writer.addBlock('resource', 'x_z', block);
  writer.addBlock('data', 'x_y', block);
  writer.addBlock('provider', '', block);
  writer.addBlock('resource', 'x_y', block);
  writer.addFunction({ name: 'f', parameters: [], returns: ['list', 'string'], summary: 'line\nbreak' });
  return writer.toBytes({ quality });
}

/** Descriptions are looked up when they are read. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
