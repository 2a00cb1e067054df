import { MarkupKind, TextDocumentSyncKind } from 'vscode-languageserver/node';
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import { tokenModifiers, tokenTypes } from '../features/semanticTokens';
import type { Abilities } from './convert';

/** What an editor said it can show; what it did not say it cannot. */
export function readAbilities({ textDocument, workspace }: ClientCapabilities): Abilities {
  const item = textDocument?.completion?.completionItem;
  return {
    snippets: item?.snippetSupport === true,
    markdownCompletion: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changingFolders: workspace?.workspaceFolders === true,
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
  '**/*.{tf,tofu,tfvars}',
  '**/.terraform/modules/modules.json',
  '**/.terraform.lock.hcl',
];
