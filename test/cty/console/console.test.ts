import assert from 'node:assert/strict';
import { allFunctions } from '../../../server/terraform/functions';
import { answer, difference } from './answer';
import { consoleScope } from './consoleScope';
import { categories, readCases, readRecording } from './recording';
import { askTerraform, consoleVersion } from './terraformConsole';

/** Their results differ from run to run; they have unit tests. */
const varying = new Set(['bcrypt', 'plantimestamp', 'timestamp', 'uuid']);

const operators = [
  '||',
  '&&',
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '!',
  '? ',
  '[*]',
  '.*',
];

describe('expressions as terraform console evaluates them', () => {
  const scope = consoleScope();

  for (const category of categories()) {
    it(`${category}: the same value, type and marks, or the same refusal`, () => {
      const { cases } = readRecording(category);
      assert.deepEqual(
        cases.map(({ expression }) => expression),
        readCases(category),
        `cases/${category}.txt changed after it was recorded; run: node --import tsx test/cty/console/record.ts ${category}`,
      );
      const differences = cases
        .map((wanted) => difference(wanted, answer(wanted.expression, scope)))
        .filter((text) => text !== '');
      assert.equal(
        differences.length,
        0,
        `${differences.length} of ${cases.length} differ:\n\n${differences.join('\n\n')}`,
      );
    });
  }

  it('cover every function, every operator, and 1,500 expressions', () => {
    const expressions = categories().flatMap(readCases);
    assert.ok(expressions.length >= 1500, `There are only ${expressions.length} expressions.`);
    const called = new Set(
      expressions.flatMap((text) => [...text.matchAll(/([A-Za-z0-9_]+)\(/g)].map((match) => match[1])),
    );
    const missing = allFunctions().filter(({ name }) => !called.has(name) && !varying.has(name));
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      operators.filter((operator) => !expressions.some((text) => text.includes(operator))),
      [],
    );
  });

  it('are still what the terraform on PATH says, for a sample of them', async function () {
    this.timeout(120_000);
    const version = await consoleVersion();
    const recorded = categories().map(readRecording);
    const [first] = recorded;
    if (version === undefined || version !== first?.terraform) {
      process.stdout.write(
        `    terraform ${first?.terraform ?? ''} is not on PATH: the recorded values were not asked for again.\n`,
      );
      return;
    }
    const sample = recorded
      .flatMap(({ cases }) => cases)
      .filter(({ expression }, order) => chosen(order) && !expression.includes('path.cwd'));
    const asked = await askTerraform(sample.map(({ expression }) => expression));
    assert.deepEqual(asked, sample);
  });
});

/** About one in sixty, spread without a pattern. */
function chosen(order: number): boolean {
  return Math.imul(order + 20261122, 0x9e3779b1) >>> 0 < 0x0400_0000;
}
