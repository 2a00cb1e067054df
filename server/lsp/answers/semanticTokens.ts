import { SemanticTokensBuilder } from 'vscode-languageserver/node';
import { semanticTokens, tokenModifiers, tokenTypes } from '../../features/semanticTokens';
import type { SemanticToken } from '../../features/semanticTokens';
import type { Snapshot } from '../../features/snapshot';
import type { Range } from '../../text/range';
import type { OpenDocument } from '../documents';
import type { Answering } from './answering';

/** What names mean, for colouring: whole documents, what changed since the last answer, and visible parts. */
export function answerSemanticTokens(answering: Answering): void {
  const { semanticTokens: requests } = answering.connection.languages;
  const builders = new Map<string, SemanticTokensBuilder>();
  answering.onClosed((uri) => builders.delete(uri));
  const builderOf = (uri: string) => {
    const builder = builders.get(uri) ?? new SemanticTokensBuilder();
    builders.set(uri, builder);
    return builder;
  };
  const nothing = { data: [] };
  requests.on(
    (params) =>
      answering.guard('semantic tokens', () =>
        answering.in(params, (document, snapshot) => {
          const builder = builderOf(params.textDocument.uri);
          // An answer that nothing refers to yet replaces the one before.
          builder.previousResult('');
          push(builder, document, snapshot);
          return builder.build();
        }),
      ) ?? nothing,
  );
  requests.onDelta(
    (params) =>
      answering.guard('semantic tokens', () =>
        answering.in(params, (document, snapshot) => {
          const builder = builderOf(params.textDocument.uri);
          builder.previousResult(params.previousResultId);
          push(builder, document, snapshot);
          return builder.buildEdits();
        }),
      ) ?? nothing,
  );
  requests.onRange(
    (params) =>
      answering.guard('semantic tokens', () =>
        answering.in(params, (document, snapshot) => {
          const builder = new SemanticTokensBuilder();
          push(builder, document, snapshot, answering.offsets(params.range, document));
          return builder.build();
        }),
      ) ?? nothing,
  );
}

const typeNumbers = new Map(tokenTypes.map((type, index) => [type, index]));
const modifierNumbers = new Map(tokenModifiers.map((modifier, index) => [modifier, index]));

function push(
  builder: SemanticTokensBuilder,
  { path, lines }: OpenDocument,
  snapshot: Snapshot,
  within?: Range,
): void {
  for (const token of semanticTokens(snapshot, path, within)) {
    const { line, character } = lines.positionAt(token.range.start);
    const length = token.range.end - token.range.start;
    builder.push(line, character, length, typeNumbers.get(token.type) ?? 0, modifierBits(token));
  }
}

function modifierBits({ modifiers }: SemanticToken): number {
  return modifiers.reduce((bits, modifier) => bits | (1 << (modifierNumbers.get(modifier) ?? 0)), 0);
}
