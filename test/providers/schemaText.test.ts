import assert from 'node:assert/strict';
import { parseBlock } from '../../server/providers/schemaText';

describe('schema entries', () => {
  it('are read as the grammar says', () => {
    const asked: number[] = [];
    const block = parseBlock(
      'a sB#a;b LMnG;c O(x:s,y:T(b,d))E;n Nl{m sC}C;sub{q bI}lAB;gone{!}sAA;any{*}oAA;told{#2;x sC}l_64._250.',
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
    const { told } = block.blocks;
    assert.deepEqual([told?.minItems, told?.maxItems, told?.block.description], [64, 250, 'text 2']);
  });

  it('may be empty', () => {
    assert.deepEqual(
      parseBlock('', () => ''),
      { attributes: {}, blocks: {} },
    );
  });

  it('read a nested block when somebody looks inside', () => {
    const block = parseBlock('outer{inner{deep sB}lAB}lAB;wrong{a x}sAA;last sE', () => '');
    assert.equal(block.attributes.last?.computed, true);
    const { outer, wrong } = block.blocks;
    assert.deepEqual(Object.keys(outer ?? {}).sort(), ['block', 'maxItems', 'minItems', 'nesting']);
    assert.equal(outer?.block.blocks.inner?.block.attributes.deep?.required, true);
    assert.equal(outer.block, outer.block, 'it is read once');
    assert.deepEqual([wrong?.nesting, wrong?.maxItems], ['set', 0]);
    assert.throws(() => wrong?.block, /a type was expected at character/);
  });

  it('are refused when they do not follow the grammar', () => {
    for (const text of [
      'a',
      'a ',
      'a x',
      'a s',
      'a sB}',
      'b{',
      'b{a sB}',
      'b{a sB}xAA',
      'b{}l_A',
      'a O(sB',
      '=',
    ]) {
      assert.throws(() => parseBlock(text, () => ''), /was expected at character \d+/, text);
    }
  });
});
