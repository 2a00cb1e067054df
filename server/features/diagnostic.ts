import type { Range } from '../text/range';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something a person should know about a place in a file. */
export interface Diagnostic {
  readonly range: Range;
  readonly severity: Severity;
  /** Stable: people filter and silence by it. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
  /** What to write at `range` instead, where something near is known. */
  readonly suggestion?: string | undefined;
  /** What a fix needs to know beside the range: `{ form: 'block' }`. Fixes never read messages. */
  readonly facts?: Readonly<Record<string, string>> | undefined;
  /** `unnecessary` is shown faded, `deprecated` struck through. */
  readonly tag?: 'unnecessary' | 'deprecated';
}
