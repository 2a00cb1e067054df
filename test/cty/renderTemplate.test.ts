import assert from 'node:assert/strict';
import { evaluate } from '../../server/cty/evaluate';
import { ArgumentError } from '../../server/cty/functions/function';
import { templatesFor } from '../../server/cty/renderTemplate';
import { scopeOf, summary, valueOf } from './evaluateText';

const templates = templatesFor(scopeOf(), evaluate);

function render(text: string, variables: string, files = true): string {
  return summary(templates.render(text, valueOf(variables), { files }));
}

describe('rendering a template for a function', () => {
  it('gives the template variables and functions', () => {
    assert.equal(render('${upper(a)}-${b + 1}', '{ a = "x", b = 2 }'), '"X-3"');
    assert.equal(render('${a}', 'tomap({ a = 1 })'), '1');
    assert.equal(render('%{ for x in xs ~} ${x} %{~ endfor }', '{ xs = ["p", "q"] }'), '"pq"');
    assert.equal(render('${a}', '{ a = sensitive("s") }'), '"s" sensitive');
  });

  it('refuses variables that cannot be', () => {
    const refuses = (text: string, variables: string, message: RegExp): void => {
      assert.throws(
        () => render(text, variables),
        (error) => error instanceof ArgumentError && error.index === 1 && message.test(error.message),
      );
    };
    refuses('a', '[]', /^invalid vars value: must be a map$/);
    refuses('a', '{ "1a" = 1 }', /^invalid template variable name "1a"/);
    refuses('x\n  ${b}', '{ a = 1 }', /does not contain key "b", referenced at line 2, column 5$/);
  });

  it('tells where a template fails', () => {
    assert.throws(() => render('a\n${', '{}'), /error at line 2, column 3: .*never closed/);
    assert.throws(
      () => render('a\n ${a + "x"}', '{ a = 1 }'),
      /fails at line 2, column 8: "x" is no operand/,
    );
    assert.throws(() => render('${a}', '{ a = null }'), /result of the template is null/);
  });

  it('keeps templates from rendering templates, and from files where they must not', () => {
    assert.throws(() => render('${templatefile("x", {})}', '{}'), /cannot recursively call templatefile/);
    assert.throws(() => render('${core::templatestring(a, {})}', '{ a = "" }'), /cannot recursively call/);
    assert.throws(() => render('${file("x")}', '{}', false), /filesystem access functions like file/);
    assert.throws(() => render('${file("x")}', '{}', true), /file failed|not suitable/);
  });
});
