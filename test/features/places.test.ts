import assert from 'node:assert/strict';
import { documentHighlights } from '../../server/features/documentHighlights';
import { documentLinks } from '../../server/features/documentLinks';
import { fuzzyScore } from '../../server/features/fuzzy';
import { linkedRanges } from '../../server/features/linkedEditing';
import { selectionRanges } from '../../server/features/selectionRanges';
import { semanticTokens } from '../../server/features/semanticTokens';
import { findTypeDefinition } from '../../server/features/typeDefinition';
import { workspaceSymbols } from '../../server/features/workspaceSymbols';
import { fixture } from '../support/fixture';
import type { Fixture } from '../support/fixture';

const textOf = (from: Fixture) => from.files.get(from.path) ?? '';

/** Ranges drawn into the text as `‹…›`. */
function drawn(text: string, ranges: readonly { readonly start: number; readonly end: number }[]): string {
  let result = text;
  for (const { start, end } of [...ranges].sort((a, b) => b.start - a.start)) {
    result = `${result.slice(0, start)}‹${result.slice(start, end)}›${result.slice(end)}`;
  }
  return result;
}

describe('document highlights', () => {
  const highlights = (text: string) => {
    const from = fixture(text);
    const found = documentHighlights(from.snapshot, from.path, from.offset);
    return drawn(
      textOf(from),
      found.map(({ range }) => range),
    );
  };

  it('shows a variable where it is declared and read', () => {
    assert.equal(
      highlights('variable "re<|>gion" {}\nlocals {\n  a = "${var.region}-1"\n  b = var.region\n}\n'),
      'variable "‹region›" {}\nlocals {\n  a = "${var.‹region›}-1"\n  b = var.‹region›\n}\n',
    );
  });

  it('shows the variable of a for expression, not what an inner loop calls the same', () => {
    assert.equal(
      highlights('locals {\n  a = [for k in [1] : [k<|>, [for k in [k] : k], { k = k }]]\n}\n'),
      'locals {\n  a = [for ‹k› in [1] : [‹k›, [for k in [‹k›] : k], { k = ‹k› }]]\n}\n',
    );
  });

  it('tells reading from writing', () => {
    const from = fixture('variable "a<|>" {}\noutput "x" {\n  value = var.a\n}\n');
    const kinds = documentHighlights(from.snapshot, from.path, from.offset).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['write', 'read']);
  });

  it('shows nothing where nothing has a name', () => {
    assert.equal(highlights('locals {\n  a = 1<|>2\n}\n'), 'locals {\n  a = 12\n}\n');
  });
});

describe('type definition', () => {
  it('leads to the type of a variable and into a called module', () => {
    const variable = fixture('variable "a" {\n  type = list(string)\n}\nlocals {\n  b = var.<|>a\n}\n');
    const found = findTypeDefinition(variable.snapshot, variable.path, variable.offset);
    assert.equal(textOf(variable).slice(found?.range.start, found?.range.end), 'list(string)');
    const call = fixture(
      '//- main.tf\nmodule "st<|>ore" {\n  source = "./store"\n}\n//- store/main.tf\nlocals {}\n',
    );
    assert.match(findTypeDefinition(call.snapshot, call.path, call.offset)?.path ?? '', /store.main\.tf$/);
  });
});

describe('linked editing', () => {
  const linked = (text: string) => {
    const from = fixture(text);
    return drawn(textOf(from), linkedRanges(from.snapshot, from.path, from.offset));
  };

  it('links the two markers of a heredoc', () => {
    assert.equal(
      linked('locals {\n  a = <<-E<|>OT\n    x EOT\n  EOT\n}\n'),
      'locals {\n  a = <<-‹EOT›\n    x EOT\n  ‹EOT›\n}\n',
    );
    assert.equal(linked('a = <<X\nX<|>\nb = 1\n'), 'a = <<‹X›\n‹X›\nb = 1\n');
  });

  it('links nothing inside the text or before the heredoc is closed', () => {
    assert.equal(linked('a = <<X\ny<|>\nX\n'), 'a = <<X\ny\nX\n');
    assert.equal(linked('a = <<X<|>\ny\n'), 'a = <<X\ny\n');
  });
});

describe('selection ranges', () => {
  it('grows from the word over the string and the expression to the file', () => {
    const from = fixture('resource "aws_instance" "a" {\n  tags = { Name = "x-${var.na<|>me}" }\n}\n');
    const texts = selectionRanges(from.snapshot, from.path, from.offset).map(({ start, end }) =>
      textOf(from).slice(start, end),
    );
    assert.deepEqual(texts.slice(0, 9), [
      'name',
      'var.name',
      '${var.name}',
      'x-${var.name}',
      '"x-${var.name}"',
      'Name = "x-${var.name}"',
      ' Name = "x-${var.name}" ',
      '{ Name = "x-${var.name}" }',
      'tags = { Name = "x-${var.name}" }',
    ]);
    assert.equal(texts.at(-1), textOf(from));
  });

  it('answers in an empty and in a broken file', () => {
    for (const text of ['<|>', '{{{<|>', '"<|>', 'a = <<X\n<|>']) {
      const from = fixture(text);
      const ranges = selectionRanges(from.snapshot, from.path, from.offset);
      assert.ok(
        ranges.every((range, index) => index === 0 || range.end - range.start > size(ranges[index - 1])),
      );
    }
  });
});

function size(range: { readonly start: number; readonly end: number } | undefined): number {
  return range === undefined ? -1 : range.end - range.start;
}

describe('semantic tokens', () => {
  const tokens = (text: string) => {
    const from = fixture(text);
    return semanticTokens(from.snapshot, from.path).map(
      ({ range, type }) => `${textOf(from).slice(range.start, range.end)}:${type}`,
    );
  };

  it('names what the parts of a block are', () => {
    assert.deepEqual(
      tokens('resource "aws_instance" "a" {\n  count = var.n + 1\n  tags = { Name = true }\n}\n'),
      [
        'resource:type',
        '"aws_instance":class',
        '"a":variable',
        'count:property',
        'var:namespace',
        'n:variable',
        '1:number',
        'tags:property',
        'Name:property',
        'true:keyword',
      ],
    );
  });

  it('knows for variables, iterators, functions and types', () => {
    assert.deepEqual(tokens('locals {\n  a = [for k, v in data.x.y.z : upper(k) if v]\n}\n'), [
      'locals:type',
      'a:variable',
      'k:parameter',
      'v:parameter',
      'data:namespace',
      'x:variable',
      'y:property',
      'z:property',
      'upper:function',
      'k:parameter',
      'v:parameter',
    ]);
    assert.deepEqual(tokens('variable "v" {\n  type = map(object({ a = optional(string) }))\n}\n'), [
      'variable:type',
      '"v":variable',
      'type:property',
      'map:type',
      'object:type',
      'a:property',
      'optional:type',
      'string:type',
    ]);
    assert.deepEqual(
      tokens(
        'resource "a_b" "c" {\n  dynamic "d" {\n    content {\n      e = d.value\n    }\n  }\n}\n',
      ).slice(-5),
      ['"d":class', 'content:type', 'e:property', 'd:parameter', 'value:property'],
    );
  });

  it('gives those of the visible part alone, and never two for one place', () => {
    const from = fixture('locals {\n  a = 1\n}\nlocals {\n  b = [for x in var.y : { x = x.z[*].w }]\n}\n');
    const second = textOf(from).lastIndexOf('locals');
    const visible = semanticTokens(from.snapshot, from.path, { start: second + 1, end: second + 2 });
    assert.ok(visible.every(({ range }) => range.start >= second));
    visible.forEach((token, index) => {
      assert.ok(index === 0 || (visible[index - 1]?.range.end ?? 0) <= token.range.start);
    });
  });
});

describe('document links', () => {
  it('lead to documentation, to called modules and to files', () => {
    const from = fixture(
      '//- main.tf\nresource "aws_instance" "a" {\n  user_data = file("${path.module}/init.sh")\n}\nmodule "m" {\n  source = "./m"\n}\nmodule "r" {\n  source = "terraform-aws-modules/vpc/aws"\n}\nlocals {\n  gone = file("gone.txt")\n}\n//- init.sh\n#!/bin/sh\n//- m/main.tf\nlocals {}\n',
    );
    const file = [...from.files.keys()].find((name) => name.endsWith('main.tf') && !name.includes('m/main'));
    const links = documentLinks(from.snapshot, file ?? '').map(({ target }) => target);
    assert.equal(links.length, 4);
    assert.match(
      links[0] ?? '',
      /^https:\/\/registry\.terraform\.io\/providers\/hashicorp\/aws\/.*\/docs\/resources\/instance$/,
    );
    assert.match(links[1] ?? '', /init\.sh$/);
    assert.match(links[2] ?? '', /m\/main\.tf$/);
    assert.match(links[3] ?? '', /modules\/terraform-aws-modules\/vpc\/aws\/latest$/);
  });
});

describe('workspace symbols', () => {
  const project =
    '//- main.tf\nresource "aws_instance" "trainer" {}\nvariable "region" {}\nmodule "m" {\n  source = "./m"\n}\n//- m/main.tf\noutput "url" {\n  value = 1\n}\n';

  it('finds by parts of words whatever their case, in called modules too', () => {
    const { snapshot } = fixture(project);
    const names = (query: string) => workspaceSymbols(snapshot, query).map(({ name }) => name);
    assert.deepEqual(names('AITr'), ['aws_instance.trainer']);
    assert.deepEqual(names('outurl'), ['output.url']);
    assert.deepEqual(names('zzz'), []);
    assert.equal(names('').length, 4);
  });

  it('puts what is meant first', () => {
    const better = (query: string, first: string, second: string) => {
      assert.ok((fuzzyScore(query, first) ?? -1) > (fuzzyScore(query, second) ?? -1), `${query}: ${first}`);
    };
    better('reg', 'var.region', 'var.aggregate');
    better('ait', 'aws_instance.trainer', 'data.aws_availability_zones.it');
    assert.equal(fuzzyScore('xa', 'abcx'), undefined);
  });
});
