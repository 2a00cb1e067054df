import assert from 'node:assert/strict';
import { parse } from '../../server/hcl/parser';
import type { Block, SourceFile } from '../../server/hcl/syntax';
import { nodePathAt } from '../../server/hcl/walk';
import { generateFile } from './generateFile';
import { mutate } from './mutate';
import { Random } from './random';

const BEFORE = 'variable "first" {\n  type = string\n}\n\n';
const AFTER =
  '\n\nresource "aws_s3_bucket" "second" {\n  bucket = "b"\n}\n\noutput "third" {\n  value = 1\n}\n';

/** Texts as one types them, the cursor drawn in, and the nodes around the cursor. */
const AT_TOP: readonly (readonly [string, string])[] = [
  ['resour<|>', 'resour='],
  ['resource "aws_<|>', 'resource(aws_)'],
  ['resource "aws_<|>"', 'resource(aws_)'],
  ['resource "aws_instance" <|>', 'resource(aws_instance)'],
  ['resource "aws_instance" "x" <|>', 'resource(aws_instance,x)'],
  ['resource "aws_instance" "x<|> {\n  a = 1\n}', 'resource(aws_instance,x)'],
  ['resource "aws_inst<|> {\n  a = 1\n}', 'resource(aws_inst)'],
  ['resource "aws_instance" "x" {\n  <|>', 'resource(aws_instance,x) body'],
  ['resource "aws_instance" "x" {\n  ami = "a"\n  <|>', 'resource(aws_instance,x) body'],
  ['resource "aws_instance" "x" {\n  # comment\n  <|>', 'resource(aws_instance,x) body'],
  ['resource "aws_instance" "x" {\n}}<|>', ''],
];

const IN_BLOCK: readonly (readonly [string, string])[] = [
  ['ami = <|>', 'ami= missing'],
  ['am<|>', 'am= missing'],
  ['foo = aws_ecs_cluster.<|>', 'foo= getAttribute'],
  ['foo = aws_instance.a.<|>\n  bar = 1', 'foo= getAttribute'],
  ['bar = [1,<|>', 'bar= tuple missing'],
  ['bar = [1, <|>\n  baz = 2', 'bar= tuple missing'],
  ['n = "${var.<|>', 'n= template getAttribute'],
  ['n = "${var.<|>"', 'n= template getAttribute'],
  ['n = "a-${<|>}"', 'n= template missing'],
  ['n = "abc<|>\n  m = 2', 'n= template'],
  ['ud = <<EO<|>', 'ud= template'],
  ['ud = <<EOT\n#!/bin/sh\necho hi<|>', 'ud= template'],
  ['ebs {\n    size = 1<|>', 'ebs() body size= literal'],
  ['tags = {\n    Name = "x"<|>', 'tags= object template'],
  ['tags = {\n    Name = <|>\n  }', 'tags= object missing'],
  ['tags = {\n    Na<|>\n  }\n  z = 1', 'tags= object variable'],
  ['c = merge(var.a, <|>\n  z = 1', 'c= call missing'],
  ['c = cidrsubnet(<|>', 'c= call missing'],
  ['count = var.a ? <|>', 'count= conditional missing'],
  ['count = var.a + <|>\n  z = 1', 'count= binary missing'],
  ['l = [for k in <|>\n  z = 1', 'l= forTuple missing'],
  ['l = var.a[<|>\n  z = 1', 'l= index missing'],
  ['"<|>\n  z = 1', ''],
  ['/* <|>', ''],
  ['d = "${f("<|>', 'd= template call template'],
  ['x = lookup(var.m, "k<|>\n  y = 1', 'x= call template'],
  ['x = var.<|>.foo', 'x= getAttribute getAttribute'],
  ['x = foo(bar, [1, <|>)', 'x= call tuple missing'],
];

describe('recovery', () => {
  for (const [typed, path] of AT_TOP) {
    it(`survives ${JSON.stringify(typed)}`, () => {
      check(typed, path);
    });
  }

  for (const [typed, path] of IN_BLOCK) {
    it(`survives ${JSON.stringify(typed)} in a block`, () => {
      const inner = path === '' ? '' : ` ${path}`;
      check(`resource "aws_instance" "x" {\n  ${typed}\n}`, `resource(aws_instance,x) body${inner}`);
    });
  }

  it('keeps the arguments after an unfinished one', () => {
    const file = parse('b {\n  a = [1,\n  c = f(\n  d = "x\n  e = 2\n}\n');
    const [block] = file.body.items;
    assert.ok(block?.kind === 'block' && block.closed);
    assert.deepEqual(names(block), ['a', 'c', 'd', 'e']);
  });

  it('keeps nearly all untouched blocks of a file with one fault as they were', () => {
    const random = new Random(31);
    let wanted = 0;
    let kept = 0;
    for (let round = 0; round < 400; round++) {
      const blocks = Array.from({ length: 5 }, (_, order) => topLevelBlock(random, order));
      const hit = random.below(blocks.length);
      const broken = mutate(random, blocks[hit] ?? '');
      const file = parse(blocks.map((block, order) => (order === hit ? broken : block)).join('\n'));
      if (file.errors.length === 0) continue;
      const found = new Set(file.body.items.map(({ range }) => file.text.slice(range.start, range.end)));
      wanted += blocks.length - 1;
      kept += blocks.filter((block, order) => order !== hit && found.has(block.trimEnd())).length;
    }
    assert.ok(wanted > 500);
    assert.ok(kept / wanted >= 0.99, `${kept} of ${wanted}`);
  });
});

function check(typed: string, path: string): void {
  const cursor = BEFORE.length + typed.indexOf('<|>');
  const file = parse(BEFORE + typed.replace('<|>', '') + AFTER);
  assert.notDeepEqual(file.errors, []);
  const blocks = topLevel(file);
  for (const block of ['variable(first)', 'resource(aws_s3_bucket,second)', 'output(third)']) {
    assert.ok(blocks.includes(block), `${block} is lost: ${blocks.join(' ')}`);
  }
  const steps = nodePathAt(file, cursor)
    .slice(1)
    .map((node) => {
      if (node.kind === 'block') return blockName(node);
      return node.kind === 'attribute' ? `${node.name}=` : node.kind;
    });
  assert.equal(steps.join(' ').replace('resour= missing', 'resour='), path);
}

function topLevel(file: SourceFile): string[] {
  return file.body.items.flatMap((item) => (item.kind === 'block' ? [blockName(item)] : []));
}

function blockName(block: Block): string {
  return `${block.type}(${block.labels.map(({ value }) => value).join(',')})`;
}

function names(block: Block): string[] {
  return block.body.items.map((item) => (item.kind === 'block' ? item.type : item.name));
}

/** A block with a random body, indented as people do. */
function topLevelBlock(random: Random, order: number): string {
  for (;;) {
    const body = generateFile(random).replace(/\r\n/g, '\n');
    if (body.includes('EOT') || parse(`b {\n${body}\n}\n`).errors.length > 0) continue;
    const lines = body.split('\n').map((line) => `  ${line.trimStart()}`);
    return `resource "a" "b${order}" {\n${lines.join('\n')}\n}\n`;
  }
}
