import { FoldingRangeKind } from 'vscode-languageserver/node';
import type { FoldingRange, SelectionRange } from 'vscode-languageserver/node';
import { documentSymbols } from '../../features/documentSymbols';
import { foldingRanges } from '../../features/folding';
import { linkedRanges } from '../../features/linkedEditing';
import { selectionRanges } from '../../features/selectionRanges';
import { workspaceSymbols } from '../../features/workspaceSymbols';
import { symbolKindOf, toDocumentSymbol, toRange } from '../convert';
import type { Answering, DocumentParams } from './answering';

/** The shape of a document and of the workspace: symbols, folds, selections, linked names. */
export function answerStructure(answering: Answering): void {
  const { connection, workspace } = answering;
  connection.onDocumentSymbol((params) => answering.guard('symbols', () => symbols(answering, params)));
  connection.onFoldingRanges((params) => answering.guard('folding', () => folds(answering, params)));
  connection.onSelectionRanges((params) =>
    answering.guard('selection', () =>
      answering.in(params, ({ path, lines }, snapshot) =>
        params.positions.map((position) => {
          let nested: SelectionRange | undefined;
          // The outermost range is the parent of all: it comes last and is built first.
          for (const range of selectionRanges(snapshot, path, lines.offsetAt(position)).toReversed())
            nested = { range: toRange(range, lines), ...(nested !== undefined && { parent: nested }) };
          return nested ?? { range: { start: position, end: position } };
        }),
      ),
    ),
  );
  connection.languages.onLinkedEditingRange((params) =>
    answering.guard('linked editing', () =>
      answering.at(params, ({ snapshot, document, offset }) => {
        const ranges = linkedRanges(snapshot, document.path, offset);
        return ranges.length === 0 ? null : { ranges: ranges.map((range) => toRange(range, document.lines)) };
      }),
    ),
  );
  connection.onWorkspaceSymbol(({ query }) =>
    answering.guard('workspace symbols', () => {
      const snapshot = workspace.snapshot();
      return workspaceSymbols(snapshot, query).map(({ name, kind, container, location }) => ({
        name,
        kind: symbolKindOf(kind, answering.abilities()),
        containerName: container,
        location: answering.location(snapshot, location),
      }));
    }),
  );
}

function symbols(answering: Answering, params: DocumentParams) {
  return answering.in(params, ({ path, lines }, snapshot) => {
    const found = documentSymbols(snapshot, path).map((symbol) =>
      toDocumentSymbol(symbol, lines, answering.abilities()),
    );
    if (answering.abilities().hierarchicalSymbols) return found;
    const { uri } = params.textDocument;
    return found.map(({ name, kind, range }) => ({ name, kind, location: { uri, range } }));
  });
}

function folds(answering: Answering, params: DocumentParams): FoldingRange[] | null {
  return answering.in(params, ({ path, lines }, snapshot) =>
    foldingRanges(snapshot, path).flatMap(({ range, kind }) => {
      const { start, end } = toRange(range, lines);
      // The line of a closing bracket stays visible.
      const endLine = kind === 'code' ? end.line - 1 : end.line;
      if (endLine <= start.line) return [];
      return [
        { startLine: start.line, endLine, ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }) },
      ];
    }),
  );
}
