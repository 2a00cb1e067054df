import { CompletionItemKind, MarkupKind, SymbolKind, TextDocumentSyncKind } from 'vscode-languageserver/node';
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import { tokenModifiers, tokenTypes } from '../features/semanticTokens';
import { diagnosticSource } from './convert';
import type { Abilities } from './convert';
import type { InitializationOptions } from './protocol';

/** What an editor said it can show; what it did not say it cannot. */
export function readAbilities(
  { textDocument, workspace, window }: ClientCapabilities,
  options: InitializationOptions = {},
): Abilities {
  return {
    ...completionAbilities(textDocument?.completion?.completionItem),
    ...actionAbilities(textDocument?.codeAction),
    ...workspaceAbilities(workspace),
    itemKinds: kindsOf(textDocument?.completion?.completionItemKind?.valueSet, CompletionItemKind.Reference),
    symbolKinds: kindsOf(workspace?.symbol?.symbolKind?.valueSet, SymbolKind.Array),
    diagnosticTags: textDocument?.publishDiagnostics?.tagSupport !== undefined,
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    showsProgress: window?.workDoneProgress === true,
    codeDescription: textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    pullsDiagnostics: options.diagnostics !== 'push' && textDocument?.diagnostic !== undefined,
    hasCommands: options.hasCommands === true,
  };
}

/** The kinds that an editor names; for one that names none those up to `last`, which the first version of LSP had. */
function kindsOf<T extends number>(named: readonly T[] | undefined, last: T): ReadonlySet<T> {
  return new Set(named ?? Array.from({ length: last }, (_, index) => (index + 1) as T));
}

function workspaceAbilities(workspace: ClientCapabilities['workspace']) {
  return {
    appliesEdits: workspace?.applyEdit === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changingFolders: workspace?.workspaceFolders === true,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    changingConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
  };
}

type TextCapabilities = NonNullable<ClientCapabilities['textDocument']>;

function actionAbilities(actions: TextCapabilities['codeAction']) {
  return {
    actionLiterals: actions?.codeActionLiteralSupport !== undefined,
    resolvesActions: actions?.resolveSupport?.properties.includes('edit') === true,
    disabledActions: actions?.disabledSupport === true,
  };
}

type ItemCapabilities = NonNullable<TextCapabilities['completion']>['completionItem'];

function completionAbilities(item: ItemCapabilities) {
  return {
    snippets: item?.snippetSupport === true,
    resolvesDocumentation: item?.resolveSupport?.properties.includes('documentation') === true,
    markdownCompletion: item?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    deprecatedTag: item?.tagSupport !== undefined,
  };
}

/** What the server offers an editor. Diagnostics are either sent or asked for: both would show each of them twice. */
export function serverCapabilities(abilities: Abilities): ServerCapabilities {
  const { pullsDiagnostics, actionLiterals, appliesEdits } = abilities;
  return {
    ...offered,
    ...(pullsDiagnostics && {
      diagnosticProvider: {
        identifier: diagnosticSource,
        interFileDependencies: true,
        workspaceDiagnostics: true,
      },
    }),
    ...(!actionLiterals && appliesEdits && { executeCommandProvider: { commands: [applyEdit] } }),
  };
}

/** The command behind an action, for an editor that takes no edits in actions. */
export const applyEdit = 'terratrain.applyEdit';

const offered: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: ['.', '"', '[', ':'], resolveProvider: true },
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
  hoverProvider: true,
  definitionProvider: true,
  declarationProvider: true,
  typeDefinitionProvider: true,
  implementationProvider: true,
  callHierarchyProvider: true,
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
    codeActionKinds: [
      'quickfix',
      'refactor.extract',
      'refactor.inline',
      'refactor.move',
      'refactor.rewrite',
      'source.fixAll',
      'source.format',
      'source.formatAll.terraform',
      'source.sort.terraform',
    ],
    resolveProvider: true,
  },
  inlayHintProvider: true,
  codeLensProvider: {},
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n', moreTriggerCharacter: ['}'] },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { willRename: { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] } },
  },
};

/** The files outside of open documents that answers depend on. */
export const watchedFiles = [
  '**/*.{tf,tofu,tfvars,tftpl,tf.json,tofu.json,tfvars.json}',
  '**/*.{tftest,tofutest,tfmock,tfquery,tfcomponent,tfstack,tfdeploy}.{hcl,json}',
  '**/.terraform/modules/modules.json',
  '**/.terraform.lock.hcl',
  '**/.{terraform-version,opentofu-version,tool-versions}',
  // Down to the version, below which there are only the files of one provider.
  '**/.terraform/providers/*/*/*/*',
];
