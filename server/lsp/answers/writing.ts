import { ResponseError } from 'vscode-languageserver/node';
import type { TextEdit } from 'vscode-languageserver/node';
import { formatDocument } from '../../features/formatting';
import { editsForMoves } from '../../features/movedFiles';
import { prepareRename, rename } from '../../features/rename';
import type { Range } from '../../text/range';
import { toRange } from '../convert';
import { toPath } from '../uris';
import type { Answering, DocumentParams } from './answering';

/** What changes text: formatting and rename. */
export function answerWriting(answering: Answering): void {
  const { connection } = answering;
  connection.onDocumentFormatting((params) => answering.guard('formatting', () => format(answering, params)));
  connection.onDocumentRangeFormatting((params) =>
    answering.guard('formatting', () =>
      answering.in(params, (document) =>
        format(answering, params, answering.offsets(params.range, document)),
      ),
    ),
  );
  connection.onDocumentOnTypeFormatting((params) =>
    answering.guard('formatting', () =>
      answering.in(params, ({ lines }) => {
        // The line that was just ended, or the one that a bracket closes.
        const line = params.ch === '\n' ? Math.max(0, params.position.line - 1) : params.position.line;
        return format(answering, params, lines.lineRange(line));
      }),
    ),
  );
  connection.onPrepareRename((params) =>
    answering.at(params, ({ snapshot, document, offset }) => {
      const range = reasoned(() => prepareRename(snapshot, document.path, offset));
      return range === undefined ? null : toRange(range, document.lines);
    }),
  );
  connection.onRenameRequest((params) =>
    answering.at(params, ({ snapshot, document, offset }) => {
      const edits = reasoned(() => rename(snapshot, document.path, offset, params.newName));
      return answering.workspaceEdit(snapshot, edits);
    }),
  );
  // Before an editor moves files: what names them has to follow.
  connection.workspace.onWillRenameFiles(({ files }) =>
    answering.guard('moving files', () => {
      const snapshot = answering.workspace.snapshot();
      const moves = files.map(({ oldUri, newUri }) => ({ from: toPath(oldUri), to: toPath(newUri) }));
      return answering.workspaceEdit(snapshot, editsForMoves(snapshot, moves));
    }),
  );
}

function format(answering: Answering, params: DocumentParams, range?: Range): TextEdit[] | null {
  return answering.in(params, ({ path, lines }, snapshot) =>
    formatDocument(snapshot, path, range).map((edit) => ({
      range: toRange(edit.range, lines),
      newText: edit.newText,
    })),
  );
}

/** The editor shows why a name cannot be changed or used. */
function reasoned<T>(answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    throw new ResponseError(requestFailed, error instanceof Error ? error.message : String(error));
  }
}

/** LSP's code for a request that was understood and could not be done. */
const requestFailed = -32803;
