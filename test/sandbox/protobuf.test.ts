import assert from 'node:assert/strict';
import {
  bytes,
  decodeMessage,
  encodeMessage,
  flag,
  integer,
  many,
  map,
  message,
  one,
  text,
} from '../../server/sandbox/protobuf';

const inner = message({ name: text(1) });
const outer = message({
  text: text(1),
  data: bytes(2),
  on: flag(3),
  count: integer(4),
  one: one(5, inner),
  all: many(6, inner),
  named: map(7, inner),
});

describe('protocol buffers', () => {
  it('are written as the format says', () => {
    const encoded = encodeMessage(outer, { text: 'hi', on: true, count: 300, one: { name: 'x' } });
    assert.equal(encoded.toString('hex'), '0a02686918012' + '0ac022a030a0178');
  });

  it('come back as they were', () => {
    const value = {
      text: 'é',
      data: Buffer.from([0, 255]),
      on: true,
      count: -1,
      one: {},
      all: [{ name: 'a' }, {}],
      named: { k: { name: 'v' }, l: {} },
    };
    assert.deepEqual(decodeMessage(outer, encodeMessage(outer, value)), value);
    assert.deepEqual(decodeMessage(outer, encodeMessage(outer, {})), {});
  });

  it('may hold fields of a newer version', () => {
    const newer = Buffer.from('50015a0161' + '65' + '00000000' + '61' + '0000000000000000' + '0a0178', 'hex');
    assert.deepEqual(decodeMessage(outer, newer), { text: 'x' });
  });

  it('are refused when they are damaged', () => {
    for (const damaged of ['0a05', '0a', '0f', 'ffffffffffffffffffffff']) {
      assert.throws(() => decodeMessage(outer, Buffer.from(damaged, 'hex')), damaged);
    }
  });
});
