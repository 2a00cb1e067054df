import path from 'node:path';
import { isVariablesName } from '../../terraform/fileNames';
import type { TestView } from '../../terraform/tests/testModule';
import { attributeOf } from '../../terraform/values';
import type { Snapshot } from '../snapshot';

/**
 * Whether a variables file sets a variable for all tests: Terraform reads `terraform.tfvars` and `*.auto.tfvars` beside
 * the module, and beside the tests in their folder. Other variables files can be named on the command line, and count.
 */
export function hasGlobalValue(snapshot: Snapshot, view: TestView, name: string): boolean {
  const { index } = snapshot;
  const directories = new Set([view.directory, path.dirname(view.file.path)]);
  return [...directories].some((directory) =>
    index.files
      .list(directory)
      .filter(isVariablesName)
      .some((file) => {
        const syntax = index.file(path.join(directory, file))?.syntax;
        return syntax !== undefined && attributeOf(syntax.body, name) !== undefined;
      }),
  );
}
