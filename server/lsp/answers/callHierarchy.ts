import { SymbolKind } from 'vscode-languageserver/node';
import type { CallHierarchyItem } from 'vscode-languageserver/node';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../features/callHierarchy';
import type { HierarchyItem } from '../../features/callHierarchy';
import type { Range } from '../../text/range';
import { toRange } from '../convert';
import { toPath } from '../uris';
import type { Answering } from './answering';

/** Which modules call which. */
export function answerCallHierarchy(answering: Answering): void {
  const { languages } = answering.connection;
  const { workspace } = answering;
  languages.callHierarchy.onPrepare((params) =>
    answering.guard('call hierarchy', () =>
      answering.at(params, ({ document, offset, snapshot }) =>
        prepareCallHierarchy(snapshot, document.path, offset).map((item) => toItem(answering, item)),
      ),
    ),
  );
  languages.callHierarchy.onIncomingCalls(({ item }) =>
    answering.guard('incoming calls', () =>
      incomingCalls(workspace.snapshot(), toPath(item.uri)).map((call) => ({
        from: toItem(answering, call.item),
        fromRanges: toRanges(answering, call.item.path, call.ranges),
      })),
    ),
  );
  languages.callHierarchy.onOutgoingCalls(({ item }) =>
    answering.guard('outgoing calls', () => {
      const file = toPath(item.uri);
      return outgoingCalls(workspace.snapshot(), file).map((call) => ({
        to: toItem(answering, call.item),
        fromRanges: toRanges(answering, file, call.ranges),
      }));
    }),
  );
}

function toItem(answering: Answering, item: HierarchyItem): CallHierarchyItem {
  const { name, detail, path, range, selection } = item;
  const at = (place: Range) => answering.location(answering.workspace.snapshot(), { path, range: place });
  const { uri, range: whole } = at(range);
  return { name, detail, kind: SymbolKind.Module, uri, range: whole, selectionRange: at(selection).range };
}

function toRanges(answering: Answering, file: string, ranges: readonly Range[]) {
  const lines = answering.linesOf(answering.workspace.snapshot(), file);
  return ranges.map((range) => toRange(range, lines));
}
