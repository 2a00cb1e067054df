import type { Diagnostic, TerraformEvent } from './events';
import type { OperationListener, Phase } from './operation';
import type { PhaseEnd } from './phase';
import type { Redactor } from './redact';
import { redactDiagnostic, redactEvent } from './redactEvents';

/** Passes terraform's events on, without secrets. */
export function reporter(
  phase: Phase,
  redactor: Redactor,
  listener: OperationListener,
): (event: TerraformEvent) => void {
  return (event) => {
    listener({ type: 'terraform', phase, event: redactEvent(event, redactor) });
  };
}

/** Passes the diagnostics of a phase on, without secrets, and gives them back. */
export function reportDiagnostics(
  phase: Phase,
  diagnostics: readonly Diagnostic[],
  redactor: Redactor,
  listener: OperationListener,
): readonly Diagnostic[] {
  return withoutRepeats(diagnostics).map((original) => {
    const diagnostic = redactDiagnostic(original, redactor);
    const isError = diagnostic.severity === 'error';
    listener({
      type: 'terraform',
      phase,
      event: {
        type: 'diagnostic',
        level: isError ? 'error' : 'warn',
        message: `${isError ? 'Error' : 'Warning'}: ${diagnostic.summary}`,
        timestamp: '',
        diagnostic,
      },
    });
    return diagnostic;
  });
}

/** The diagnostics of a phase that failed; where terraform gave no reason, one that says what is known. */
export function failureOf(phase: Phase, end: PhaseEnd): readonly Diagnostic[] {
  if (end.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return end.diagnostics;
  const how = end.exitCode === undefined ? 'was killed' : `ended with exit code ${end.exitCode}`;
  return [
    ...end.diagnostics,
    { severity: 'error', summary: `terraform ${phase} ${how} and gave no reason`, detail: end.errors },
  ];
}

/** Whether `init` would help: terraform's own advice is the only sign that all versions share. */
export function asksForInit(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    ({ severity, summary, detail }) =>
      severity === 'error' && /\b(terraform|tofu) init\b/.test(`${summary}\n${detail}`),
  );
}

/** Stopping makes terraform say "execution halted" once for each resource. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const said = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const text = JSON.stringify(diagnostic);
    return said.size < said.add(text).size;
  });
}
