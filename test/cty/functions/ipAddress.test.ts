import assert from 'node:assert/strict';
import {
  addressText,
  containsAddress,
  lastAddress,
  networkText,
  parseAddress,
  parseNetwork,
} from '../../../server/cty/functions/ipAddress';

describe('addresses', () => {
  const shown = (text: string): string | undefined => {
    const address = parseAddress(text);
    return address && addressText(address);
  };

  it('are written in their shortest form', () => {
    assert.equal(shown('010.0.00.1'), '10.0.0.1');
    assert.equal(shown('0:0:0:0:0:0:0:0'), '::');
    assert.equal(shown('0:0:1:0:0:0:0:1'), '0:0:1::1');
    assert.equal(shown('1:0:0:1:0:0:1:1'), '1::1:0:0:1:1');
    assert.equal(shown('1:0:1:1:1:1:1:1'), '1:0:1:1:1:1:1:1');
    assert.equal(shown('ABCD::'), 'abcd::');
    assert.equal(shown('::ffff:1.2.3.4'), '1.2.3.4');
    for (const text of ['', '1', 'a.b', '1.2.3', '1.2.3.4.5', ':', '1::2::3', '1.2.3.4::']) {
      assert.equal(shown(text), undefined, text);
    }
  });

  it('lie in networks of their kind', () => {
    const within = (network: string, address: string): boolean | undefined => {
      const [outer, inner] = [parseNetwork(network), parseAddress(address)];
      return outer && inner && containsAddress(outer, inner);
    };
    assert.equal(within('10.0.0.0/8', '10.255.0.1'), true);
    assert.equal(within('10.0.0.0/8', '11.0.0.0'), false);
    assert.equal(within('0.0.0.0/0', '255.255.255.255'), true);
    assert.equal(within('::/0', '10.0.0.1'), false);
    assert.equal(within('::ffff:10.0.0.0/104', '10.1.2.3'), true);
    assert.equal(within('fd00::/8', 'fdff::1'), true);
    assert.equal(within('fd00::/8', 'fe00::1'), false);
  });

  it('end a network', () => {
    for (const [text = '', last = ''] of [
      ['10.0.0.0/8', '10.255.255.255'],
      ['::/0', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
      ['1.2.3.4/32', '1.2.3.4'],
    ]) {
      const network = parseNetwork(text);
      assert.ok(network);
      assert.equal(addressText(lastAddress(network)), last);
      assert.equal(networkText(network), text);
    }
  });
});
