import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { formatValue } from '../../server/cty/format';
import { sameValue } from '../../server/cty/equality';
import { withNames } from '../../server/cty/scope';
import { conforms } from '../../server/cty/types';
import { typeToString } from '../../server/cty/type';
import { parseJson } from '../../server/hcl/jsonFile';
import { parse } from '../../server/hcl/parser';
import type { SourceFile } from '../../server/hcl/syntax';
import { visitTraversals } from '../../server/terraform/expressions';
import { toTraversal } from '../../server/terraform/traversal';
import type { Traversal } from '../../server/terraform/traversal';
import type { Range } from '../../server/text/range';
import { decode, expressionsRead, shapeOf } from '../support/hcldec';
import { readSpec, specScope } from '../support/hcldecSpec';
import type { SpecFile } from '../support/hcldecSpec';
import { placeAt, readExpectation, testsIn } from '../support/specsuite';
import type { Expectation, PlacedRange } from '../support/specsuite';

/** Where HCL's own suite lies, for example `…/hashicorp/hcl/v2/specsuite/tests`; it is run when this is set. */
const upstream = process.env.TERRATRAIN_TEST_HCL_SPECSUITE ?? '';
const folders = [path.join(__dirname, 'specsuite'), ...(upstream === '' ? [] : [upstream])];

describe("HCL's specification suite", () => {
  for (const folder of folders) {
    const tests = testsIn(folder);

    it(`has tests in ${path.basename(folder)}`, () => {
      assert.ok(tests.length > 10, `${folder} holds only ${tests.length} tests.`);
    });

    for (const test of tests) {
      const inputs = ['.hcl', '.hcl.json'].filter((extension) => fs.existsSync(test + extension));
      for (const extension of inputs) {
        it(path.relative(folder, test).split(path.sep).join('/') + extension, () => {
          runTest(
            readExpectation(fs.readFileSync(`${test}.t`, 'utf8')),
            readSpec(fs.readFileSync(`${test}.hcldec`, 'utf8')),
            fs.readFileSync(test + extension, 'utf8'),
            extension === '.hcl.json',
          );
        });
      }
    }
  }
});

function runTest(wanted: Expectation, spec: SpecFile, text: string, isJson: boolean): void {
  const evaluated = spec.variables.size > 0 || spec.functions.size > 0;
  const file = isJson ? parseJson(text, shapeOf(spec.root, evaluated)) : parse(text);
  if (wanted.traversals !== undefined) checkTraversals(wanted.traversals, spec, file);
  const scope = withNames(specScope, {
    variable: (name) => spec.variables.get(name),
    functions: (name) => spec.functions.get(name),
  });
  const { value, errors } =
    file.errors.length > 0 ? { value: undefined, errors: file.errors } : decode(file.body, spec.root, scope);
  if (wanted.diagnostics.length > 0) {
    checkDiagnostics(wanted.diagnostics, errors, file);
    return;
  }
  assert.deepEqual(errors, []);
  assert.ok(value !== undefined);
  assert.ok(
    conforms(value.type, wanted.resultType),
    `${typeToString(value.type)} is not ${typeToString(wanted.resultType)}`,
  );
  if (wanted.result !== undefined) {
    assert.ok(
      sameValue(value, wanted.result),
      `${formatValue(value)}\n\nis not\n\n${formatValue(wanted.result)}`,
    );
  }
}

function checkTraversals(
  wanted: NonNullable<Expectation['traversals']>,
  { root }: SpecFile,
  file: SourceFile,
): void {
  const found: string[] = [];
  for (const expression of expressionsRead(file.body, root)) {
    visitTraversals(expression, (traversal) => {
      found.push(`${nameOf(traversal)} ${shown(placed(file.text, traversal.range))}`);
    });
  }
  const refs = wanted.map(({ ref, ...range }) => {
    const traversal = toTraversal(ref);
    assert.ok(traversal !== undefined, 'a ref is a traversal');
    return `${nameOf(traversal)} ${shown(range)}`;
  });
  assert.deepEqual(found.sort(), refs.sort());
}

/** Of the same form for the same steps. */
function nameOf({ root, steps }: Traversal): string {
  const names = steps.map((step) =>
    step.kind === 'name'
      ? `.${step.name}`
      : step.kind === 'splat'
        ? '[*]'
        : `[${JSON.stringify(keyOf(step.key))}]`,
  );
  return `${root.name}${names.join('')}`;
}

function keyOf(key: unknown): unknown {
  return typeof key === 'object' && key !== null
    ? Object.entries(key).flatMap(([name, value]) =>
        name === 'range' || name === 'form' ? [] : [keyOf(value)],
      )
    : key;
}

/**
 * Every expected diagnostic must be there, starting where it is expected. How far it reaches may differ where it ends
 * a line or covers a block's header, and what follows from a fault inside the same top-level item may be told too.
 */
function checkDiagnostics(
  wanted: Expectation['diagnostics'],
  errors: readonly { readonly range: Range }[],
  file: SourceFile,
): void {
  const starts = errors.map(({ range }) => shown(placed(file.text, range)).split(' ')[0]);
  const missing = wanted.filter(({ from }) => !starts.includes(shown({ from, to: from }).split(' ')[0]));
  assert.deepEqual(
    missing.map((each) => shown(each)),
    [],
    `got ${errors.map(({ range }) => shown(placed(file.text, range))).join(', ')}`,
  );
  const faulty = file.body.items.filter(({ range }) =>
    wanted.some(({ from }) => {
      const start = placed(file.text, range);
      return start.from.byte <= from.byte && from.byte <= start.to.byte;
    }),
  );
  const extra = errors.filter(
    ({ range }) => !faulty.some((item) => item.range.start <= range.start && range.start <= item.range.end),
  );
  const unexpected = extra.filter(
    ({ range }) => !wanted.some(({ from }) => from.byte === placed(file.text, range).from.byte),
  );
  assert.deepEqual(unexpected, []);
}

function placed(text: string, { start, end }: Range): PlacedRange {
  return { from: placeAt(text, start), to: placeAt(text, end) };
}

function shown({ from, to }: PlacedRange): string {
  return [from, to].map(({ line, column, byte }) => `${line}:${column}:${byte}`).join(' ');
}
