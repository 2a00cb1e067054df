import assert from 'node:assert/strict';
import { after, titles } from './drawn';

/** Before, the fix, after. */
type Row = readonly [string, string, string];

function table(rows: readonly Row[]): void {
  for (const [before, title, result] of rows) {
    it(`${title}: ${before.replaceAll('<|>', '').replaceAll('\n', '⏎')}`, () => {
      assert.equal(after(before, title, { unformatted: true }), result);
    });
  }
}

describe('fixes for syntax', () => {
  describe('what is never closed', () => {
    table([
      ['locals <|>{\n  a = 1\n', 'Add the closing brace', 'locals {\n  a = 1\n}\n'],
      [
        'locals <|>{\n  a = 1\n\nvariable "x" {}\n',
        'Add the closing brace',
        'locals {\n  a = 1\n}\n\nvariable "x" {}\n',
      ],
      ['locals {\n  a = "x<|>\n}\n', 'Add the closing quote', 'locals {\n  a = "x"\n}\n'],
      ['locals {\n  a = upper("x<|>)\n}\n', 'Add the closing quote', 'locals {\n  a = upper("x")\n}\n'],
      ['variable "x<|> {\n}\n', 'Add the closing quote', 'variable "x" {\n}\n'],
      ['locals {\n  a = upper(<|>"x"\n}\n', 'Add the closing parenthesis', 'locals {\n  a = upper("x")\n}\n'],
      ['locals {\n  a = (<|>1 + 2\n}\n', 'Add the closing parenthesis', 'locals {\n  a = (1 + 2)\n}\n'],
      ['locals {\n  a = [<|>1, 2\n}\n', 'Add the closing bracket', 'locals {\n  a = [1, 2]\n}\n'],
      [
        'locals {\n  a = <|>[for x in [] : x\n}\n',
        'Add the closing bracket',
        'locals {\n  a = [for x in [] : x]\n}\n',
      ],
      [
        'locals {\n  a = "x ${var.x<|>"\n}\nvariable "x" {}\n',
        'Add the closing brace',
        'locals {\n  a = "x ${var.x}"\n}\nvariable "x" {}\n',
      ],
      [
        'locals {\n  a = <<E<|>OT\n  text\n}\n',
        'Close the heredoc with EOT',
        'locals {\n  a = <<EOT\n  text\nEOT\n}\n',
      ],
      [
        'locals {\n  a = "<|>%{ if true }x"\n}\n',
        'Add %{ endif }',
        'locals {\n  a = "%{ if true }x%{ endif }"\n}\n',
      ],
      ['/* unc<|>losed\n', 'Close the comment', '/* unclosed */\n'],
    ]);
  });

  describe('separators', () => {
    table([
      ['locals {\n  a<|>: 1\n}\n', 'Write "="', 'locals {\n  a = 1\n}\n'],
      ['locals {\n  a = [1 <|>2]\n}\n', 'Add a comma', 'locals {\n  a = [1, 2]\n}\n'],
      [
        'locals {\n  a = [\n    "x"<|>\n    "y"\n  ]\n}\n',
        'Add a comma',
        'locals {\n  a = [\n    "x",\n    "y"\n  ]\n}\n',
      ],
      ['locals {\n  a = { b = 1 <|>c = 2 }\n}\n', 'Add a comma', 'locals {\n  a = { b = 1, c = 2 }\n}\n'],
      ['locals {\n  a = { b =<|>> 1 }\n}\n', 'Write "="', 'locals {\n  a = { b = 1 }\n}\n'],
      ['locals {\n  a = 1<|>;\n}\n', 'Remove the semicolon', 'locals {\n  a = 1\n}\n'],
      ['locals {\n  a = 1 <|>b = 2\n}\n', 'Put it on a line of its own', 'locals {\n  a = 1\n  b = 2\n}\n'],
      [
        'locals { a = 1<|>, b = 2 }\n',
        'Put each argument on a line of its own',
        'locals {\n  a = 1\n  b = 2\n}\n',
      ],
      ['locals {\n  a\n  <|>= 1\n}\n', 'Put it on one line', 'locals {\n  a = 1\n}\n'],
      ['locals\n<|>{\n  a = 1\n}\n', 'Put it on one line', 'locals {\n  a = 1\n}\n'],
      ['locals {\n  a = upper("x" <|>"y")\n}\n', 'Add a comma', 'locals {\n  a = upper("x", "y")\n}\n'],
    ]);
  });

  describe('signs', () => {
    table([
      ["locals {\n  a = <|>'x'\n}\n", 'Write it in double quotes', 'locals {\n  a = "x"\n}\n'],
      ['locals {\n  a = <|>“x”\n}\n', 'Write it in straight quotes', 'locals {\n  a = "x"\n}\n'],
      ['locals {\n  a = true <|>& true\n}\n', 'Write &&', 'locals {\n  a = true && true\n}\n'],
      ['locals {\n  a = "\\<|>d"\n}\n', 'Write a backslash', 'locals {\n  a = "\\\\d"\n}\n'],
      ['locals {\n  a = 1\n}\n<|>}\n', 'Remove this brace', 'locals {\n  a = 1\n}\n\n'],
      ['locals {\n  <|>"a" = 1\n}\n', 'Remove the quotes', 'locals {\n  a = 1\n}\n'],
    ]);
  });

  it('complete what may stand there', () => {
    assert.equal(
      after('resource "aws_instance" "x" {\n  ami<|>\n}\n', 'Set "ami"'),
      'resource "aws_instance" "x" {\n  ami = ""\n}\n',
    );
    assert.equal(
      after(
        'resource "aws_instance" "x" {\n  ami = "x"\n  life<|>cycle\n}\n',
        'Add the body of "lifecycle"',
        { unformatted: true },
      ),
      'resource "aws_instance" "x" {\n  ami = "x"\n  lifecycle {\n  }\n}\n',
    );
  });

  it('offer nothing that leaves as many errors', () => {
    assert.deepEqual(titles('locals {\n  a = <|>)))\n}\n', ['quickfix']), []);
  });
});
