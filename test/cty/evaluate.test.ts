import assert from 'node:assert/strict';
import { evaluate, evaluateTemplate } from '../../server/cty/evaluate';
import type { Value } from '../../server/cty/value';
import {
  ephemeral,
  numberValue,
  sensitive,
  stringValue,
  unknownValue,
  withMarks,
} from '../../server/cty/value';
import { parse } from '../../server/hcl/parser';
import { walkExpressions } from '../../server/hcl/walk';
import { generateFile } from '../hcl/generateFile';
import { mutate } from '../hcl/mutate';
import { Random } from '../hcl/random';
import { drawErrors, evaluateText, parseExpression, scopeOf, summary, valueOf } from './evaluateText';

const names: Readonly<Record<string, Value>> = {
  any: unknownValue('dynamic'),
  text: unknownValue('string'),
  sure: unknownValue('string', true),
  number: unknownValue('number'),
  flag: unknownValue('bool'),
  list: unknownValue(['list', 'string']),
  set: unknownValue(['set', ['object', { a: 'number' }]]),
  map: unknownValue(['map', 'number']),
  tuple: unknownValue(['tuple', ['string', 'number']]),
  object: unknownValue(['object', { a: 'string', b: ['list', 'bool'] }]),
  secret: withMarks(stringValue('s'), sensitive),
  secret_flag: withMarks(valueOf('true'), sensitive),
  secret_list: withMarks(valueOf('["a", "b"]'), sensitive),
  secret_text: withMarks(unknownValue('string'), sensitive),
  passing: withMarks(stringValue('p'), ephemeral),
  part: valueOf('{ open = 1 }'),
};

/** What is not known, and what is known nevertheless. All but the refinements was compared with `terraform console`. */
const unknowns: readonly (readonly [string, string])[] = [
  ['text', 'unknown string'],
  ['[text, 1]', '[ (known after apply), 1, ]'],
  ['{ a = text }', '{ "a" = (known after apply) }'],
  ['{ (text) = 1 }', 'unknown any'],
  ['number + 1', 'unknown number, not null'],
  ['-number', 'unknown number, not null'],
  ['text + 1', 'unknown number, not null'],
  ['any + 1', 'unknown number, not null'],
  ['number > 1', 'unknown bool, not null'],
  ['flag && false', 'unknown bool, not null'],
  ['!flag', 'unknown bool, not null'],
  ['text == "a"', 'unknown bool, not null'],
  ['text == null', 'unknown bool, not null'],
  ['sure == null', 'false'],
  ['sure != null', 'true'],
  ['upper(text) != null', 'true'],
  ['(text == "a") == null', 'false'],
  ['"a-${text}" == null', 'false'],
  ['text == 1', 'false'],
  ['"a-${text}"', 'unknown string, not null'],
  ['"${text}"', 'unknown string'],
  ['"%{ if flag }a%{ endif }"', 'unknown string, not null'],
  ['"%{ for x in list }a%{ endfor }"', 'unknown string, not null'],
  ['flag ? 1 : 2', 'unknown number, not null'],
  ['flag ? 1 : "x"', 'unknown string, not null'],
  ['flag ? 1 : null', 'unknown number'],
  ['flag ? null : null', 'null'],
  ['flag ? [1] : ["x", true]', 'unknown list(string), not null'],
  ['flag ? text : 1', 'unknown string'],
  ['flag ? any : 1', 'unknown any'],
  ['true ? 1 : any', '1'],
  ['true ? 1 : text', '"1"'],
  ['list[0]', 'unknown string'],
  ['["a", "b"][number]', 'unknown any'],
  ['tolist(["a", "b"])[number]', 'unknown string'],
  ['tuple[1]', 'unknown number'],
  ['map["a"]', 'unknown number'],
  ['map.a', 'unknown number'],
  ['object.b', 'unknown list(bool)'],
  ['object["a"]', 'unknown any'],
  ['{ a = 1 }[text]', 'unknown any'],
  ['any.a.b[0].c', 'unknown any'],
  ['list[*]', 'unknown list(string), not null'],
  ['set[*].a', 'unknown list(number), not null'],
  ['tuple[*]', 'unknown tuple([string, number]), not null'],
  ['any[*].a', 'unknown any'],
  ['text[*]', 'unknown any'],
  ['sure[*]', '[ (known after apply), ]'],
  ['[for x in list : x]', 'unknown any'],
  ['[for x in any : x]', 'unknown any'],
  ['[for x in ["a"] : text]', '[ (known after apply), ]'],
  ['[for x in ["a"] : x if flag]', 'unknown any'],
  ['{ for x in ["a"] : text => x }', 'unknown any'],
  ['{ for x in ["a"] : x => text }', '{ "a" = (known after apply) }'],
  ['upper(text)', 'unknown string, not null'],
  ['upper(any)', 'unknown string, not null'],
  ['length(list)', 'unknown number, not null'],
  ['max(1, number)', 'unknown number, not null'],
  ['max(list...)', 'unknown any'],
  ['max(any...)', 'unknown any'],
  ['tonumber(text)', 'unknown number'],
  ['tolist(tuple)', 'unknown list(any)'],
  ['toset([text, text])', 'toset([ (known after apply), (known after apply), ])'],
  ['try(text, 1)', 'unknown any'],
  ['try(text + "x", 1)', '1'],
  ['can(text)', 'unknown bool'],
  ['can(1 + "x")', 'false'],
  ['provider::any::thing(1)', 'unknown any'],
  ['coalesce(text, "a")', 'unknown string, not null'],
];

const marked: readonly (readonly [string, string])[] = [
  ['"a-${secret}"', '"a-s" sensitive'],
  ['"a-${secret_text}"', 'unknown string, not null sensitive'],
  ['[secret]', '[ (sensitive value), ]'],
  ['{ a = secret, b = 1 }.b', '1'],
  ['{ a = secret, b = 1 }.a', '"s" sensitive'],
  ['{ (secret) = 1 }', '{ "s" = 1 } sensitive'],
  ['secret == "s"', 'true sensitive'],
  ['[secret] == null', 'false sensitive'],
  ['secret_flag && false', 'false sensitive'],
  ['secret_flag ? 1 : 2', '1 sensitive'],
  ['true ? secret : "x"', '"s" sensitive'],
  ['true ? "x" : secret', '"x" sensitive'],
  ['secret_list[0]', '"a" sensitive'],
  ['["a"][length(secret_list) - 2]', '"a" sensitive'],
  ['{ s = 1 }[secret]', '1'],
  ['tomap({ s = 1 })[secret]', '1 sensitive'],
  ['[for x in secret_list : upper(x)]', '[ "A", "B", ] sensitive'],
  ['[for x in ["a"] : x if secret_flag]', '[ "a", ] sensitive'],
  ['[for x in ["a"] : secret]', '[ (sensitive value), ]'],
  ['{ for x in [secret] : x => 1 }', '{ "s" = 1 } sensitive'],
  ['secret_list[*]', '[ "a", "b", ] sensitive'],
  ['secret[*]', '[ (sensitive value), ] sensitive'],
  ['upper(secret)', '"S" sensitive'],
  ['join(",", [secret, "x"])', '"s,x" sensitive'],
  ['length(secret_list)', '2 sensitive'],
  ['toset([secret])', 'toset([ "s", ]) sensitive'],
  ['nonsensitive(secret)', '"s"'],
  ['issensitive(secret)', 'true'],
  ['issensitive([secret])', 'false'],
  ['"${passing}${secret}"', '"ps" sensitive ephemeral'],
  ['ephemeralasnull(passing)', 'tostring(null)'],
  ['ephemeralasnull([passing, secret])', '[ tostring(null), (sensitive value), ]'],
  ['try(secret.x, secret)', '"s" sensitive'],
];

/** An expression, and what is wrong with it, drawn. */
const mistakes: readonly (readonly [string, ...string[]])[] = [
  ['1 + "x"', '    ^^^ invalid-operand: "x" is no operand for +: a number is required.'],
  [
    '[1, null + 2]',
    '    ^^^^ null-operand: This value is null, and + has no result for null. Use coalesce, or a condition, to give it a value.',
  ],
  [
    '1 / 0 - 1 / 0',
    "^^^^^^^^^^^^^ operation-failed: +Inf - +Inf has no result: can't compute sum of opposing infinities.",
  ],
  ['secret && true', '^^^^^^ invalid-operand: A sensitive string is no operand for &&: a bool is required.'],
  [
    '{ a = 1, bb = 2 }.c',
    '                  ^ unsupported-attribute: This object has no attribute "c". It has a, bb.',
  ],
  ['{}.c', '   ^ unsupported-attribute: This object has no attribute "c". It has no attributes at all.'],
  ['"x".length', '    ^^^^^^ unsupported-attribute: This is a string, which has no attributes.'],
  ['null.a', '     ^ null-object: This value is null, so it has no attribute "a".'],
  ['tomap({}).a', '          ^ missing-key: This map has no element with the key "a".'],
  [
    '[{ a = 1 }].a',
    '            ^ unsupported-attribute: This is a tuple, which has no attributes. Take an element with an index.',
  ],
  [
    'tolist([{ a = 1 }]).a',
    '                    ^ unsupported-attribute: This is a list of objects. Take one with an index, as in list[0].a, or all with a for expression or [*].',
  ],
  [
    '["a", "b"][2]',
    '           ^ invalid-index: There is no element 2: the last one is 1, because elements are counted from 0.',
  ],
  ['[][0]', '   ^ invalid-index: There is no element 0, because there are no elements at all.'],
  ['[1][0.5]', '    ^^^ invalid-index: The index 0.5 is not a whole number.'],
  [
    'tuple[5]',
    '      ^ invalid-index: There is no element 5: the last one is 1, because elements are counted from 0.',
  ],
  [
    'toset(["a"])[0]',
    '             ^ invalid-index: The elements of a set have no index. Go over them with for, or convert the set with tolist first.',
  ],
  [
    '{ a = 1 }[0]',
    '          ^ invalid-index: There is no element with the key "0". An object takes names of attributes, not numbers.',
  ],
  [
    'true ? [1] : {}',
    '       ^^^^^^^^ inconsistent-results: Both results of a condition must have one type. The first is tuple, the second is object. Convert one of them, for example with tostring or tolist.',
  ],
  ['1 ? 2 : 3', '^ invalid-condition: This condition is 1. A condition must be true or false.'],
  ['null ? 2 : 3', '^^^^ null-condition: This condition is null. A condition must be true or false.'],
  [
    '[for x in 5 : x]',
    '          ^ not-iterable: This is 5, and for goes over lists, sets, maps, tuples and objects only.',
  ],
  [
    '[for x in null : x]',
    '          ^^^^ null-collection: This value is null, so there is nothing to go over. Use coalesce, or a condition, to give it a value.',
  ],
  [
    '[for x in [1] : x if "maybe"]',
    '                     ^^^^^^^ invalid-for-condition: This condition is "maybe". It must be true or false for every member.',
  ],
  [
    '{ for x in ["a", "a"] : x => 1 }',
    '                        ^ duplicate-key: Two members give the key "a". Make the keys differ, or write ... after the value to collect all values of a key.',
  ],
  [
    '{ for x in [null] : x => 1 }',
    '                    ^ null-key: This key is null. Every key must be a string.',
  ],
  ['{ ([]) = 1 }', '  ^^^^ invalid-key: This key is a tuple. Every key must be a string.'],
  [
    '{ part.open = 1 }',
    '  ^^^^^^^^^ ambiguous-key: This key could be a reference or a name with dots in it. Put parentheses around a reference, or quotes around a name.',
  ],
  [
    '"a ${null}"',
    '     ^^^^ null-in-template: This value is null, and a string cannot contain null. Use coalesce, or a condition, to give it a value.',
  ],
  [
    '"a ${["b"]}"',
    '     ^^^^^ invalid-in-template: This is a tuple, which does not become a string by itself. Use jsonencode, or join for a list of strings.',
  ],
  [
    'tolist(null)[*]',
    '^^^^^^^^^^^^ null-collection: This list is null, so there are no elements to take. Use coalesce, or a condition, to give it a value.',
  ],
  [
    'nope(1)',
    '^^^^ unknown-function: There is no function nope. Check the spelling, or the version of Terraform.',
  ],
  [
    'upper("a", "b")',
    '           ^^^ extra-argument: upper takes only 1 argument. Remove this one and what follows it.',
  ],
  [
    'replace("a")',
    '           ^ missing-argument: replace takes 3 arguments. The one for "substr" is missing.',
  ],
  [
    'upper(["a"])',
    '      ^^^^^ invalid-argument: The argument "str" of upper is not suitable: string required.',
  ],
  [
    'max("a"...)',
    '    ^^^ invalid-expansion: This is "a", and ... makes arguments of a list, set or tuple only.',
  ],
  [
    'max([1, "x"]...)',
    '    ^^^^^^^^ invalid-argument: The argument "numbers" of max is not suitable: a number is required.',
  ],
  [
    'missing + 1',
    '^^^^^^^ unknown-variable: There is no value with the name missing here. Write quotes around it if a string is meant.',
  ],
  [
    'try(missing.a, 1)',
    '    ^^^^^^^^^ unknown-variable: There is no value with the name missing here. Write quotes around it if a string is meant.',
  ],
  [
    '[1 + "x", 2 + "y"]',
    '     ^^^ invalid-operand: "x" is no operand for +: a number is required.',
    '              ^^^ invalid-operand: "y" is no operand for +: a number is required.',
  ],
  [
    '[for x in ["a", "b"] : 1 + "z"]',
    '                           ^^^ invalid-operand: "z" is no operand for +: a number is required.',
  ],
  [
    'try(1 + "x")',
    '^^^^^^^^^^^^ call-failed: try failed: no expression succeeded. "x" is no operand for +: a number is required.',
  ],
];

describe('evaluate', () => {
  for (const [text, expected] of unknowns) {
    it(`${text} is ${expected}`, () => {
      assert.equal(summary(valueOf(text, names)), expected);
    });
  }

  for (const [text, expected] of marked) {
    it(`${text} is ${expected}`, () => {
      assert.equal(summary(valueOf(text, names)), expected);
    });
  }

  for (const [text, ...errors] of mistakes) {
    it(`says what is wrong with ${text}`, () => {
      assert.deepEqual(drawErrors(text, evaluateText(text, names)), errors);
    });
  }

  it('leaves errors out where the other side of && and || decides, from Terraform 1.12 on', () => {
    const shortCircuit = (text: string): string => {
      const { value, errors } = evaluateText(text, names, { shortCircuit: true });
      return errors.length > 0 ? 'error' : summary(value);
    };
    assert.equal(evaluateText('false && null.a', names).errors.length, 1);
    assert.equal(shortCircuit('false && null.a'), 'false');
    assert.equal(shortCircuit('null.a && false'), 'false');
    assert.equal(shortCircuit('true || null.a'), 'true');
    assert.equal(shortCircuit('true && null.a'), 'error');
    assert.equal(shortCircuit('flag && null.a'), 'unknown bool, not null');
    assert.equal(shortCircuit('null.a || true'), 'true');
    assert.equal(shortCircuit('1 && true'), 'error');
    assert.equal(shortCircuit('secret_flag || null.a'), 'true sensitive');
  });

  it('asks the scope which references there are, before anything else', () => {
    const undeclared = (name: string, attribute: string | undefined): string | undefined =>
      name === 'part' && attribute !== 'open' ? `There is no part.${attribute ?? ''}.` : undefined;
    const text = 'true ? 1 : part.closed';
    assert.deepEqual(drawErrors(text, evaluateText(text, names, { undeclared })), [
      '           ^^^^^^^^^^^ unknown-variable: There is no part.closed.',
    ]);
    assert.deepEqual(evaluateText('[for part in [1] : part]', names, { undeclared }).errors, []);
  });

  it('never throws, and always comes to an end, whatever is written', () => {
    const random = new Random(20261122);
    const scope = scopeOf(names, { limit: 20_000 });
    let evaluated = 0;
    for (let round = 0; round < 300; round++) {
      const text = generateFile(random);
      for (const version of [text, mutate(random, text)]) {
        walkExpressions(parse(version).body, (expression) => {
          evaluate(expression, scope);
          evaluated++;
          return undefined;
        });
      }
    }
    assert.ok(evaluated > 5000, `only ${evaluated.toString()} expressions`);
  });

  it('takes any length and depth', () => {
    const sum = Array.from({ length: 20_000 }, () => '1').join(' + ');
    assert.equal(summary(valueOf(sum)), '20000');
    const chain = `any${'.a'.repeat(20_000)}`;
    assert.equal(summary(valueOf(chain, names)), 'unknown any');
    const choices = `${'false ? 1 : '.repeat(3000)}2`;
    const { value, errors } = evaluateText(choices);
    assert.ok(errors.length > 0 || summary(value) === '2');
  });

  it('gives up where it would take too long', () => {
    const loop = '[for a in r : [for b in r : [for c in r : [for d in r : a]]]]';
    const r = valueOf('range(100)');
    const { errors } = evaluate(parseExpression(loop), scopeOf({ r }, { limit: 5000 }));
    assert.ok(errors.some(({ code }) => code === 'too-long'));
  });
});

describe('evaluateTemplate', () => {
  const variables = new Map<string, Value>([
    ['name', stringValue('x')],
    ['n', numberValue(2)],
  ]);
  const render = (text: string): string => {
    const { value, errors } = evaluateTemplate(text, variables, scopeOf(names));
    return errors[0] ? `${errors[0].code} at ${errors[0].range.start.toString()}` : summary(value);
  };

  it('renders a text of its own, whatever it ends with', () => {
    assert.equal(render('a ${name}'), '"a x"');
    assert.equal(render('${n}'), '2');
    assert.equal(render('${n}\n'), '<<EOT 2 EOT');
    assert.equal(render(''), '""');
    assert.equal(render('%{ for i in [1, 2] ~}\n${i},\n%{ endfor ~}\n'), '<<EOT 1, 2, EOT');
    assert.equal(render('T TT EOT "quoted" \\n'), '"T TT EOT \\"quoted\\" \\\\n"');
    assert.equal(render('${name ~}   '), '"x"');
  });

  it('sees its variables and none of the scope', () => {
    assert.equal(render('${part}'), 'unknown-variable at 2');
    assert.equal(render('a\n${1 + "z"}'), 'invalid-operand at 8');
    assert.equal(render('a ${'), 'unclosed-sequence at 4');
    assert.equal(render('a ${name'), 'interpolation-close at 8');
  });
});
