import path from 'node:path';
import { TestView } from '../terraform/tests/testModule';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';
import { isForOpenTofu } from './tests/product';

/** A `run` block of a test file. */
export interface PlacedRun {
  readonly name: string;
  /** The name inside its quotes. */
  readonly range: Range;
  /** The whole block. */
  readonly extent: Range;
}

/** How the tests of one file are run. Terraform runs a file as a whole: its runs build on each other. */
export interface TestRuns {
  /** In the order in which they run. */
  readonly runs: readonly PlacedRun[];
  /** The absolute path of the folder to start `terraform test` in: that of the module under test. */
  readonly directory: string;
  /** What `-filter` takes for the file: its path from `directory` on, in the platform's spelling. */
  readonly filter: string;
  /** What `-test-directory` must be, where the file lies neither in `directory` nor in `tests` there. */
  readonly testDirectory: string | undefined;
  /** All arguments that run this file: `['test', '-filter=tests/main.tftest.hcl']`. */
  readonly arguments: readonly string[];
  readonly product: 'terraform' | 'opentofu';
}

/** The runs of a test file; `undefined` for every other file and for one that holds none. */
export function testRunsOf(snapshot: Snapshot, file: string): TestRuns | undefined {
  const view = snapshot.index.view(file);
  if (!(view instanceof TestView) || view.runs.length === 0) return undefined;
  const { directory } = view;
  const folder = path.relative(directory, path.dirname(file));
  const testDirectory = folder === '' || folder === 'tests' ? undefined : folder;
  const filter = path.relative(directory, file);
  return {
    runs: view.runs.map(({ name, declaration, block }) => ({
      name,
      range: declaration.nameRange,
      extent: block.range,
    })),
    directory,
    filter,
    testDirectory,
    arguments: [
      'test',
      ...(testDirectory === undefined ? [] : [`-test-directory=${testDirectory}`]),
      `-filter=${filter}`,
    ],
    product: isForOpenTofu(snapshot, view) ? 'opentofu' : 'terraform',
  };
}
