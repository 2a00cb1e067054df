import { InlayHintKind } from 'vscode-languageserver/node';
import { codeLenses } from '../../features/codeLenses';
import { inlayHints } from '../../features/inlayHints';
import { toRange } from '../convert';
import type { SettingsFollower } from '../settings';
import type { Answering } from './answering';

/** The client's command behind a lens: `(uri, position, locations)`, as LSP writes them. */
const showReferences = 'terratrain.showReferences';

/** What editors show between lines and characters, as far as the person wants it. */
export function answerHints(answering: Answering, settings: SettingsFollower): void {
  const { connection } = answering;
  connection.languages.inlayHint.on((params) =>
    answering.guard('inlay hints', () => {
      const options = settings.current.inlayHints;
      if (!Object.values(options).includes(true)) return [];
      return answering.in(params, (document, snapshot) =>
        inlayHints(snapshot, document.path, answering.offsets(params.range, document), options).map(
          (hint) => ({
            position: document.lines.positionAt(hint.offset),
            label: hint.text,
            kind: hint.kind === 'value' ? InlayHintKind.Type : InlayHintKind.Parameter,
          }),
        ),
      );
    }),
  );
  connection.onCodeLens((params) =>
    answering.guard('code lenses', () => {
      // A lens is a command, and only our own clients have it.
      if (!settings.current.codeLens.references || !answering.abilities().showsReferences) return [];
      return answering.in(params, ({ path, lines, uri }, snapshot) =>
        codeLenses(snapshot, path).map(({ range, title, references }) => {
          const place = toRange(range, lines);
          const locations = references.map((reference) => answering.location(snapshot, reference));
          return {
            range: place,
            command: { title, command: showReferences, arguments: [uri, place.start, locations] },
          };
        }),
      );
    }),
  );
}
