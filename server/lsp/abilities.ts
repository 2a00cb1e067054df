import { MarkupKind, TextDocumentSyncKind } from 'vscode-languageserver/node';
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import { tokenModifiers, tokenTypes } from '../features/semanticTokens';
import type { Abilities } from './convert';
import type { InitializationOptions } from './protocol';

/** What an editor said it can show; what it did not say it cannot. */
export function readAbilities(
  { textDocument, workspace, window }: ClientCapabilities,
  options: InitializationOptions = {},
): Abilities {
  return {
    ...completionAbilities(textDocument?.completion?.completionItem),
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changingFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    changingConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    showsReferences: options.showsReferences === true,
  };
}

type ItemCapabilities = NonNullable<
  NonNullable<ClientCapabilities['textDocument']>['completion']
>['completionItem'];

function completionAbilities(item: ItemCapabilities) {
  return {
    snippets: item?.snippetSupport === true,
    markdownCompletion: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    deprecatedTag: item?.tagSupport !== undefined,
  };
}

export const serverCapabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters: ['.', '"', '['] },
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
  hoverProvider: true,
  definitionProvider: true,
  declarationProvider: true,
  typeDefinitionProvider: true,
  documentHighlightProvider: true,
  documentLinkProvider: {},
  selectionRangeProvider: true,
  linkedEditingRangeProvider: true,
  workspaceSymbolProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
    full: { delta: true },
    range: true,
  },
  referencesProvider: true,
  codeActionProvider: {
    codeActionKinds: ['quickfix', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'source.fixAll'],
  },
  inlayHintProvider: true,
  codeLensProvider: {},
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n', moreTriggerCharacter: ['}'] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** The files outside of open documents that answers depend on. */
export const watchedFiles = [
  '**/*.{tf,tofu,tfvars,tf.json,tofu.json,tfvars.json}',
  '**/.terraform/modules/modules.json',
  '**/.terraform.lock.hcl',
  // Down to the version, below which there are only the files of one provider.
  '**/.terraform/providers/*/*/*/*',
];
