import assert from 'node:assert/strict';
import { parse } from '../../server/hcl/parser';
import type { Expression } from '../../server/hcl/syntax';
import { nodePathAt, stringValue, walkExpressions } from '../../server/hcl/walk';

describe('walkExpressions', () => {
  it('visits parents first, in file order, directives included', () => {
    const file = parse('b {\n  a = "${x}%{ if y }${z}%{ else }${v}%{ endif }"\n}\nc = f(d, [e])\n');
    const seen: string[] = [];
    walkExpressions(file.body, (node) => {
      seen.push(node.kind === 'variable' ? node.name : node.kind);
      return true;
    });
    assert.deepEqual(seen, ['template', 'x', 'y', 'z', 'v', 'call', 'd', 'tuple', 'e']);
  });

  it('skips the children of what the visitor refuses', () => {
    const seen: string[] = [];
    walkExpressions(parse('a = f(x, g(y))\n').body, (node) => {
      seen.push(node.kind);
      return node.kind !== 'call' || node.name !== 'g';
    });
    assert.deepEqual(seen, ['call', 'variable', 'call']);
  });
});

describe('nodePathAt', () => {
  it('goes from the file to the innermost node that the cursor touches', () => {
    const text = 'resource "a" "b" {\n  c = d.e + f\n}\n';
    const kinds = nodePathAt(parse(text), text.indexOf('d.e') + 3).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['body', 'block', 'body', 'attribute', 'binary', 'getAttribute']);
  });

  it('is the file outside of everything', () => {
    assert.deepEqual(
      nodePathAt(parse('a = 1\n\n\nb = 2\n'), 7).map(({ kind }) => kind),
      ['body'],
    );
  });
});

describe('stringValue', () => {
  const value = (source: string): string | undefined => {
    const [item] = parse(`a = ${source}\n`).body.items;
    assert.ok(item?.kind === 'attribute');
    const expression: Expression = item.value;
    return stringValue(expression);
  };

  it('is the value of a constant string, with its escapes resolved', () => {
    assert.equal(value('"a\\tb\\u00e9$${c}"'), 'a\tbé${c}');
    assert.equal(value('""'), '');
    assert.equal(value('<<E\nx\nE'), 'x\n');
  });

  it('is undefined for everything else', () => {
    assert.equal(value('"a${b}"'), undefined);
    assert.equal(value('1'), undefined);
  });
});
