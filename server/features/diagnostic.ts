import type { Range } from '../text/range';
import { diagnosticCodes } from './diagnosticCodes';
import type { DiagnosticCode } from './diagnosticCodes';
import type { Severity } from './severity';

export type { Severity };

/** Something a person should know about a place in a file. */
export interface Diagnostic {
  readonly range: Range;
  readonly severity: Severity;
  /** Stable: people filter and silence by it. */
  readonly code: DiagnosticCode;
  /** What is wrong and what to do. */
  readonly message: string;
  /** What to write at `range` instead, where something near is known. */
  readonly suggestion?: string | undefined;
  /** What a fix needs to know beside the range; which facts a code has stands in diagnosticCodes.ts. Fixes never read messages. */
  readonly facts?: Readonly<Record<string, string>> | undefined;
  /** `unnecessary` is shown faded, `deprecated` struck through. */
  readonly tag?: 'unnecessary' | 'deprecated' | undefined;
}

/** A diagnostic with the severity and the tag that its code has, unless `more` says otherwise. */
export function diagnosticOf(
  code: DiagnosticCode,
  range: Range,
  message: string,
  more: Partial<Pick<Diagnostic, 'severity' | 'suggestion' | 'facts' | 'tag'>> = {},
): Diagnostic {
  const { severity, tag } = diagnosticCodes[code];
  return { range, code, message, severity, ...(tag !== undefined && { tag }), ...more };
}
