import type { CodeAction as LspCodeAction } from 'vscode-languageserver/node';
import { codeActions } from '../../features/actions/codeActions';
import type { CodeAction } from '../../features/actions/codeAction';
import type { Snapshot } from '../../features/snapshot';
import { toDiagnostic } from '../convert';
import type { OpenDocument } from '../documents';
import type { Answering } from './answering';

/** Quick fixes and refactorings. */
export function answerCodeActions(answering: Answering): void {
  answering.connection.onCodeAction((params) =>
    answering.guard('code actions', () =>
      answering.in(params, (document, snapshot) => {
        const selection = answering.offsets(params.range, document);
        return codeActions(snapshot, document.path, selection, params.context.only).map((action) =>
          toLspAction(answering, snapshot, document, action),
        );
      }),
    ),
  );
}

function toLspAction(
  answering: Answering,
  snapshot: Snapshot,
  document: OpenDocument,
  { title, kind, edits, diagnostic, preferred }: CodeAction,
): LspCodeAction {
  return {
    title,
    kind,
    edit: { changes: answering.changes(snapshot, edits) },
    ...(diagnostic !== undefined && { diagnostics: [toDiagnostic(diagnostic, document.lines)] }),
    ...(preferred === true && { isPreferred: true }),
  };
}
