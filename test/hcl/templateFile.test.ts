import assert from 'node:assert/strict';
import { parseTemplateFile, wholeTemplate } from '../../server/hcl/templateFile';
import { parse } from '../../server/hcl/parser';
import type { TemplatePart } from '../../server/hcl/syntax';
import { ConfigCache, parseConfig, reparseConfig } from '../../server/terraform/configFile';

/** Parts as `kind text`, those of directives in brackets. */
function parts(text: string): string {
  const show = (all: readonly TemplatePart[]): string =>
    all
      .map((part) => {
        const source = JSON.stringify(text.slice(part.range.start, part.range.end));
        if (part.kind === 'for') return `for(${show(part.body)})`;
        if (part.kind === 'if') return `if(${show(part.then)}|${show(part.else)})`;
        return `${part.kind} ${source}`;
      })
      .join(', ');
  return show(wholeTemplate(parseTemplateFile(text))?.parts ?? []);
}

const codes = (text: string) => parseTemplateFile(text).errors.map(({ code }) => code);

describe('a file that is a template', () => {
  it('is text, interpolations and directives, whatever HCL would make of the text', () => {
    assert.equal(parts('a "b\n# c ${d} /* e'), 'text "a \\"b\\n# c ", interpolation "${d}", text " /* e"');
    assert.equal(parts('%{ for x in y ~}${x}%{ endfor }'), 'for(interpolation "${x}")');
    assert.equal(parts('%{ if a }b%{ else }c%{ endif }d'), 'if(text "b"|text "c"), text "d"');
    assert.equal(parts('$${a} %%{ b'), 'text "$${a} %%{ b"');
    assert.equal(parts(''), '');
    assert.deepEqual(codes('a "b\n# c ${d} /* e'), []);
  });

  it('goes on after what is broken', () => {
    assert.equal(parts('${a\nb ${c}'), 'interpolation "${a", text "\\nb ", interpolation "${c}"');
    assert.deepEqual(codes('${a\nb ${c}'), ['interpolation-close']);
    assert.deepEqual(codes('%{ if a }b'), ['directive-unclosed']);
    assert.deepEqual(codes('b%{ endfor }'), ['directive-unexpected']);
    assert.deepEqual(codes('x ${'), ['unclosed-interpolation', 'expression-expected']);
  });

  it('has the errors that the same text has in a heredoc', () => {
    for (const text of [
      '${a b}',
      '${}',
      '%{ for in x }%{ endfor }',
      '%{ foo }',
      '${f(}',
      '${"a}',
      '${a[}',
      '${[1,}',
    ])
      assert.equal(codes(text).length > 0, parse(`x = <<T\n${text}\nT\n`).errors.length > 0, text);
  });

  it('is read at every half-typed moment', () => {
    const text =
      '# ${a.b["c"]}\n%{ for k, v in { x = 1 } ~}\n${k} = "${upper("${v}")}"\n%{ endfor ~}\r\n%{ if a }/*%{ else }%{ endif }';
    assert.deepEqual(codes(text), []);
    for (let end = 0; end <= text.length; end += 1) {
      const file = parseTemplateFile(text.slice(0, end));
      assert.equal(file.body.range.end, end);
      for (const { range } of file.errors) assert.ok(range.start >= 0 && range.end <= end);
    }
  });

  it('keeps comments of its expressions alone', () => {
    const text = '# no\n${a # yes\n}\n// no';
    assert.deepEqual(
      parseTemplateFile(text).comments.map(({ start, end }) => text.slice(start, end).trim()),
      ['# yes'],
    );
  });

  it('is told by its name, also when it changes', () => {
    const before = parseConfig('/a/x.yaml.tftpl', 'a: ${b}');
    const after = reparseConfig('/a/x.yaml.tftpl', before, { range: { start: 5, end: 6 }, newText: 'c d' });
    assert.deepEqual(after.errors, parseTemplateFile('a: ${c d}').errors);
    assert.equal(wholeTemplate(new ConfigCache().file('/a/x.tf', 'a = 1').syntax), undefined);
  });
});
