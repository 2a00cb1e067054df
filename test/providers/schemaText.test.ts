import assert from 'node:assert/strict';
import { parseBlock } from '../../server/providers/schemaText';

describe('schema entries', () => {
  it('are read as the grammar says', () => {
    const asked: number[] = [];
    const block = parseBlock(
      'a sB#a;b LMnG;c O(x:s,y:T(b,d))E;n Nl{m sC}C;sub{q bI}lAB;gone{}sAA!;any{*}oAA',
      (number) => {
        asked.push(number);
        return `text ${number}`;
      },
    );
    assert.deepEqual(asked, [], 'descriptions wait until somebody reads them');
    assert.equal(block.attributes.a?.description, 'text 10');
    assert.equal(block.attributes.a.required, true);
    assert.deepEqual(block.attributes.b, {
      type: ['list', ['map', 'number']],
      optional: true,
      computed: true,
    });
    assert.deepEqual(block.attributes.c?.type, [
      'object',
      { x: 'string', y: ['tuple', ['bool', 'dynamic']] },
    ]);
    assert.deepEqual(block.attributes.n, {
      nested: { nesting: 'list', attributes: { m: { type: 'string', optional: true } } },
      optional: true,
    });
    assert.deepEqual(block.blocks.sub, {
      nesting: 'list',
      minItems: 0,
      maxItems: 1,
      block: { attributes: { q: { type: 'bool', sensitive: true } }, blocks: {} },
    });
    assert.equal(block.blocks.gone?.block.deprecated, true);
    assert.equal(block.blocks.any?.block.open, true);
  });

  it('may be empty', () => {
    assert.deepEqual(
      parseBlock('', () => ''),
      { attributes: {}, blocks: {} },
    );
  });

  it('are refused when they do not follow the grammar', () => {
    for (const text of ['a', 'a ', 'a x', 'a s', 'a sB}', 'b{', 'b{a sB}', 'b{a sB}xAA', 'a O(sB', '=']) {
      assert.throws(() => parseBlock(text, () => ''), /was expected at character \d+/, text);
    }
  });
});
