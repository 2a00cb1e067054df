import type { Binary } from './binary';
import type { ApplyRequest } from './operation';
import { resolveVarFiles } from './requests';
import type { PlanRequest } from './requests';

/** Never upgrades. `init` speaks JSON since Terraform 1.9 and OpenTofu 1.8; before, its lines are shown as they are. */
export function initArguments(binary: Binary): readonly string[] {
  const [major = 0, minor = 0] = binary.version.split('.').map(Number);
  const speaksJson = major > 1 || minor >= (binary.product === 'opentofu' ? 8 : 9);
  return ['init', '-input=false', speaksJson ? '-json' : '-no-color'];
}

export function planArguments(request: PlanRequest, planFile: string): readonly string[] {
  return [
    'plan',
    '-json',
    '-input=false',
    '-detailed-exitcode',
    ...(request.destroy === true ? ['-destroy'] : []),
    ...limits(request),
    ...resolveVarFiles(request).map((file) => `-var-file=${file}`),
    ...(request.vars ?? []).map((assignment) => `-var=${assignment}`),
    `-out=${planFile}`,
  ];
}

/** No variables: they are in the plan, and terraform refuses others. */
export function applyArguments(request: ApplyRequest, planFile: string): readonly string[] {
  return ['apply', '-json', '-input=false', ...limits(request), planFile];
}

function limits(request: PlanRequest | ApplyRequest): readonly string[] {
  return [
    ...(request.parallelism === undefined ? [] : [`-parallelism=${request.parallelism}`]),
    ...(request.lockTimeout === undefined ? [] : [`-lock-timeout=${request.lockTimeout}`]),
  ];
}
