import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { problemLines, readSpec, specHash } from '../../server/training/spec';
import { describeLayers, setSpecField, specFields } from '../../server/training/specFields';
import { summarize } from '../../server/training/modelCheck';

const example = readFileSync(path.join(__dirname, '../../examples/image-classifier/train.json'), 'utf8');

/** The problems of the example after one change of its text, as `path: message`. */
function problemsOf(from: string, to: string): string[] {
  assert.ok(example.includes(from), `the example no longer holds ${from}`);
  const reading = readSpec(example.replace(from, to), 'train.json');
  return reading.ok ? [] : reading.problems.map((problem) => `${problem.path}: ${problem.message}`);
}

describe('readSpec', () => {
  it('reads the example, whose network has the parameters that Keras counts', () => {
    const reading = readSpec(example, 'train.json');
    assert.ok(reading.ok);
    assert.equal(reading.spec.save, 'image_classifier.h5');
    assert.equal(reading.spec.data.testImages, 't10k-images-idx3-ubyte.gz');
    const total = summarize(reading.spec).reduce((sum, layer) => sum + layer.parameters, 0);
    assert.equal(total, 93_322);
  });

  it('names the missing field, what was expected and what to write', () => {
    assert.deepEqual(problemsOf('  "epochs": 5,\n', ''), [
      'epochs: "epochs" is missing. Expected: a whole number of at least 1 and of at most 100000. How many times every training image is seen. For example "epochs": 5.',
    ]);
  });

  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ['"epochs": 5', '"epochs": "five"', 'epochs', /"epochs" is "five"\. Expected: a whole number/],
    [
      '"learningRate": 0.001',
      '"learningRate": 0',
      'optimizer.learningRate',
      /is 0\. Expected: a number above 0/,
    ],
    [
      '"type": "adam"',
      '"type": "adamw"',
      'optimizer.type',
      /no optimizer of type "adamw"\. Use one of: adam, sgd/,
    ],
    ['"filters": 32, ', '', 'model.layers[0].filters', /"filters" is missing in this layer/],
    [
      '"kernelSize": 3',
      '"kernelSize": "3"',
      'model.layers[0].kernelSize',
      /a whole number, or \[height, width\]/,
    ],
    [
      '"type": "flatten"',
      '"type": "flaten"',
      'model.layers[5].type',
      /no layer of type "flaten"\. Use one of/,
    ],
    ['"type": "flatten"', '"type": "depthToSpace"', 'model.layers[5].type', /has no gradient/],
    ['"kernelSize": 3', '"kernelSize": 3, "dilationRate": 2', 'model.layers[0].dilationRate', /no gradient/],
    ['"units": 10', '"units": 9', 'model.layers[7].units', /gives 9 values, but "classes" names 10/],
    ['"softmax"', '"relu"', 'model.layers[7].activation', /must end with "activation": "softmax"/],
    ['[28, 28, 1]', '[6, 6, 1]', 'model.layers[2]', /3×3 does not fit on the 2×2/],
    ['[28, 28, 1]', '[28, 28]', 'model.input', /Expected: a list of at least 3/],
    ['image_classifier.h5', '../up.h5', 'save', /a file name that ends with \.h5/],
    ['"recipe": "image-classifier"', '"recipe": "logistic-regression"', 'recipe', /comes later/],
    ['"batchSize": 32', '"batchsize": 32', 'batchSize', /"batchSize" is missing/],
    ['"seed": 1', '"sed": 1', 'sed', /"sed" is not known here/],
  ];
  for (const [from, to, at, message] of cases) {
    it(`refuses ${to === '' ? `no ${from}` : to}`, () => {
      const problems = problemsOf(from, to);
      const problem = problems.find((each) => each.startsWith(`${at}: `));
      assert.ok(problem !== undefined, `nothing at ${at}: ${problems.join('\n')}`);
      assert.match(problem, message);
    });
  }

  it('points at the place in the text', () => {
    const text = example.replace('"epochs": 5', '"epochs": 0');
    const reading = readSpec(text, 'train.json');
    assert.ok(!reading.ok);
    const [problem] = reading.problems;
    assert.ok(problem !== undefined);
    assert.equal(text.slice(problem.offset - 10, problem.offset + problem.length), '"epochs": 0');
    assert.match(problemLines(text, 'train.json', reading.problems), /^train\.json:36:13: "epochs" is 0\./);
  });

  for (const text of ['', '{', '[]', 'null', '{"name": "a",}', '\u0000\u0001', '3']) {
    it(`never throws, and says something, on ${JSON.stringify(text)}`, () => {
      const reading = readSpec(text, 'train.json');
      assert.ok(!reading.ok && reading.problems.length > 0);
    });
  }

  it('gives the same hash whatever the order of the keys', () => {
    const turned = JSON.stringify(
      Object.fromEntries(Object.entries(JSON.parse(example) as object).reverse()),
    );
    const [one, other] = [readSpec(example, 'a'), readSpec(turned, 'b')];
    assert.ok(one.ok && other.ok);
    assert.equal(specHash(one.spec), specHash(other.spec));
  });
});

describe('spec fields', () => {
  it('lists what the panel shows, with the problem at its field', () => {
    const fields = specFields(example.replace('"batchSize": 32', '"batchSize": -1'), 'train.json');
    const batch = fields.find((field) => field.key === 'batchSize');
    assert.equal(batch?.value, -1);
    assert.match(batch.problem ?? '', /at least 1/);
    assert.equal(fields.find((field) => field.key === 'optimizer.learningRate')?.value, 0.001);
  });

  it('changes one value and no other character', () => {
    assert.equal(setSpecField(example, 'epochs', 7), example.replace('"epochs": 5', '"epochs": 7'));
    assert.equal(
      setSpecField(example, 'optimizer.learningRate', 0.01),
      example.replace('"learningRate": 0.001', '"learningRate": 0.01'),
    );
  });

  it('adds a value that was not there', () => {
    const reading = readSpec(setSpecField(example.replace('  "seed": 1,\n', ''), 'seed', 9), 'train.json');
    assert.ok(reading.ok);
    assert.equal(reading.spec.seed, 9);
  });

  it('describes the layers', () => {
    const reading = readSpec(example, 'train.json');
    assert.ok(reading.ok);
    assert.deepEqual(describeLayers(reading.spec).slice(0, 2), [
      'conv2d 32 · 3×3 · relu → 26×26×32',
      'maxPooling2d 2×2 → 13×13×32',
    ]);
  });
});
