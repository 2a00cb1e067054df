import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SchemaFile } from '../../server/providers/schemaFile';
import { parseBlock } from '../../server/providers/schemaText';

interface Piece {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}
type RawBlock = Readonly<Record<'attributes' | 'blocks', Record<string, Record<string, unknown>>>>;
interface Generator {
  readonly extractEntry: (entry: {
    kind: string;
    name: string;
    main: Piece;
    pieces: Map<string, Piece>;
  }) => RawBlock;
  readonly settleStructs: (blocks: readonly RawBlock[]) => void;
}
interface Validator {
  readonly violations: (name: string, block: unknown) => readonly string[];
}
interface Overlays {
  readonly applyOverlay: (blocks: Map<string, RawBlock>, overlay: unknown) => void;
}

/** The generator is plain JavaScript, so that it runs without a build. */
async function load<T>(name: string): Promise<T> {
  const file = path.join(__dirname, '../../server/providers/data', name);
  return (await import(pathToFileURL(file).href)) as T;
}

const flags = (name: string, computed: boolean, optional: boolean, required: boolean): string =>
  `  // ${name} - computed: ${computed}, optional: ${optional}, required: ${required}\n`;
const entry = (name: string, value: string, type: string, storage: string): string =>
  `      ${name}: {\n        value: ${value},\n        isBlock: false,\n        type: "${type}",\n        storageClassType: "${storage}",\n      },\n`;

describe('the schema generator', () => {
  it('reads flags, types, blocks and descriptions out of the bindings', async () => {
    const { extractEntry, settleStructs } = await load<Generator>('extract.mjs');
    const main: Piece = {
      kind: 'class',
      name: 'Thing',
      text: `export class Thing extends cdktf.TerraformResource {
${flags('arn', true, false, false)}  public get arn() { return this.getStringAttribute('arn'); }
${flags('name', true, false, true)}  public get name() { return this.getStringAttribute('name'); }
${flags('zones', true, false, false)}  public get zones() { return cdktf.Fn.tolist(this.getListAttribute('zones')); }
${flags('part', false, true, false)}  private _part = new ThingPartOutputReference(this, "part");
${flags('rule', true, true, false)}  private _rule = new ThingRuleList(this, "rule", true);
  // =========
  // SYNTHESIS
  // =========
  protected synthesizeHclAttributes() {
    const attrs = {
${entry('name', 'cdktf.stringToHclTerraform(this._name)', 'simple', 'string')}${entry('part', 'thingPartToHclTerraform(this._part.internalValue)', 'list', 'ThingPartList')}${entry('rule', 'cdktf.listMapperHcl(thingRuleToHclTerraform, false)(this._rule.internalValue)', 'set', 'ThingRuleList')}    };
  }
}`,
    };
    const member = (struct: string): Piece => ({
      kind: 'class',
      name: `${struct}OutputReference`,
      text: `export class ${struct}OutputReference extends cdktf.ComplexObject {\n${flags('port', true, true, false)}  public get port() { return this.getNumberAttribute('port'); }\n}`,
    });
    const pieces: Piece[] = [
      main,
      member('ThingPart'),
      member('ThingRule'),
      {
        kind: 'class',
        name: 'ThingRuleList',
        text: 'export class ThingRuleList extends cdktf.ComplexList {\n  get() { return new ThingRuleOutputReference(this.a); }\n}',
      },
      {
        kind: 'interface',
        name: 'ThingConfig',
        text: 'export interface ThingConfig {\n  /**\n  * What it is called.\n  *\n  * Docs at Terraform Registry: {@link https://x/y#name Thing#name}\n  */\n  readonly name: string;\n}',
      },
    ];
    const block = extractEntry({
      kind: 'resource',
      name: 'x_thing',
      main,
      pieces: new Map(pieces.map((piece) => [`${piece.kind} ${piece.name}`, piece])),
    });
    settleStructs([block]);
    assert.deepEqual(block.attributes.arn, { type: 'string', computed: true });
    assert.deepEqual(block.attributes.name, {
      type: 'string',
      required: true,
      description: 'What it is called.',
    });
    assert.deepEqual(block.attributes.zones, { type: ['set', 'string'], computed: true });
    assert.deepEqual(block.attributes.rule, {
      type: ['set', ['object', { port: 'number' }]],
      optional: true,
      computed: true,
    });
    const { nesting, min, max } = block.blocks.part ?? {};
    assert.deepEqual([nesting, min, max], ['list', 0, 1]);
  });

  it('finds everything for which terraform would refuse a provider', async () => {
    const { violations } = await load<Validator>('validate.mjs');
    const attributes = (each: Record<string, unknown>): unknown => ({ attributes: each, blocks: {} });
    const set = (inner: unknown): unknown => ({
      attributes: {},
      blocks: { s: { nesting: 'set', min: 0, max: 0, block: inner } },
    });
    const wrong = [
      attributes({ a: { type: 'string' } }),
      attributes({ a: { type: 'string', required: true, computed: true } }),
      attributes({ a: { optional: true } }),
      attributes({ 'A-b': { type: 'string', optional: true } }),
      set(attributes({ a: { type: ['list', 'dynamic'], optional: true } })),
      set(attributes({ a: { type: 'string', optional: true, writeOnly: true } })),
      { attributes: {}, blocks: { b: { nesting: 'single', min: 0, max: 1, block: attributes({}) } } },
      { attributes: {}, blocks: { b: { nesting: 'list', min: 2, max: 1, block: attributes({}) } } },
      { attributes: {}, blocks: { b: { nesting: 'map', min: 1, max: 0, block: attributes({}) } } },
    ];
    for (const block of wrong) assert.equal(violations('x', block).length, 1, JSON.stringify(block));
    assert.deepEqual(violations('x', set(attributes({ a: { type: 'string', optional: true } }))), []);
  });

  it('stops at an overlay that matches nothing', async () => {
    const { applyOverlay } = await load<Overlays>('overlay.mjs');
    const blocks = new Map([['resource.x_y', { attributes: { a: { type: 'string' } }, blocks: {} }]]);
    applyOverlay(blocks, { sensitive: ['x_y.a'] });
    assert.equal(blocks.get('resource.x_y')?.attributes.a.type, 'string');
    for (const path of ['x_y.b', 'x_z.a', 'data.x_y.a']) {
      assert.throws(() => {
        applyOverlay(blocks, { sensitive: [path] });
      }, /matches nothing/);
    }
  });

  it('writes what the reader reads', async () => {
    const { encodeProvider } = await load<{
      readonly encodeProvider: (provenance: unknown, blocks: unknown) => Buffer;
    }>('encode.mjs');
    const block = {
      attributes: {
        a: {
          type: ['map', ['object', { x: 'bool', y: ['tuple', ['number']] }]],
          optional: true,
          computed: true,
        },
        b: {
          nested: { nesting: 'set', attributes: { c: { type: 'dynamic', computed: true } } },
          required: true,
          description: 'é "x"',
        },
      },
      blocks: { d: { nesting: 'group', min: 0, max: 0, block: { attributes: {}, blocks: {} } } },
    };
    const blocks = new Map([
      ['provider.x', block],
      ['resource.x_y', block],
      ['data.x_y', block],
    ]);
    const bytes = encodeProvider({ source: 's', version: '1.2.3', package: 'p' }, blocks);
    assert.deepEqual(bytes, encodeProvider({ source: 's', version: '1.2.3', package: 'p' }, blocks));
    const file = new SchemaFile(bytes);
    assert.equal(file.version, '1.2.3');
    assert.deepEqual(file.names('resource'), ['x_y']);
    const read = file.block('data', 'x_y');
    assert.deepEqual(read?.attributes.a, block.attributes.a);
    assert.equal(read.attributes.b?.description, 'é "x"');
    assert.equal(read.blocks.d?.nesting, 'group');
    assert.throws(() => parseBlock('?', () => ''));
  });
});
