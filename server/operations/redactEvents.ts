import type { Diagnostic, OutputValue, TerraformEvent } from './events';
import { withoutInternal } from './internalAttribute';
import { asJson } from './json';
import type { Redactor } from './redact';

/** The event without the secrets that the redactor knows. */
export function redactEvent(event: TerraformEvent, redactor: Redactor): TerraformEvent {
  const message = redactor.text(event.message);
  switch (event.type) {
    case 'diagnostic':
      return { ...event, message, diagnostic: redactDiagnostic(event.diagnostic, redactor) };
    case 'outputs':
      return { ...event, message, outputs: redactOutputs(event.outputs, redactor) };
    case 'planned_change':
    case 'resource_drift': {
      const { importing } = event.change;
      if (importing === undefined) return { ...event, message };
      return { ...event, message, change: { ...event.change, importing: redactor.text(importing) } };
    }
    case 'version':
    case 'log':
    case 'change_summary':
    case 'state_lock_acquire':
    case 'state_lock_release':
    case 'init_output':
    case 'unknown':
    case 'raw':
      return { ...event, message };
    default:
      return {
        ...event,
        message,
        ...(event.idValue === undefined ? {} : { idValue: redactor.text(event.idValue) }),
        ...(event.output === undefined ? {} : { output: redactor.text(event.output) }),
      };
  }
}

export function redactDiagnostic(diagnostic: Diagnostic, redactor: Redactor): Diagnostic {
  const { snippet } = diagnostic;
  const code = snippet === undefined ? '' : redactor.text(snippet.code);
  return {
    ...diagnostic,
    summary: redactor.text(diagnostic.summary),
    detail: redactor.text(diagnostic.detail),
    ...(snippet === undefined
      ? {}
      : {
          snippet: {
            ...snippet,
            code,
            // The place to mark is counted in bytes of the original; in another text it would mark something else.
            ...(code === snippet.code ? {} : { highlightStart: 0, highlightEnd: 0 }),
            values: snippet.values.map((value) => ({
              traversal: value.traversal,
              statement: redactor.text(value.statement),
            })),
          },
        }),
  };
}

function redactOutputs(
  outputs: Readonly<Record<string, OutputValue>>,
  redactor: Redactor,
): Readonly<Record<string, OutputValue>> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [
      name,
      output.value === undefined
        ? output
        : { ...output, value: redactor.json(asJson(withoutInternal(output.value))) },
    ]),
  );
}
