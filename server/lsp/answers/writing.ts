import { ResponseError } from 'vscode-languageserver/node';
import type { TextEdit } from 'vscode-languageserver/node';
import { formatDocument } from '../../features/formatting';
import { prepareRename, rename } from '../../features/rename';
import type { FileEdit } from '../../features/actions/codeAction';
import type { Snapshot } from '../../features/snapshot';
import type { Range } from '../../text/range';
import { toRange } from '../convert';
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
    answering.guard('rename', () =>
      answering.at(params, ({ snapshot, document, offset }) => {
        const range = prepareRename(snapshot, document.path, offset);
        return range === undefined ? null : toRange(range, document.lines);
      }),
    ),
  );
  connection.onRenameRequest((params) =>
    answering.at(params, ({ snapshot, document, offset }) => {
      const edits = renamed(snapshot, document.path, offset, params.newName);
      return { changes: answering.changes(snapshot, edits) };
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

/** The editor shows why a name cannot be used. */
function renamed(snapshot: Snapshot, file: string, offset: number, name: string): readonly FileEdit[] {
  try {
    return rename(snapshot, file, offset, name);
  } catch (error) {
    throw new ResponseError(requestFailed, error instanceof Error ? error.message : String(error));
  }
}

/** LSP's code for a request that was understood and could not be done. */
const requestFailed = -32803;
