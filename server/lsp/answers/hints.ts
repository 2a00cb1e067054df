import { InlayHintKind } from 'vscode-languageserver/node';
import type { CodeLens } from 'vscode-languageserver/node';
import { planLenses, referenceLenses } from '../../features/codeLenses';
import { inlayHints } from '../../features/inlayHints';
import type { Snapshot } from '../../features/snapshot';
import { testRunsOf } from '../../features/testRuns';
import { toRange } from '../convert';
import type { OpenDocument } from '../documents';
import type { SettingsFollower } from '../settings';
import { toUri } from '../uris';
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
      if (!answering.abilities().hasCommands) return [];
      const { references, run } = settings.current.codeLens;
      return answering.in(params, (document, snapshot) => [
        ...(run ? runs(document, snapshot) : []),
        ...(references ? counts(answering, document, snapshot) : []),
      ]);
    }),
  );
}

const runCommands = {
  plan: { title: '$(checklist) Plan', command: 'terratrain.plan' },
  graph: { title: '$(type-hierarchy) Graph', command: 'terratrain.showGraph' },
};

function runs(document: OpenDocument, snapshot: Snapshot): CodeLens[] {
  return [...planRuns(document, snapshot), ...testRuns(document, snapshot)];
}

/** Terraform runs a test file as a whole, so that one line above its first run is enough. */
function testRuns({ path: file, lines }: OpenDocument, snapshot: Snapshot): CodeLens[] {
  const tests = testRunsOf(snapshot, file);
  const [first] = tests?.runs ?? [];
  if (tests === undefined || first === undefined) return [];
  const given = [toUri(tests.directory), [...tests.arguments]];
  return [
    {
      range: toRange(first.range, lines),
      command: { title: '$(beaker) Run tests', command: 'terratrain.runTests', arguments: given },
    },
  ];
}

function planRuns({ path: file, lines }: OpenDocument, snapshot: Snapshot): CodeLens[] {
  return planLenses(snapshot, file).map(({ range, action, directory }) => ({
    range: toRange(range, lines),
    command: { ...runCommands[action], arguments: [toUri(directory)] },
  }));
}

function counts(
  answering: Answering,
  { path: file, lines, uri }: OpenDocument,
  snapshot: Snapshot,
): CodeLens[] {
  return referenceLenses(snapshot, file).map(({ range, title, references }) => {
    const place = toRange(range, lines);
    const locations = references.map((reference) => answering.location(snapshot, reference));
    return {
      range: place,
      command: { title, command: showReferences, arguments: [uri, place.start, locations] },
    };
  });
}
