import type { TestRun, TestView } from '../../terraform/tests/testModule';
import { isLocalSource } from '../../terraform/moduleCalls';
import { attributeOf, literalString } from '../../terraform/values';
import type { Findings } from '../findings';
import { isForOpenTofu } from './product';

const remote = /^[a-z0-9]+::|^[a-z]+:\/\/|^git@|^(github\.com|bitbucket\.org)\//;

/** Checks where the module of a run comes from. */
export function checkRunModule(findings: Findings, view: TestView, run: TestRun): void {
  checkVersion(findings, run);
  const value = run.call === undefined ? undefined : attributeOf(run.call.body, 'source')?.value;
  const source = literalString(value);
  if (value === undefined || source === undefined || run.module !== undefined) return;
  const { range } = value;
  const facts = { source };
  if (isLocalSource(source)) {
    const message = `There is no module at "${source}": the folder does not exist or holds no Terraform files. It is looked for from the folder of the module under test on.`;
    findings.add('module-not-found', range, message, { facts });
  } else if (/^[\w-]+$/.test(source)) {
    const message = `"${source}" is no address of a module. A folder is written with a dot: "./${source}".`;
    findings.add('invalid-module-source', range, message, { suggestion: `"./${source}"`, facts });
  } else if (remote.test(source)) {
    if (isForOpenTofu(findings.snapshot, view)) return;
    const message = 'Terraform runs only local modules and those of a registry in a test.';
    findings.add('invalid-module-source', range, message, { facts });
  } else {
    const message = `The module "${source}" is not installed here, so that nothing is known about it. Run terraform init.`;
    findings.add('module-not-installed', range, message, { facts });
  }
}

/** Only modules of a registry have versions. */
function checkVersion(findings: Findings, { call }: TestRun): void {
  const version = call === undefined ? undefined : attributeOf(call.body, 'version');
  const source = call === undefined ? undefined : literalString(attributeOf(call.body, 'source')?.value);
  if (version === undefined || source === undefined || !isLocalSource(source)) return;
  const message = 'A folder has no versions: only modules of a registry do. Remove this line.';
  const facts = { name: 'version', other: 'source' };
  findings.add('conflicting-arguments', version.nameRange, message, { facts });
}
