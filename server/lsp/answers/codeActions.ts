import { ResponseError } from 'vscode-languageserver/node';
import type {
  CodeAction as LspCodeAction,
  CodeActionParams,
  Command,
  Range as LspRange,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { codeActions } from '../../features/actions/codeActions';
import type { CodeAction } from '../../features/actions/codeAction';
import type { Snapshot } from '../../features/snapshot';
import { applyEdit } from '../abilities';
import { toDiagnostic } from '../convert';
import type { OpenDocument } from '../documents';
import type { Answering } from './answering';

/** Quick fixes and refactorings. Edits are worked out when one is chosen, where the editor asks for them then. */
export function answerCodeActions(answering: Answering): void {
  answering.connection.onCodeAction((params) =>
    answering.guard('code actions', () =>
      answering.in(params, (document, snapshot) =>
        offered(answering, snapshot, document, { range: params.range, only: params.context.only }).map(
          (action, index, all) => {
            const order = all.slice(0, index).filter((other) => isSame(other, action)).length;
            const shown = toLspAction(answering, snapshot, document, action, { params, order });
            return answering.abilities().actionLiterals ? shown : toCommand(shown);
          },
        ),
      ),
    ),
  );
  answering.connection.onCodeActionResolve((action) => resolved(answering, action));
  answering.connection.onExecuteCommand(({ command, arguments: [edit] = [] }) =>
    command === applyEdit ? answering.connection.workspace.applyEdit(edit as WorkspaceEdit) : null,
  );
}

/** What a client sends back to have an action's edits. */
interface Chosen {
  readonly uri: string;
  readonly version: number;
  readonly range: LspRange;
  readonly only?: readonly string[];
  /** Its place among the actions of its title and kind. */
  readonly order: number;
}

function offered(
  answering: Answering,
  snapshot: Snapshot,
  document: OpenDocument,
  { range, only }: { readonly range: LspRange; readonly only?: readonly string[] | undefined },
): readonly CodeAction[] {
  const { createsFiles, documentChanges, disabledActions, actionLiterals, appliesEdits } =
    answering.abilities();
  if (!actionLiterals && !appliesEdits) return [];
  const selection = answering.offsets(range, document);
  return codeActions(snapshot, document.path, selection, only).filter(
    (action) =>
      ((createsFiles && documentChanges) || !action.createsFiles) &&
      ((disabledActions && actionLiterals) || action.disabled === undefined),
  );
}

function toLspAction(
  answering: Answering,
  snapshot: Snapshot,
  document: OpenDocument,
  action: CodeAction,
  { params, order }: { readonly params: CodeActionParams; readonly order: number },
): LspCodeAction {
  const { title, kind, diagnostic, preferred, disabled } = action;
  const shown: LspCodeAction = {
    title,
    kind,
    ...(diagnostic !== undefined && {
      diagnostics: [toDiagnostic(diagnostic, document.lines, answering.abilities())],
    }),
    ...(preferred === true && { isPreferred: true }),
  };
  if (disabled !== undefined) return { ...shown, disabled: { reason: disabled } };
  const { resolvesActions, actionLiterals } = answering.abilities();
  if (!resolvesActions || !actionLiterals)
    return { ...shown, edit: answering.workspaceEdit(snapshot, action.edits()) };
  const { range, context } = params;
  const { uri, version } = document;
  const data: Chosen = { uri, version, range, order, ...(context.only && { only: context.only }) };
  return { ...shown, data };
}

/** An action of the first version of LSP: a command, which the server answers with the edit. */
function toCommand({ title, edit }: LspCodeAction): Command {
  return { title, command: applyEdit, arguments: [edit] };
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
    }).filter((other) => isSame(other, action))[chosen.order];
    return found === undefined ? undefined : answering.workspaceEdit(snapshot, found.edits());
  });
  if (answered === null || answered === undefined)
    throw new ResponseError(contentModified, 'The file has changed since this action was offered.');
  return { ...action, edit: answered };
}

function isSame(a: Pick<LspCodeAction, 'title' | 'kind'>, b: Pick<LspCodeAction, 'title' | 'kind'>): boolean {
  return a.title === b.title && a.kind === b.kind;
}

/** LSP's code for an answer that would be about an older state. */
const contentModified = -32801;
