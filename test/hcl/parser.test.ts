import assert from 'node:assert/strict';
import { format } from '../../server/hcl/format';
import { parse } from '../../server/hcl/parser';
import type {
  Attribute,
  Block,
  Expression,
  SourceFile,
  Template,
  TemplatePart,
} from '../../server/hcl/syntax';
import { walkExpressions } from '../../server/hcl/walk';
import { generateFile } from './generateFile';
import { Random } from './random';
import { print } from './print';

describe('parse', () => {
  it('reads operators with their precedence', () => {
    assert.equal(shape('1 + 2 * -x.y'), '(1 + (2 * (-x.y)))');
    assert.equal(shape('a || b && c == d < e'), '(a || (b && (c == (d < e))))');
    assert.equal(shape('1 - 2 - 3'), '((1 - 2) - 3)');
    assert.equal(shape('!a == b'), '((!a) == b)');
    assert.equal(shape('a ? b : c ? d : e'), '(a ? b : (c ? d : e))');
    assert.equal(shape('(a)'), '[(a)]');
  });

  it('reads what follows a term', () => {
    assert.equal(shape('a.b[0].c["d"]'), 'a.b[0].c["d"]');
    assert.equal(shape('a.0.b'), 'a.[0].b');
    assert.equal(shape('a.*.b[1]'), 'a.*.b[1]');
    assert.equal(shape('a[*].b'), 'a[*].b');
    assert.equal(shape('f(x, y...)'), 'f(x, y...)');
    assert.equal(shape('provider::aws::arn ("x")'), 'provider::aws::arn("x")');
    assert.equal(shape('a-b'), 'a-b');
  });

  it('reads collections and for expressions', () => {
    assert.equal(shape('[1, [], {}]'), '[1, [], {}]');
    assert.equal(shape('{ a = 1, "b" : 2, (c) = 3 }'), '{a: 1, "b": 2, [(c)]: 3}');
    assert.equal(shape('[for x in y : x.z if x]'), '[for x in y : x.z if x]');
    assert.equal(shape('{for k, v in m : k => v...}'), '{for k, v in m : k => v...}');
    assert.equal(shape('[true, false, null, 1.50]'), '[true, false, null, 1.50]');
  });

  it('reads templates with directives nested and values resolved', () => {
    const parts = templateOf(
      '"a\\n${b}$${c}%{ if d }e%{ else }f%{ for g in h }i%{ endfor }%{ endif }"',
    ).parts;
    assert.deepEqual(parts.map(describePart), ['a\n', '${b}', '${c}', 'if d {e} else {f, for g in h {i}}']);
    const heredoc = templateOf('<<-EOT\n    a\n      ${b} \\n\n    EOT\n');
    assert.equal(heredoc.form, 'indented-heredoc');
    assert.deepEqual(heredoc.parts.map(describePart), ['a\n  ', '${b}', ' \\n\n']);
    assert.deepEqual(templateOf('"a ${~ b ~} c"').parts.map(describePart), ['a', '${b}', 'c']);
  });

  it('gives every node the range of its text', () => {
    const text = '# c\nresource "a" b {\n  x = y.z # d\n}\n';
    const file = parse(text);
    const block = only<Block>(file, 'block');
    const at = ({ range }: { range: { start: number; end: number } }): string =>
      text.slice(range.start, range.end);
    assert.equal(at(block), 'resource "a" b {\n  x = y.z # d\n}');
    assert.deepEqual(block.labels.map(at), ['"a"', 'b']);
    assert.deepEqual(
      block.labels.map(({ quoted }) => quoted),
      [true, false],
    );
    assert.equal(at(block.body), '\n  x = y.z # d\n');
    assert.deepEqual(
      file.comments.map((range) => at({ range })),
      ['# c', '# d'],
    );
    const attribute = block.body.items[0];
    assert.ok(attribute?.kind === 'attribute' && attribute.value.kind === 'getAttribute');
    assert.equal(at(attribute), 'x = y.z');
    assert.equal(at(attribute.value), 'y.z');
    assert.equal(text.slice(attribute.value.nameRange.start, attribute.value.nameRange.end), 'z');
  });

  it('gives errors a code, words and a place', () => {
    const text = "a = 1\na = 'x'\n";
    assert.deepEqual(parse(text).errors, [
      {
        code: 'duplicate-argument',
        message:
          'The argument "a" is already set in this block. Each argument can be set once: remove one of them.',
        range: { start: 6, end: 7 },
      },
      {
        code: 'unexpected-character',
        message: 'Strings are written in double quotes, not in single quotes.',
        range: { start: 10, end: 11 },
      },
    ]);
  });

  it('gives back the text from its leaves and the blanks between them, for any prefix and any damage', () => {
    const random = new Random(5);
    for (let left = 30; left > 0; left--) {
      const text = generateFile(random);
      for (let end = 0; end <= text.length; end += 1 + random.below(9))
        assert.equal(print(text.slice(0, end)), text.slice(0, end));
      const at = random.below(text.length + 1);
      const broken =
        text.slice(0, at) + random.pick(['"', '{', '}', '${', '<<E\n', '/*', '(']) + text.slice(at);
      assert.equal(print(broken), broken);
    }
  });

  it('takes any depth', () => {
    const depth = 10_000;
    for (const [open, inner, close] of [
      ['[', '', ']'],
      ['(', '1', ')'],
      ['{x=', '1', '}'],
      ['"${', 'x', '}"'],
      ['f(', '', ')'],
      ['x[', '0', ']'],
    ] as const) {
      const text = `a = ${open.repeat(depth)}${inner}${close.repeat(depth)}\nlast {}\n`;
      const file = parse(text);
      assert.ok(
        file.errors.some(({ code }) => code === 'nested-too-deeply'),
        open,
      );
      assert.equal(format(text).ok, false);
      countExpressions(file);
    }
    const blocks = parse(`${'b {\n'.repeat(depth)}${'}\n'.repeat(depth)}`);
    assert.ok(blocks.errors.some(({ code }) => code === 'nested-too-deeply'));
  });

  it('takes long chains without an error', () => {
    for (const value of [
      `${'-'.repeat(20_000)}1`,
      `1${' + 1'.repeat(20_000)}`,
      `x${'.y'.repeat(20_000)}`,
      `${'x ? 1 : '.repeat(5_000)}2`,
    ]) {
      const file = parse(`a = ${value}\n`);
      assert.deepEqual(file.errors, []);
      assert.ok(countExpressions(file) >= 10_000);
    }
  });

  it('takes a million characters of anything', () => {
    for (const piece of HOSTILE) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const file = parse(text);
      assert.ok(file.errors.length > 0 && file.errors.length <= 1000, JSON.stringify(piece.slice(0, 20)));
      assert.equal(file.body.range.end, text.length);
    }
  }).timeout(60_000);

  it('reads twice as much text with about twice the work', () => {
    for (const piece of [...HOSTILE, VALID]) {
      const half = piece.repeat(Math.ceil(40_000 / piece.length));
      const [once, twice] = [countWork(half), countWork(half + half)];
      assert.ok(once >= half.length / 2, `${once} steps can not have read ${half.length} characters`);
      assert.ok(twice <= 2.6 * once, `${once} steps became ${twice}: ${JSON.stringify(piece.slice(0, 20))}`);
    }
  });

  it('keeps the tree of items of any size', () => {
    for (const count of [50, 100, 300, 5000, 30_000]) {
      const text = `a = [${'x, '.repeat(count)}]\nb "l" {\n${'  c {}\n'.repeat(count)}}\n`;
      assert.ok(print(text) === text);
      const file = parse(text);
      assert.deepEqual(file.errors, []);
      const [list, block] = file.body.items;
      assert.ok(list?.kind === 'attribute' && list.value.kind === 'tuple' && block?.kind === 'block');
      assert.equal(list.value.items.length, count);
      assert.equal(block.body.items.length, count);
      assert.equal(format(text).ok, true);
    }
  });
});

const NOISE = Array.from(
  { length: 200_000 },
  (
    (random) => () =>
      String.fromCharCode(random.below(256))
  )(new Random(9)),
).join('');

const VALID = 'resource "a" "b" {\n  c = "${d.e[0]}-f" # g\n  h = <<E\n  i\nE\n}\n';

/** What breaks parsers, repeated. */
const HOSTILE = [
  NOISE,
  '\0',
  '"',
  '[',
  '(',
  '{',
  '{\n',
  '"${',
  'a = "${\n',
  '<<A\n',
  'a = <<E\n',
  'a = <<E\nE',
  'resource "a" "b" {\n',
  '/* ',
  '}',
  'a = [\n',
  'f(',
  'x ? ',
  '\uD800',
];

/** Characters that the parser looks at, one by one or by searching. */
function countWork(text: string): number {
  let work = 0;
  const restores = [
    watch(String.prototype, 'charCodeAt', () => {
      work++;
    }),
    watch(String.prototype, 'indexOf', (self, found, from) => {
      work +=
        (Number(found) < 0 ? String(self).length : Number(found)) - (typeof from === 'number' ? from : 0);
    }),
    // Where a pattern found nothing it has read everything.
    watch(RegExp.prototype, 'exec', (_self, match, subject) => {
      if (match === null) work += String(subject).length;
    }),
  ];
  try {
    parse(text);
    return work;
  } finally {
    for (const restore of restores) restore();
  }
}

/** Tells `seen` of every call of a method: its object, its result, its last argument. Returns what ends that. */
function watch(
  owner: object,
  method: string,
  seen: (self: unknown, result: unknown, last: unknown) => void,
): () => void {
  const original: unknown = Reflect.get(owner, method);
  assert.ok(typeof original === 'function');
  const watched = new Proxy(original, {
    apply(target, self: unknown, parameters: unknown[]): unknown {
      const result: unknown = Reflect.apply(target, self, parameters);
      seen(self, result, parameters.at(-1));
      return result;
    },
  });
  Reflect.set(owner, method, watched);
  return () => {
    Reflect.set(owner, method, original);
  };
}

function shape(expression: string): string {
  const file = parse(`a = ${expression}\n`);
  assert.deepEqual(file.errors, []);
  return describeNode(only<Attribute>(file, 'attribute').value);
}

function templateOf(source: string): Template {
  const file = parse(`a = ${source}\n`);
  assert.deepEqual(file.errors, []);
  const { value } = only<Attribute>(file, 'attribute');
  assert.ok(value.kind === 'template');
  return value;
}

function only<T extends Attribute | Block>(file: SourceFile, kind: T['kind']): T {
  const [item, ...more] = file.body.items;
  assert.ok(item?.kind === kind && more.length === 0);
  return item as T;
}

function countExpressions(file: SourceFile): number {
  let count = 0;
  walkExpressions(file.body, () => {
    count++;
    return true;
  });
  return count;
}

function describePart(part: TemplatePart): string {
  const list = (parts: readonly TemplatePart[]): string => parts.map(describePart).join(', ');
  switch (part.kind) {
    case 'text':
      return part.value;
    case 'interpolation':
      return `\${${describeNode(part.expression)}}`;
    case 'if':
      return `if ${describeNode(part.condition)} {${list(part.then)}} else {${list(part.else)}}`;
    case 'for':
      return `for ${part.variables.map(({ name }) => name).join(', ')} in ${describeNode(part.collection)} {${list(part.body)}}`;
  }
}

/** An expression with its structure in brackets. */
function describeNode(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return node.value === null || typeof node.value === 'boolean' ? String(node.value) : node.value.number;
    case 'template':
      return `"${node.parts.map(describePart).join('')}"`;
    case 'variable':
      return node.name;
    case 'getAttribute':
      return `${describeNode(node.object)}.${node.name}`;
    case 'index':
      return `${describeNode(node.object)}${node.legacy ? '.' : ''}[${describeNode(node.key)}]`;
    case 'splat':
      return `${describeNode(node.object)}${node.full ? '[*]' : '.*'}`;
    case 'call':
      return `${node.name}(${node.arguments.map(describeNode).join(', ')}${node.expand ? '...' : ''})`;
    case 'unary':
      return `(${node.operator}${describeNode(node.operand)})`;
    case 'binary':
      return `(${describeNode(node.left)} ${node.operator} ${describeNode(node.right)})`;
    case 'conditional':
      return `(${describeNode(node.condition)} ? ${describeNode(node.then)} : ${describeNode(node.else)})`;
    case 'parenthesis':
      return `[(${describeNode(node.inner)})]`;
    case 'tuple':
      return `[${node.items.map(describeNode).join(', ')}]`;
    case 'object':
      return `{${node.items.map(({ key, value }) => `${describeNode(key)}: ${describeNode(value)}`).join(', ')}}`;
    case 'forTuple': {
      const condition = node.condition === undefined ? '' : ` if ${describeNode(node.condition)}`;
      return `[for ${node.variables.map(({ name }) => name).join(', ')} in ${describeNode(node.collection)} : ${describeNode(node.value)}${condition}]`;
    }
    case 'forObject':
      return `{for ${node.variables.map(({ name }) => name).join(', ')} in ${describeNode(node.collection)} : ${describeNode(node.key)} => ${describeNode(node.value)}${node.grouping ? '...' : ''}}`;
    case 'missing':
    case 'error':
      return node.kind;
  }
}
