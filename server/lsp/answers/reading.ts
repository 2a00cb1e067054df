import type { CompletionList } from 'vscode-languageserver/node';
import { complete } from '../../features/completion';
import { hover } from '../../features/hover';
import { signatureHelp } from '../../features/signatureHelp';
import type { CompletionItem as CompletionOffer } from '../../features/completionItems';
import { documentationOf, toCompletionItem, toMarkup, toRange } from '../convert';
import type { Answering, At } from './answering';

/** What helps while a line is written: completion, hover, signature help. */
export function answerReading(answering: Answering): void {
  const { connection } = answering;
  const offers = new Offers();
  connection.onCompletion((params) =>
    answering.guard('completion', () => answering.at(params, (at) => completion(answering, offers, at))),
  );
  connection.onCompletionResolve((item) => {
    const offer = offers.get((item.data ?? {}) as Offered);
    const found = offer === undefined ? {} : documentationOf(offer, answering.abilities());
    return { ...item, ...found };
  });
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

/** What a client sends back to have an offer's documentation. */
interface Offered {
  readonly list: number;
  readonly order: number;
}

/** An editor asks about the list that it shows; one or two older ones may still be under way. */
const keptLists = 4;

/** The offers that were sent last, for the questions that come about them. */
class Offers {
  private readonly lists = new Map<number, readonly CompletionOffer[]>();
  private last = 0;

  keep(items: readonly CompletionOffer[]): number {
    this.last += 1;
    this.lists.set(this.last, items);
    this.lists.delete(this.last - keptLists);
    return this.last;
  }

  get({ list, order }: Offered): CompletionOffer | undefined {
    return this.lists.get(list)?.[order];
  }
}

function completion(
  answering: Answering,
  offers: Offers,
  { snapshot, document, offset }: At,
): CompletionList {
  const { items, isIncomplete } = complete(snapshot, document.path, offset);
  const abilities = answering.abilities();
  const shown = items.map((item, order) => toCompletionItem(item, order, document.lines, abilities));
  if (!abilities.resolvesDocumentation) return { isIncomplete, items: shown };
  const list = offers.keep(items);
  return {
    isIncomplete,
    items: shown.map((item, order) => ({ ...item, data: { list, order } satisfies Offered })),
  };
}
