import type { CompletionList } from 'vscode-languageserver/node';
import { complete } from '../../features/completion';
import { hover } from '../../features/hover';
import { signatureHelp } from '../../features/signatureHelp';
import { toCompletionItem, toMarkup, toRange } from '../convert';
import type { Answering, At } from './answering';

/** What helps while a line is written: completion, hover, signature help. */
export function answerReading(answering: Answering): void {
  const { connection } = answering;
  connection.onCompletion((params) =>
    answering.guard('completion', () => answering.at(params, (at) => completion(answering, at))),
  );
  connection.onHover((params) =>
    answering.guard('hover', () =>
      answering.at(params, ({ snapshot, document, offset }) => {
        const found = hover(snapshot, document.path, offset);
        if (found === undefined) return null;
        const contents = toMarkup(found.contents, answering.abilities().markdownHover);
        return { contents, range: toRange(found.range, document.lines) };
      }),
    ),
  );
  connection.onSignatureHelp((params) =>
    answering.guard('signature help', () =>
      answering.at(params, ({ snapshot, document, offset }) => {
        const found = signatureHelp(snapshot, document.path, offset);
        if (found === undefined) return null;
        const { label, documentation, active } = found;
        const parameters = found.parameters.map((each, index) => {
          const meaning = found.meanings[index];
          return { label: each, ...(meaning !== undefined && { documentation: meaning }) };
        });
        return {
          signatures: [{ label, documentation, parameters }],
          activeSignature: 0,
          activeParameter: active,
        };
      }),
    ),
  );
}

function completion(answering: Answering, { snapshot, document, offset }: At): CompletionList {
  const { items, isIncomplete } = complete(snapshot, document.path, offset);
  return {
    isIncomplete,
    items: items.map((item, order) => toCompletionItem(item, order, document.lines, answering.abilities())),
  };
}
