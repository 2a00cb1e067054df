import { createHash } from 'node:crypto';
import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver/node';
import { diagnosticsOf } from '../features/diagnosticsOf';
import type { Snapshot } from '../features/snapshot';
import type { LineIndex } from '../text/lineIndex';
import { toDiagnostic, toValidationDiagnostic } from './convert';
import type { Abilities } from './convert';
import { documentationOf } from './diagnosticPages';
import type { ValidationFinding } from './validation';
import type { Workspace } from './workspace';

/** What is wrong with a file, as an editor is told. */
export interface Report {
  readonly diagnostics: readonly LspDiagnostic[];
  /** The same for the same diagnostics. */
  readonly id: string;
}

export interface FindingsPorts {
  readonly workspace: Workspace;
  readonly linesOf: (snapshot: Snapshot, file: string) => LineIndex;
  readonly validated: (file: string) => readonly ValidationFinding[];
  readonly abilities: () => Abilities;
}

/** Our own diagnostics and terraform's, told once. */
export class Findings {
  private kept = new WeakMap<Snapshot, Map<string, Report>>();

  constructor(private readonly ports: FindingsPorts) {}

  /** What was found in a file, at this moment. */
  of(file: string): Report {
    const snapshot = this.ports.workspace.snapshot();
    const reports = this.reportsOf(snapshot);
    const known = reports.get(file);
    if (known !== undefined) return known;
    const diagnostics = this.find(snapshot, file);
    const report = { diagnostics, id: hashOf(diagnostics) };
    reports.set(file, report);
    return report;
  }

  /** The same as long as nothing was found that is not known already. */
  moment(): unknown {
    return this.reportsOf(this.ports.workspace.snapshot());
  }

  /** Settings changed, or terraform said something. */
  forget(): void {
    this.kept = new WeakMap();
  }

  private reportsOf(snapshot: Snapshot): Map<string, Report> {
    const reports = this.kept.get(snapshot) ?? new Map<string, Report>();
    this.kept.set(snapshot, reports);
    return reports;
  }

  private find(snapshot: Snapshot, file: string): readonly LspDiagnostic[] {
    const { abilities, validated, linesOf } = this.ports;
    const found = diagnosticsOf(snapshot, file);
    const lines = linesOf(snapshot, file);
    const shown = abilities();
    const own = found.map((finding) =>
      toDiagnostic(finding, lines, shown, shown.codeDescription ? documentationOf(finding.code) : undefined),
    );
    // What we said as well, and perhaps with a fix, is not said again.
    const isNews = ({ range }: ValidationFinding) => {
      const at = lines.positionAt(range.start).line;
      return !found.some(
        ({ severity, range: own }) =>
          (severity === 'error' || severity === 'warning') && lines.positionAt(own.start).line === at,
      );
    };
    return [
      ...own,
      ...validated(file)
        .filter(isNews)
        .map((finding) => toValidationDiagnostic(finding, lines)),
    ];
  }
}

function hashOf(diagnostics: readonly LspDiagnostic[]): string {
  return createHash('sha1').update(JSON.stringify(diagnostics)).digest('base64url');
}
