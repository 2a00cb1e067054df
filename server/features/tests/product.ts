import path from 'node:path';
import type { TestView } from '../../terraform/tests/testModule';
import { editionOf } from '../editionOf';
import type { Snapshot } from '../snapshot';

/** Whether OpenTofu reads a test file: its name says so, or what stands around the module does. */
export function isForOpenTofu(snapshot: Snapshot, view: TestView): boolean {
  return (
    path.basename(view.file.path).includes('.tofutest.') || editionOf(snapshot, view).product === 'opentofu'
  );
}
