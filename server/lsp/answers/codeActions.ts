import { ResponseError } from 'vscode-languageserver/node';
import type {
  CodeAction as LspCodeAction,
  CodeActionParams,
  Range as LspRange,
} from 'vscode-languageserver/node';
import { codeActions } from '../../features/actions/codeActions';
import type { CodeAction } from '../../features/actions/codeAction';
import type { Snapshot } from '../../features/snapshot';
import { toDiagnostic } from '../convert';
import type { OpenDocument } from '../documents';
import type { Answering } from './answering';

/** Quick fixes and refactorings. Edits are worked out when one is chosen, where the editor asks for them then. */
export function answerCodeActions(answering: Answering): void {
  answering.connection.onCodeAction((params) =>
    answering.guard('code actions', () =>
      answering.in(params, (document, snapshot) =>
        offered(answering, snapshot, document, params).map((action) =>
          toLspAction(answering, snapshot, document, action, params),
        ),
      ),
    ),
  );
  answering.connection.onCodeActionResolve((action) => resolved(answering, action));
}

/** What a client sends back to have an action's edits. */
interface Chosen {
  readonly uri: string;
  readonly version: number;
  readonly range: LspRange;
  readonly only?: readonly string[];
}

function offered(
  answering: Answering,
  snapshot: Snapshot,
  document: OpenDocument,
  { range, only }: { readonly range: LspRange; readonly only?: readonly string[] | undefined },
): readonly CodeAction[] {
  const { createsFiles, disabledActions } = answering.abilities();
  const selection = answering.offsets(range, document);
  return codeActions(snapshot, document.path, selection, only).filter(
    (action) => (createsFiles || !action.createsFiles) && (disabledActions || action.disabled === undefined),
  );
}

function toLspAction(
  answering: Answering,
  snapshot: Snapshot,
  document: OpenDocument,
  action: CodeAction,
  { range, context: { only } }: CodeActionParams,
): LspCodeAction {
  const { title, kind, diagnostic, preferred, disabled } = action;
  const shown: LspCodeAction = {
    title,
    kind,
    ...(diagnostic !== undefined && { diagnostics: [toDiagnostic(diagnostic, document.lines)] }),
    ...(preferred === true && { isPreferred: true }),
  };
  if (disabled !== undefined) return { ...shown, disabled: { reason: disabled } };
  if (!answering.abilities().resolvesActions)
    return { ...shown, edit: answering.workspaceEdit(snapshot, action.edits()) };
  const data: Chosen = { uri: document.uri, version: document.version, range, ...(only && { only }) };
  return { ...shown, data };
}

/** @throws ResponseError where the document is another one by now: the editor asks again. */
function resolved(answering: Answering, action: LspCodeAction): LspCodeAction {
  const chosen = action.data as Chosen | undefined;
  if (chosen === undefined) return action;
  const answered = answering.in({ textDocument: chosen }, (document, snapshot) => {
    if (document.version !== chosen.version) return undefined;
    const found = offered(answering, snapshot, document, {
      range: chosen.range,
      only: chosen.only,
    }).find(({ title, kind }) => title === action.title && kind === action.kind);
    return found === undefined ? undefined : answering.workspaceEdit(snapshot, found.edits());
  });
  if (answered === null || answered === undefined)
    throw new ResponseError(contentModified, 'The file has changed since this action was offered.');
  return { ...action, edit: answered };
}

/** LSP's code for an answer that would be about an older state. */
const contentModified = -32801;
