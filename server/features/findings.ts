import type { ConfigFile, Module } from '../terraform/model';
import type { Range } from '../text/range';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';
import type { DiagnosticCode } from './diagnosticCodes';
import type { Snapshot } from './snapshot';

/** What the checks of one file look at, and what they find. */
export class Findings {
  readonly found: Diagnostic[] = [];

  constructor(
    readonly snapshot: Snapshot,
    readonly module: Module,
    readonly config: ConfigFile,
  ) {}

  add(
    code: DiagnosticCode,
    range: Range,
    message: string,
    more: Partial<Pick<Diagnostic, 'severity' | 'suggestion' | 'facts' | 'tag'>> = {},
  ): void {
    this.found.push(diagnosticOf(code, range, message, more));
  }

  textOf({ start, end }: Range): string {
    return this.config.syntax.text.slice(start, end);
  }
}
