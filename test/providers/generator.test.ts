import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

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
  readonly applyOverlay: (
    provider: { blocks: Map<string, RawBlock>; functions: { name: string; returns: unknown }[] },
    overlay: unknown,
  ) => void;
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
    const { nesting, minItems, maxItems } = block.blocks.part ?? {};
    assert.deepEqual([nesting, minItems, maxItems], ['list', 0, 1]);
  });

  it('finds everything for which terraform would refuse a provider', async () => {
    const { violations } = await load<Validator>('validate.mjs');
    const attributes = (each: Record<string, unknown>): unknown => ({ attributes: each, blocks: {} });
    const set = (inner: unknown): unknown => ({
      attributes: {},
      blocks: { s: { nesting: 'set', minItems: 0, maxItems: 0, block: inner } },
    });
    const wrong = [
      attributes({ a: { type: 'string' } }),
      attributes({ a: { type: 'string', required: true, computed: true } }),
      attributes({ a: { optional: true } }),
      attributes({ 'A-b': { type: 'string', optional: true } }),
      set(attributes({ a: { type: ['list', 'dynamic'], optional: true } })),
      set(attributes({ a: { type: 'string', optional: true, writeOnly: true } })),
      {
        attributes: {},
        blocks: { b: { nesting: 'single', minItems: 0, maxItems: 1, block: attributes({}) } },
      },
      { attributes: {}, blocks: { b: { nesting: 'list', minItems: 2, maxItems: 1, block: attributes({}) } } },
      { attributes: {}, blocks: { b: { nesting: 'map', minItems: 1, maxItems: 0, block: attributes({}) } } },
    ];
    for (const block of wrong) assert.equal(violations('x', block).length, 1, JSON.stringify(block));
    assert.deepEqual(violations('x', set(attributes({ a: { type: 'string', optional: true } }))), []);
  });

  it('stops at an overlay that matches nothing', async () => {
    const { applyOverlay } = await load<Overlays>('overlay.mjs');
    const blocks = new Map([['resource.x_y', { attributes: { a: { type: 'string' } }, blocks: {} }]]);
    const functions = [{ name: 'f', returns: 'dynamic' }];
    applyOverlay({ blocks, functions }, { sensitive: ['x_y.a'], functions: { f: ['list', 'string'] } });
    assert.deepEqual(functions[0]?.returns, ['list', 'string']);
    assert.throws(() => {
      applyOverlay({ blocks, functions }, { functions: { g: 'string' } });
    }, /matches nothing/);
    assert.equal(blocks.get('resource.x_y')?.attributes.a.type, 'string');
    for (const path of ['x_y.b', 'x_z.a', 'data.x_y.a']) {
      assert.throws(() => {
        applyOverlay({ blocks, functions }, { sensitive: [path] });
      }, /matches nothing/);
    }
  });

  it('reads the functions of a provider', async () => {
    const { readFunctions } = await load<{ readonly readFunctions: (text: string) => unknown }>(
      'functions.mjs',
    );
    const text = `export class XProviderFunctions {
  /**
  * Joins things.
  * @param {string} firstPart - What comes first
  * @param {Array<string>} rest
  * @returns {string}
  */
  public joinThings(firstPart: string, ...rest: string[]): string {
    return cdktf.Token.asString(cdktf.TerraformProviderFunction.invoke(this.providerLocalName, "join_things", [firstPart, ...rest]));
  }

  /**
  * @param {object} thing
  * @returns {object}
  */
  public take(thing: any): cdktf.IResolvable {
    return cdktf.TerraformProviderFunction.invoke(this.providerLocalName, "take", [thing]);
  }
}`;
    assert.deepEqual(readFunctions(text), [
      {
        name: 'join_things',
        parameters: [{ name: 'first_part', type: 'string', description: 'What comes first' }],
        variadic: { name: 'rest', type: ['list', 'string'] },
        returns: 'string',
        description: 'Joins things.',
      },
      { name: 'take', parameters: [{ name: 'thing', type: 'dynamic' }], returns: 'dynamic' },
    ]);
  });
});
