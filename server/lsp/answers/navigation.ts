import { DocumentHighlightKind } from 'vscode-languageserver/node';
import type { DefinitionLink, Location as LspLocation } from 'vscode-languageserver/node';
import { findDefinition, findImplementations } from '../../features/definition';
import { documentHighlights } from '../../features/documentHighlights';
import { documentLinks } from '../../features/documentLinks';
import { findReferences } from '../../features/references';
import { findTypeDefinition } from '../../features/typeDefinition';
import { toRange } from '../convert';
import type { Answering, At } from './answering';

/** Ways from one place to others: definitions, references, highlights, links. */
export function answerNavigation(answering: Answering): void {
  const { connection } = answering;
  connection.onDefinition((params) =>
    answering.guard('definition', () => answering.at(params, (at) => definition(answering, at))),
  );
  connection.onDeclaration((params) =>
    answering.guard('declaration', () => answering.at(params, (at) => definition(answering, at))),
  );
  connection.onTypeDefinition((params) =>
    answering.guard('type definition', () =>
      answering.at(params, ({ snapshot, document, offset }) => {
        const found = findTypeDefinition(snapshot, document.path, offset);
        return found === undefined ? null : answering.location(snapshot, found);
      }),
    ),
  );
  connection.onImplementation((params) =>
    answering.guard('implementations', () =>
      answering.at(params, ({ snapshot, document, offset }) =>
        findImplementations(snapshot, document.path, offset).map((location) =>
          answering.location(snapshot, location),
        ),
      ),
    ),
  );
  connection.onReferences((params) =>
    answering.guard('references', () =>
      answering.at(params, ({ snapshot, document, offset }) =>
        findReferences(snapshot, document.path, offset, params.context.includeDeclaration).map((location) =>
          answering.location(snapshot, location),
        ),
      ),
    ),
  );
  connection.onDocumentHighlight((params) =>
    answering.guard('highlights', () =>
      answering.at(params, ({ snapshot, document, offset }) =>
        documentHighlights(snapshot, document.path, offset).map(({ range, kind }) => ({
          range: toRange(range, document.lines),
          kind: kind === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        })),
      ),
    ),
  );
  connection.onDocumentLinks((params) =>
    answering.guard('links', () =>
      answering.in(params, (document, snapshot) =>
        documentLinks(snapshot, document.path).map(({ range, target, tooltip }) => ({
          range: toRange(range, document.lines),
          target,
          tooltip,
        })),
      ),
    ),
  );
}

function definition(
  answering: Answering,
  { snapshot, document, offset }: At,
): LspLocation | DefinitionLink[] | null {
  const found = findDefinition(snapshot, document.path, offset);
  if (found === undefined) return null;
  const { uri, range } = answering.location(snapshot, found.target);
  if (!answering.abilities().definitionLinks) return { uri, range };
  const extent = answering.location(snapshot, { path: found.target.path, range: found.extent });
  const origin = toRange(found.origin.range, document.lines);
  return [
    {
      targetUri: uri,
      targetSelectionRange: range,
      targetRange: extent.range,
      originSelectionRange: origin,
    },
  ];
}
