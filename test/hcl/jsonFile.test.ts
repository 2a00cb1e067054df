import assert from 'node:assert/strict';
import { blocksOfArgument, parseJson } from '../../server/hcl/jsonFile';
import type { JsonMember, JsonShape } from '../../server/hcl/jsonFile';
import { parse } from '../../server/hcl/parser';
import type { Attribute, Block, Body, Expression, SourceFile } from '../../server/hcl/syntax';
import { childExpressions, nodePathAt, walkExpressions } from '../../server/hcl/walk';
import { mutate } from './mutate';
import { Random } from './random';

type BlockMember = Extract<JsonMember, { kind: 'block' }>;

const blockOf = (labels: readonly string[], body: JsonShape): BlockMember => ({
  kind: 'block',
  labels,
  body: () => body,
});

/** As small as a schema can be that has every kind of member. */
const inner: JsonShape = (name) => {
  if (name === 'nested') return blockOf([], inner);
  if (name === 'wait') return { kind: 'argument', reading: 'reference' };
  return { kind: 'argument', reading: name === 'text' ? 'literal' : 'template' };
};
const shape: JsonShape = (name) => {
  if (name === 'thing') return blockOf(['type', 'name'], inner);
  if (name === 'named') return blockOf(['name'], inner);
  return name === 'plain' ? blockOf([], inner) : { kind: 'argument', reading: 'template' };
};

const read = (text: string): SourceFile => parseJson(text, shape);

describe('HCL in JSON', () => {
  it('gives the tree of the native syntax', () => {
    const pairs = [
      ['{"a": 1, "b": "x", "c": true, "d": null}', 'a = 1\nb = "x"\nc = true\nd = null\n'],
      ['{"a": [1, {"k": "v"}], "b": {}}', 'a = [1, {"k" = "v"}]\nb = {}\n'],
      ['{"a": "${x.y[0]}-${f(1)}"}', 'a = "${x.y[0]}-${f(1)}"\n'],
      [
        '{"a": {"${x}": "%{ if y }z%{ else }w%{ endif }"}}',
        'a = {"${x}" = "%{ if y }z%{ else }w%{ endif }"}\n',
      ],
      ['{"a": "%{ for k, v in m }${k}%{ endfor }"}', 'a = "%{ for k, v in m }${k}%{ endfor }"\n'],
      ['{"a": "$${x} %%{y} $ {"}', 'a = "$${x} %%{y} $ {"\n'],
      ['{"a": "\\"q\\" ${f(\\"s\\")} \\n"}', 'a = "\\"q\\" ${f("s")} \\n"\n'],
      [
        '{"a": "${[for k, v in m : {x = v} if v != null]}"}',
        'a = "${[for k, v in m : {x = v} if v != null]}"\n',
      ],
      ['{"a": "${{for k, v in m : k => v...}}"}', 'a = "${{for k, v in m : k => v...}}"\n'],
      ['{"a": "${!a || -b == (c ? d : e[*].f.0)}"}', 'a = "${!a || -b == (c ? d : e[*].f.0)}"\n'],
      ['{"plain": {}}', 'plain {\n}\n'],
      ['{"plain": [{}, {"a": 1}]}', 'plain {\n}\nplain {\na = 1\n}\n'],
      ['{"plain": null}', ''],
      [
        '{"named": {"n": {"a": 1}, "m": [{}, {"a": 2}]}}',
        'named "n" {\na = 1\n}\nnamed "m" {\n}\nnamed "m" {\na = 2\n}\n',
      ],
      [
        '{"thing": [{"t": {"a": {"nested": {"x": 1}}}}, {"t": {"b": {}}, "u": {"c": {}}}]}',
        'thing "t" "a" {\nnested {\nx = 1\n}\n}\nthing "t" "b" {\n}\nthing "u" "c" {\n}\n',
      ],
      ['[{"a": 1}, {"b": 2}]', 'a = 1\nb = 2\n'],
      ['{"//": "text", "plain": {"//": [1], "a": 1}}', 'plain {\na = 1\n}\n'],
      ['{"plain": {"wait": ["a.b", "c[0].d"]}}', 'plain {\nwait = [a.b, c[0].d]\n}\n'],
      [
        '{"plain": {"wait": "list(object({a = string}))"}}',
        'plain {\nwait = list(object({a = string}))\n}\n',
      ],
      ['{"plain": {"wait": {"a": "b.c"}}}', 'plain {\nwait = {a = b.c}\n}\n'],
      ['{"plain": {"text": ["${x", {"%{": "$${"}]}}', 'plain {\ntext = ["$${x", {"%%{" = "$$${"}]\n}\n'],
    ] as const;
    for (const [json, native] of pairs) {
      const file = read(json);
      assert.deepEqual(file.errors, [], json);
      assert.deepEqual(bare(file.body), bare(parse(native).body), json);
    }
  });

  it('places every node where it stands', () => {
    const text =
      '{"thing": {"t": {"a": {"x": "é ${var.y}", "nested": [{}, {"z": "\\n\\"${f(\\"q\\", w.v)}"}]}, "b": {}}}}';
    const { body } = read(text);
    const at = ({ range }: { readonly range: { readonly start: number; readonly end: number } }): string =>
      text.slice(range.start, range.end);
    const [first, second] = body.items as readonly Block[];
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(at(body), text.slice(1, -1));
    assert.equal(at(first), text.slice(1, text.indexOf(', "b"')));
    assert.equal(at(second), '"b": {}');
    assert.deepEqual(first.labels.map(at), ['"t"', '"a"']);
    assert.deepEqual(second.labels.map(at), ['"t"', '"b"']);
    assert.equal(text.slice(first.typeRange.start, first.typeRange.end), 'thing');
    const [x, nested, again] = first.body.items as [Attribute, Block, Block];
    assert.equal(at(x), '"x": "é ${var.y}"');
    assert.equal(text.slice(x.nameRange.start, x.nameRange.end), 'x');
    assert.deepEqual(expressionTexts(text, x.value), ['"é ${var.y}"', 'var.y', 'var']);
    assert.equal(at(nested), '"nested": [{}');
    assert.equal(at(again), text.slice(again.range.start, text.indexOf(']}')));
    const [z] = again.body.items as [Attribute];
    assert.deepEqual(expressionTexts(text, z.value), [
      '"\\n\\"${f(\\"q\\", w.v)}"',
      'f(\\"q\\", w.v)',
      '\\"q\\"',
      'w.v',
      'w',
    ]);
  });

  it('lets a cursor find what it is in', () => {
    const text = '{"thing": {"t": {"a": {"x": "${var.y}"}, "b": {"nested": {"z": 1}}}}}';
    const kinds = (needle: string): string[] =>
      nodePathAt(read(text), text.indexOf(needle) + 1).map((node) =>
        node.kind === 'block'
          ? `${node.type} ${node.labels.map(({ value }) => value).join(' ')}`.trim()
          : node.kind,
      );
    assert.deepEqual(kinds('hing'), ['body', 'thing t a']);
    assert.deepEqual(kinds('"b"'), ['body', 'thing t b']);
    assert.deepEqual(kinds('var.y'), [
      'body',
      'thing t a',
      'body',
      'attribute',
      'template',
      'getAttribute',
      'variable',
    ]);
    assert.deepEqual(kinds('"z"'), ['body', 'thing t b', 'body', 'nested', 'body', 'attribute']);
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['null', 'json-root', 'n'],
    ['"x"', 'json-body-expected', '"x"'],
    ['[1]', 'json-body-expected', '1'],
    ['{"a": 1, "a": 2}', 'json-duplicate-argument', 'a'],
    ['{"a": {"k": 1, "k": 2}}', 'json-duplicate-key', 'k'],
    ['{"plain": "x"}', 'json-block-expected', '"x"'],
    ['{"plain": ["x"]}', 'json-body-expected', '"x"'],
    ['{"named": {}}', 'json-label-expected', '{'],
    ['{"named": null}', 'json-label-expected', 'null'],
    ['{"named": "x"}', 'json-label-expected', '"x"'],
    ['{"thing": {"t": []}}', 'json-label-expected', '['],
    ['{"named": {"n": 5}}', 'json-block-expected', '5'],
    ['{"a": "${1 +}"}', 'expression-expected', '}'],
    ['{"a": "x ${y"}', 'interpolation-close', ''],
    ['{"a": "\\n${\'q\'}"}', 'unexpected-character', "'"],
    ['{"a": "%{ if x }"}', 'directive-unclosed', '%{ if'],
    ['{"plain": {"wait": ""}}', 'json-reference-expected', '""'],
    ['{"plain": {"wait": "a.b c"}}', 'json-reference-expected', '"a.b c"'],
    ['{"plain": {"wait": "a) + (b"}}', 'json-reference-expected', '"a) + (b"'],
  ];
  for (const [text, code, at] of wrong) {
    it(`tells of ${text}`, () => {
      const [error] = read(text).errors;
      assert.equal(error?.code, code);
      assert.equal(text.slice(error.range.start, error.range.end), at);
    });
  }

  it('reads an argument again as blocks, once somebody knows better', () => {
    const text = '{"plain": {"disk": [{"size": "${x}"}, {"size": 2}], "map": {"k": {"v": 1}}}}';
    const [plain] = read(text).body.items as [Block];
    const [disk, map] = plain.body.items as [Attribute, Attribute];
    const disks = blocksOfArgument(disk, blockOf([], inner));
    assert.deepEqual(disks?.errors, []);
    assert.deepEqual(
      disks.blocks.map(bare),
      parse('disk {\nsize = "${x}"\n}\ndisk {\nsize = 2\n}\n').body.items.map(bare),
    );
    const maps = blocksOfArgument(map, blockOf(['key'], inner));
    assert.deepEqual(maps?.blocks.map(bare), parse('map "k" {\nv = 1\n}\n').body.items.map(bare));
    const [native] = parse('disk = []\n').body.items as [Attribute];
    assert.equal(blocksOfArgument(native, blockOf([], inner)), undefined);
  });

  it('reads any text: never throws, and every range is in the text', () => {
    const random = new Random(3);
    const seeds = [
      '{"thing": {"t": {"a": {"x": "é ${var.y}", "nested": [{}, {"z": "\\n\\"${f(\\"q\\", w.v)}"}]}}}, "plain": null}',
      '{"plain": [{"wait": ["a.b", "c"]}, {"text": "${"}], "named": {"n": {"//": 1, "k": {"a": "%{if x}y%{endif}"}}}}',
    ];
    for (let turn = 0; turn < 3000; turn++) {
      let text = seeds[turn % 2] ?? '';
      for (let fault = 0; fault <= turn % 4; fault++) text = mutate(random, text);
      const { body, errors } = read(text);
      walkExpressions(body, ({ range }) => {
        assert.ok(
          0 <= range.start && range.start <= range.end && range.end <= text.length,
          JSON.stringify(text),
        );
        return true;
      });
      for (const { range } of errors) assert.ok(range.start <= range.end && range.end <= text.length, text);
    }
  });

  it('takes any depth and length', () => {
    const brackets = read(`{"a": ${'['.repeat(50_000)}`);
    assert.ok(brackets.errors.some(({ code }) => code === 'json-too-deep'));
    const deep = read(`{"a": "\${${'('.repeat(10_000)}1${')'.repeat(10_000)}}"}`);
    assert.ok(deep.errors.length > 0);
    const chain = read(`{"a": "\${x${'.y'.repeat(20_000)}}", "b": "\${1${' + 1'.repeat(20_000)}}"}`);
    assert.equal(chain.body.items.length, 2);
    const long = read(`{"plain": [${Array.from({ length: 20_000 }, () => '{"x": "${a.b}"}').join(',')}]}`);
    assert.equal(long.body.items.length, 20_000);
  });
});

/** A tree without its ranges, a bare key as the string that it means, forms of strings left out. */
function bare(node: Body | Block | Attribute): unknown {
  switch (node.kind) {
    case 'body':
      return node.items.map(bare);
    case 'block':
      return { type: node.type, labels: node.labels.map(({ value }) => value), body: bare(node.body) };
    case 'attribute':
      return { name: node.name, value: bareExpression(node.value) };
  }
}

function bareExpression(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareExpression);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !['range', 'nameRange', 'form'].includes(name))
      .map(([name, member]) => [name, bareExpression(member)]),
  );
}

/** Texts of an expression and of all in it, outer ones first. */
function expressionTexts(text: string, expression: Expression): string[] {
  return [
    text.slice(expression.range.start, expression.range.end),
    ...childExpressions(expression).flatMap((child) => expressionTexts(text, child)),
  ];
}
