import assert from 'node:assert/strict';
import { documentSymbols } from '../../server/features/documentSymbols';
import type { DocumentSymbol } from '../../server/features/documentSymbols';
import { foldingRanges } from '../../server/features/folding';
import { formatDocument } from '../../server/features/formatting';
import { signatureHelp } from '../../server/features/signatureHelp';
import { applyEdits } from '../../server/text/edit';
import { fixture } from '../support/fixture';

describe('document symbols', () => {
  it('nest as blocks and arguments do', () => {
    const { snapshot, path } = fixture(
      'resource "a_b" "c" {\n  x = 1\n  lifecycle {\n    y = 2\n  }\n}\nlocals {\n  z = 3\n}\n',
    );
    const outline = (symbols: readonly DocumentSymbol[]): unknown[] =>
      symbols.map(({ name, children }) => (children.length === 0 ? name : [name, ...outline(children)]));
    assert.deepEqual(outline(documentSymbols(snapshot, path)), [
      ['a_b.c', 'x', ['lifecycle', 'y']],
      ['locals', 'z'],
    ]);
  });

  it('go into objects, and into lists of them', () => {
    const { snapshot, path } = fixture(
      'locals {\n  a = { b = 1, "c" = { d = 2 }, (e) = 3, f }\n  g = [{ h = 1 }, 2, [{ i = 1 }]]\n  j = [1]\n}\n',
    );
    const outline = (symbols: readonly DocumentSymbol[]): unknown[] =>
      symbols.map(({ name, children }) => (children.length === 0 ? name : [name, ...outline(children)]));
    assert.deepEqual(outline(documentSymbols(snapshot, path)), [
      ['locals', ['a', 'b', ['c', 'd'], 'f'], ['g', ['[0]', 'h'], ['[2]', ['[0]', 'i']]], 'j'],
    ]);
  });

  it('keep the selection inside the range, also in broken text', () => {
    const { snapshot, path } = fixture('resource "a" {\n  b = \n  c {\n\nvariable "x" {');
    const check = (symbol: DocumentSymbol) => {
      assert.ok(
        symbol.range.start <= symbol.selection.start && symbol.selection.end <= symbol.range.end,
        symbol.name,
      );
      symbol.children.forEach(check);
    };
    documentSymbols(snapshot, path).forEach(check);
  });
});

describe('folding', () => {
  it('folds what spans lines', () => {
    const text =
      '# one\n# two\n\nlocals {\n  a = [\n    1,\n  ]\n  b = { c = 1 }\n  d = <<-EOT\n    x\n  EOT\n}\n';
    const { snapshot, path } = fixture(text);
    const folds = foldingRanges(snapshot, path).map(({ range, kind }) => [
      kind,
      text.slice(range.start, range.start + 6),
    ]);
    assert.deepEqual(folds, [
      ['comment', '# one\n'],
      ['code', 'locals'],
      ['code', '[\n    '],
      ['code', '<<-EOT'],
    ]);
  });
});

describe('formatting', () => {
  it('gives edits, and none for text with errors', () => {
    const formatted = fixture('locals {\na=1\nbcd = 2\n}\n');
    const edits = formatDocument(formatted.snapshot, formatted.path);
    assert.equal(applyEdits('locals {\na=1\nbcd = 2\n}\n', edits), 'locals {\n  a   = 1\n  bcd = 2\n}\n');
    const broken = fixture('locals {\na=\n');
    assert.deepEqual(formatDocument(broken.snapshot, broken.path), []);
  });
});

describe('signature help', () => {
  const help = (expression: string) => {
    const { snapshot, path, offset } = fixture(`locals {\n  a = ${expression}\n}\n`);
    return signatureHelp(snapshot, path, offset);
  };

  it('knows the call and the parameter', () => {
    assert.equal(
      help('replace("a", <|>')?.label,
      'replace(str string, substr string, replace string) string',
    );
    assert.equal(help('replace("a", <|>')?.active, 1);
    assert.equal(help('join(",", ["a", "b"], <|>)')?.active, 1);
    assert.equal(help('upper(lower(<|>))')?.label, 'lower(str string) string');
    assert.equal(help('"${upper(<|>)}"')?.active, 0);
  });

  it('is silent outside of calls', () => {
    assert.equal(help('upper("a") + <|>'), undefined);
    assert.equal(help('unknown(<|>)'), undefined);
  });
});
