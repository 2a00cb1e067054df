import { DocumentDiagnosticReportKind } from 'vscode-languageserver/node';
import type {
  CancellationToken,
  DocumentDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Findings, Report } from '../findings';
import { toPath } from '../uris';
import type { Answering } from './answering';

/** Checking stops after so many milliseconds, so that another request never waits longer. */
const longestSlice = 5;

/** How often is looked whether there is anything new for an editor that waits for it. */
const lookEvery = 500;

/** Diagnostics for editors that ask for them: of one document, and of every file of the workspace. */
export function answerDiagnostics(answering: Answering, findings: Findings): void {
  const { connection, workspace } = answering;
  const find = (file: string) => answering.guard('diagnostics', () => findings.of(file));
  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }) =>
    toReport(find(toPath(uri)), previousResultId),
  );
  let answered: unknown;
  connection.languages.diagnostics.onWorkspace(async (params, token, _progress, partial) => {
    const known = new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]));
    const folders = await workspace.index();
    // An editor asks again as soon as it was answered: with nothing new the answer waits.
    if (known.size > 0) await untilChanged(() => findings.moment() !== answered, token);
    answered = findings.moment();
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    let begin = performance.now();
    for (const file of workspace.filesOf(folders)) {
      if (token.isCancellationRequested) break;
      const uri = workspace.documents.uriOf(file);
      const version = workspace.documents.get(uri)?.version ?? null;
      const report = { ...toReport(find(file), known.get(uri)), uri, version };
      if (partial === undefined) items.push(report);
      else partial.report({ items: [report] });
      if (performance.now() - begin < longestSlice) continue;
      await new Promise((resolve) => setImmediate(resolve));
      begin = performance.now();
    }
    return { items };
  });
}

function toReport(report: Report | null, before: string | undefined): DocumentDiagnosticReport {
  if (report === null) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const { id, diagnostics } = report;
  if (id === before) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id };
  return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: [...diagnostics] };
}

async function untilChanged(isChanged: () => boolean, token: CancellationToken): Promise<void> {
  while (!isChanged() && !token.isCancellationRequested)
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
}
