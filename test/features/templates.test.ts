import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import { findDefinition } from '../../server/features/definition';
import { diagnose } from '../../server/features/diagnostics';
import { documentHighlights } from '../../server/features/documentHighlights';
import { documentSymbols } from '../../server/features/documentSymbols';
import { foldingRanges } from '../../server/features/folding';
import { hover } from '../../server/features/hover';
import { findReferences } from '../../server/features/references';
import { prepareRename, rename } from '../../server/features/rename';
import { formatDocument } from '../../server/features/formatting';
import { selectionRanges } from '../../server/features/selectionRanges';
import { signatureHelp } from '../../server/features/signatureHelp';
import { semanticTokens } from '../../server/features/semanticTokens';
import { fixture } from '../support/fixture';
import { edited, marked } from '../support/marked';

const config = (variables: string, call = '') => `//- main.tf
variable "region" {
  type = string
}
locals {
  script = ${call === '' ? `templatefile("\${path.module}/init.sh.tftpl", ${variables})` : call}
}
`;
const template = (text: string) => `//- init.sh.tftpl\n${text}`;

/** `code: text` of everything that is said about a file. */
function said(drawn: string, name = 'init.sh.tftpl'): readonly string[] {
  const from = fixture(drawn);
  const path = [...from.files.keys()].find((file) => file.endsWith(name)) ?? '';
  const text = from.files.get(path) ?? '';
  return diagnose(from.snapshot, path)
    .filter(({ code }) => code !== 'unused-declaration')
    .map(({ code, range }) => `${code}: ${text.slice(range.start, range.end)}`);
}

function offered(drawn: string): readonly string[] {
  const from = fixture(drawn);
  return complete(from.snapshot, from.path, from.offset).items.map(({ label }) => label);
}

/** The text after the first offer of that name was taken. */
function completed(drawn: string, label: string): string {
  const from = fixture(drawn);
  const item = complete(from.snapshot, from.path, from.offset).items.find((each) => each.label === label);
  assert.ok(item !== undefined, `${label} is not offered`);
  return edited(from, [{ path: from.path, range: item.range, newText: item.insert }]);
}

describe('a template', () => {
  it('has the syntax of templates, broken or not', () => {
    const call = config('{ name = "x", hosts = ["a"] }');
    assert.deepEqual(
      said(call + template('# $${x} %%{ "\n%{ for h in hosts ~}\n${h} ${name}\n%{ endfor ~}\n')),
      [],
    );
    assert.deepEqual(said(call + template('a ${name\nb ${hosts[0]}\n')), ['interpolation-close: ']);
    assert.deepEqual(said(call + template('%{ if true }x ${name} ${hosts[0]}')), [
      'directive-unclosed: %{ if',
    ]);
    assert.deepEqual(said(call + template('%{ endif }${name}')), ['directive-unexpected: endif']);
  });

  it('knows its variables from the call', () => {
    assert.deepEqual(said(config('{ name = "x" }') + template('${name} ${nane} ${upper(other)}')), [
      'undeclared-template-variable: nane',
      'undeclared-template-variable: other',
    ]);
    const from = fixture(config('{ name = "x" }') + template('${nane}'));
    const [found] = diagnose(from.snapshot, [...from.files.keys()].at(-1) ?? '');
    assert.equal(found?.suggestion, 'name');
    assert.deepEqual(found.facts, { name: 'nane' });
  });

  it('says nothing about names where a call may give more', () => {
    const text = template('${name} ${other}');
    assert.deepEqual(said(config('var.all') + text), []);
    assert.deepEqual(said(config('{ (var.region) = 1 }') + text), []);
    assert.deepEqual(said(text), []);
    assert.deepEqual(
      said(config('', 'try(templatefile("${path.module}/init.sh.tftpl", {}), "")') + text),
      [],
    );
    assert.deepEqual(said(config('merge({ name = 1 }, aws_bucket.b)') + text), []);
    // What can be worked out counts as written: `terraform validate` 1.11.4 refuses this as well.
    assert.deepEqual(said(config('merge({ name = 1 }, { a = var.region })') + text), [
      'undeclared-template-variable: other',
    ]);
  });

  it('takes what any of its calls gives', () => {
    const second =
      '//- second.tf\nlocals {\n  b = templatefile("./init.sh.tftpl", { other = 1, name = 2 })\n}\n';
    assert.deepEqual(said(config('{ name = "x" }') + second + template('${name} ${other}')), []);
  });

  it('is checked with the types that the calls give', () => {
    assert.deepEqual(
      said(config('{ name = { size = var.region } }') + template('${name.siez} ${name.size}')),
      ['unsupported-attribute: siez'],
    );
    assert.deepEqual(said(config('{ name = var.region }') + template('${nofunction(name)}')), [
      'unknown-function: nofunction',
    ]);
    assert.deepEqual(said(config('{ name = var.region }') + template('${templatefile("x", {})}${name}')), [
      'recursive-template: templatefile',
    ]);
  });

  it('is checked where it is called', () => {
    const at = (drawn: string) => said(drawn, 'main.tf');
    assert.deepEqual(at(config('{ name = 1, spare = 2 }') + template('${name}')), [
      'unused-template-variable: spare',
    ]);
    assert.deepEqual(at(config('{ name = 1 }') + template('${name} ${port} ${port}')), [
      'missing-template-variable: { name = 1 }',
    ]);
    assert.deepEqual(at(config('{ name = 1 }') + template('${name')), [
      'invalid-template: "${path.module}/init.sh.tftpl"',
    ]);
    assert.deepEqual(at(config('{ name = 1 }') + template('%{ for name in [1] }${name}%{ endfor }')), [
      'unused-template-variable: name',
    ]);
    assert.deepEqual(at(config('var.region') + template('${name}')), []);
  });

  it('may have any name', () => {
    assert.deepEqual(
      said(
        '//- main.tf\nlocals {\n  a = templatefile("${path.module}/run.sh", { b = 1 })\n}\n//- run.sh\n${c}\n',
        'main.tf',
      ),
      ['missing-template-variable: { b = 1 }', 'unused-template-variable: b'],
    );
  });
});

describe('a template and its call', () => {
  const variables = '{ name = var.region, hosts = [{ ip = "1" }], deep = { port = 80 } }';
  const places = (drawn: string) => {
    const from = fixture(drawn);
    return marked(from, findReferences(from.snapshot, from.path, from.offset, true));
  };

  it('find each other', () => {
    const found = places(
      config('{ na<|>me = var.region }') + template('a ${name} %{ if name == "x" }${name}%{ endif }'),
    );
    assert.match(found, /\{ ‹name› = var\.region \}/);
    assert.match(found, /a \$\{‹name›\} %\{ if ‹name› == "x" \}\$\{‹name›\}/);
    assert.equal(
      places(config('{ name = var.region }') + template('a ${na<|>me} %{ if name == "x" }${name}%{ endif }')),
      found,
    );
  });

  it('are renamed together', () => {
    const from = fixture(config('{ name = var.region }') + template('${na<|>me} ${upper(name)} $${name}'));
    const after = edited(from, rename(from.snapshot, from.path, from.offset, 'title'));
    assert.match(after, /\{ title = var\.region \}/);
    assert.match(after, /\$\{title\} \$\{upper\(title\)\} \$\$\{name\}/);
    const open = fixture(config('var.all') + template('${na<|>me}'));
    assert.throws(
      () => prepareRename(open.snapshot, open.path, open.offset),
      /does not write its variables out.*var\.all/,
    );
    const taken = fixture(config('{ name = 1, other = 2 }') + template('${na<|>me}'));
    assert.throws(
      () => rename(taken.snapshot, taken.path, taken.offset, 'other'),
      /variable of this template already/,
    );
  });

  it('lead to each other', () => {
    const definition = (drawn: string) => {
      const from = fixture(drawn);
      const found = findDefinition(from.snapshot, from.path, from.offset);
      return found === undefined ? 'nowhere' : marked(from, [found.target]);
    };
    assert.match(definition(config(variables) + template('${na<|>me}')), /\{ ‹name› = var\.region/);
    assert.match(definition(config(variables) + template('${deep.po<|>rt}')), /deep = \{ ‹port› = 80/);
    assert.match(
      definition(config(variables) + template('%{ for h in hosts }${h.i<|>p}%{ endfor }')),
      /\{ ‹ip› = "1"/,
    );
    assert.match(
      definition(config(variables) + template('%{ for h in hosts }${h<|>.ip}%{ endfor }')),
      /for ‹h› in/,
    );
    assert.match(definition(config('{ na<|>me = 1 }') + template('x ${name}')), /x \$\{‹name›\}/);
    const file = config('{}', 'templatefile("${path.module}/init.s<|>h.tftpl", {})') + template('x');
    assert.equal(definition(file), '//- init.sh.tftpl\n‹›x');
  });

  it('show types and values', () => {
    const contents = (drawn: string) => {
      const from = fixture(drawn);
      return hover(from.snapshot, from.path, from.offset)?.contents ?? '';
    };
    assert.match(
      contents(config(variables) + template('${de<|>ep.port}')),
      /deep: object[^]*Given by `templatefile\(\)` in main\.tf, line 5:[^]*"port" = 80/,
    );
    assert.match(
      contents(config(variables) + template('${deep.po<|>rt}')),
      /deep\.port: number[^]*line 5:[^]*80/,
    );
    assert.match(contents(config(variables) + template('${na<|>me}')), /name: string[^]*line 5\./);
    assert.match(
      contents(config(variables) + template('%{ for h in hosts }${h.i<|>p}%{ endfor }')),
      /h\.ip: string/,
    );
    assert.match(contents(config(variables) + template('${upp<|>er(name)}')), /upper\(/);
    assert.equal(contents(config(variables) + template('na<|>me')), '');
  });
});

describe('completion in a template', () => {
  const call = config('{ name = var.region, hosts = [{ ip = "1" }], deep = { port = 80, host = "h" } }');

  it('offers variables and functions in sequences, and nothing in the text', () => {
    const names = offered(call + template('a ${<|>'));
    assert.deepEqual(names.slice(0, 3), ['deep', 'hosts', 'name']);
    assert.ok(names.includes('upper') && !names.includes('templatefile') && !names.includes('var'));
    assert.deepEqual(offered(call + template('na<|>me')), []);
    assert.deepEqual(offered(call + template('$${na<|>me')), []);
    assert.equal(completed(call + template('x: ${na<|>}\ny'), 'name'), '//- init.sh.tftpl\nx: ${name}\ny');
  });

  it('offers members, also of what a directive goes over', () => {
    assert.deepEqual(offered(call + template('${deep.<|>}')), ['host', 'port']);
    assert.deepEqual(offered(call + template('%{ for h in hosts ~}\n${h.<|>}\n%{ endfor ~}')), ['ip']);
    assert.deepEqual(offered(call + template('%{ for h in hosts ~}\n${<|>')).slice(0, 2), ['h', 'deep']);
  });

  it('offers the words of directives', () => {
    assert.deepEqual(offered(call + template('%{ <|>')), ['else', 'endfor', 'endif', 'for', 'if']);
    assert.ok(offered(call + template('%{ for h in <|>')).includes('hosts'));
    assert.ok(offered(call + template('%{ if na<|>')).includes('name'));
  });

  it('offers at the call what the template reads', () => {
    const text = template('${name} ${port}');
    assert.deepEqual(offered(config('{ <|> }') + text), ['name', 'port']);
    assert.deepEqual(offered(config('{\n    name = 1\n    <|>\n  }') + text), ['port']);
  });
});

describe('the shape of a template', () => {
  const text = '# a\n# b\n%{ for h in hosts ~}\n${h.ip}\n%{ if h.up ~}\nup\n%{ endif ~}\n%{ endfor ~}\n';

  it('folds directives, and no text', () => {
    const from = fixture(template(text));
    const folds = foldingRanges(from.snapshot, from.path).map(({ range }) =>
      text.slice(range.start, range.start + 8),
    );
    assert.deepEqual(folds, ['%{ for h', '%{ if h.']);
    const heredoc = 'locals {\n  a = <<-T\n    %{ if true }\n    x\n    %{ endif }\n  T\n}\n';
    const inside = fixture(heredoc);
    assert.ok(
      foldingRanges(inside.snapshot, inside.path).some(({ range }) =>
        heredoc.startsWith('%{ if true }', range.start),
      ),
    );
  });

  it('colours variables, members, functions and local names', () => {
    const from = fixture(
      config('{ hosts = [] }') + template('%{ for h in hosts }${upper(h.ip)}%{ endfor }<|>'),
    );
    const source = from.files.get(from.path) ?? '';
    assert.deepEqual(
      semanticTokens(from.snapshot, from.path).map(({ range, type }) => [
        source.slice(range.start, range.end),
        type,
      ]),
      [
        ['h', 'parameter'],
        ['hosts', 'variable'],
        ['upper', 'function'],
        ['h', 'parameter'],
        ['ip', 'property'],
      ],
    );
  });

  it('is selected part by part', () => {
    const drawn = 'a %{ if x }b ${upper(na<|>me)} c%{ endif } d';
    const from = fixture(template(drawn));
    const source = from.files.get(from.path) ?? '';
    assert.deepEqual(
      selectionRanges(from.snapshot, from.path, from.offset).map(({ start, end }) =>
        source.slice(start, end),
      ),
      [
        'name',
        'upper(name)',
        '${upper(name)}',
        '%{ if x }b ${upper(name)} c%{ endif }',
        'a %{ if x }b ${upper(name)} c%{ endif } d',
      ],
    );
  });

  it('is never formatted, and has signatures', () => {
    const from = fixture(template('a=1\n  ${join(", ",<|> b)}\n'));
    assert.deepEqual(formatDocument(from.snapshot, from.path), []);
    assert.equal(signatureHelp(from.snapshot, from.path, from.offset)?.active, 1);
  });

  it('has highlights, and no outline', () => {
    const from = fixture(template('${a<|>} ${b} ${a.c}'));
    assert.equal(
      marked(
        from,
        documentHighlights(from.snapshot, from.path, from.offset).map(({ range }) => ({
          path: from.path,
          range,
        })),
      ),
      '//- init.sh.tftpl\n${‹a›} ${b} ${‹a›.c}',
    );
    assert.deepEqual(documentSymbols(from.snapshot, from.path), []);
  });
});
