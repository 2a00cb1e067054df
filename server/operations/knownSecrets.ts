import { openDiskFiles } from '../terraform/diskFiles';
import { readModule } from '../terraform/module';
import { attributeOf } from '../terraform/values';
import { redactorFor } from './redact';
import type { Redactor } from './redact';
import type { PlanRequest } from './requests';

/**
 * Secrets that are known before there is a plan: values given on the command line or in the environment to variables
 * that the configuration declares sensitive. Values from variable files are known only from the plan.
 */
export function redactorFromRequest(request: PlanRequest): Redactor {
  const secrets = new Set<string>();
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(request.place.env)) {
    if (name.startsWith('TF_VAR_') && value !== undefined) given.set(name.slice('TF_VAR_'.length), value);
  }
  for (const assignment of request.vars ?? []) {
    const equals = assignment.indexOf('=');
    if (equals > 0) given.set(assignment.slice(0, equals), assignment.slice(equals + 1));
  }
  for (const declaration of readModule(request.place.directory, openDiskFiles()).declarations) {
    if (declaration.kind !== 'variable' || declaration.node.kind !== 'block') continue;
    const { body } = declaration.node;
    const hidden = ['sensitive', 'ephemeral'].some((name) => {
      const value = attributeOf(body, name)?.value;
      return value?.kind === 'literal' && value.value === true;
    });
    const value = given.get(declaration.name);
    if (hidden && value !== undefined) secrets.add(value);
  }
  return redactorFor(secrets);
}
