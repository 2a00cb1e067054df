import { terraformEnvironment } from './environment';
import type { Diagnostic } from './events';
import { parseJson } from './json';
import { toPlanModel } from './planModel';
import type { PlanModel } from './planModel';
import { redactorFromPlan } from './redact';
import type { Redactor } from './redact';
import type { Place } from './requests';
import { runShortCommand } from './shortCommand';

export interface ShownPlan {
  readonly model: PlanModel;
  readonly redactor: Redactor;
}

/**
 * Reads a plan file through terraform. The document holds every secret in clear: it comes through a pipe, lives in
 * memory, and only the redacted model leaves this function.
 *
 * @returns What is wrong, where terraform cannot show the plan.
 * @throws PlanFormatError
 */
export async function showPlan(
  place: Place,
  planFile: string,
  workspace: string | undefined,
): Promise<ShownPlan | Diagnostic> {
  const result = await runShortCommand(place.binary.path, ['show', '-json', '-no-color', planFile], {
    cwd: place.workingDirectory,
    env: terraformEnvironment(place.env, workspace),
  });
  if (result.exitCode !== 0) {
    return { severity: 'error', summary: 'The plan file cannot be read', detail: result.stderr.trim() };
  }
  const document = parseJson(result.stdout);
  const redactor = redactorFromPlan(document);
  return { model: toPlanModel(document, redactor), redactor };
}

export function isShown(result: ShownPlan | Diagnostic): result is ShownPlan {
  return 'model' in result;
}
