import {
  CompletionItemKind,
  CompletionItemTag,
  DiagnosticSeverity,
  DiagnosticTag,
  InsertTextFormat,
  MarkupKind,
  SymbolKind,
} from 'vscode-languageserver/node';
import type {
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  Location,
  MarkupContent,
  Range,
} from 'vscode-languageserver/node';
import type { CompletionItem as Offer, CompletionKind } from '../features/completionItems';
import type { Diagnostic as Finding, Severity } from '../features/diagnostic';
import type { DocumentSymbol as Outline, SymbolKind as OutlineKind } from '../features/documentSymbols';
import type { LineIndex } from '../text/lineIndex';
import type { Range as Offsets } from '../text/range';
import type { ValidationFinding } from './validation';

/** What the editor said it can show; plain text is always fine. */
export interface Abilities {
  readonly snippets: boolean;
  /** The kinds it has pictures for. */
  readonly itemKinds: ReadonlySet<CompletionItemKind>;
  readonly symbolKinds: ReadonlySet<SymbolKind>;
  readonly diagnosticTags: boolean;
  readonly markdownCompletion: boolean;
  /** Asks for the documentation of an offer when it is looked at. */
  readonly resolvesDocumentation: boolean;
  readonly markdownHover: boolean;
  readonly definitionLinks: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly watchFiles: boolean;
  readonly changingFolders: boolean;
  readonly deprecatedTag: boolean;
  readonly showsProgress: boolean;
  readonly codeDescription: boolean;
  /** Asks for diagnostics itself, so that none are sent. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  /** Edits may name versions of documents. */
  readonly documentChanges: boolean;
  /** Edits may make files. */
  readonly createsFiles: boolean;
  /** Takes actions with edits in them; else an action is a command that the server runs. */
  readonly actionLiterals: boolean;
  /** Makes the edits that the server asks for. */
  readonly appliesEdits: boolean;
  /** Asks for the edits of an action when it is chosen. */
  readonly resolvesActions: boolean;
  /** Shows what cannot be done, with the reason. */
  readonly disabledActions: boolean;
  readonly configuration: boolean;
  readonly changingConfiguration: boolean;
  /** Not LSP's: said in the options of the initialisation. */
  readonly hasCommands: boolean;
}

export function toRange({ start, end }: Offsets, lines: LineIndex): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

export function toLocation(uri: string, range: Offsets, lines: LineIndex): Location {
  return { uri, range: toRange(range, lines) };
}

export function toMarkup(markdown: string, allowed: boolean): MarkupContent {
  return allowed
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: toPlainText(markdown) };
}

const completionKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  block: CompletionItemKind.Class,
  argument: CompletionItemKind.Property,
  type: CompletionItemKind.Struct,
  reference: CompletionItemKind.Reference,
  attribute: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  module: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
  value: CompletionItemKind.EnumMember,
  file: CompletionItemKind.File,
};

/** `order` is the offer's place in its list, which editors keep where nothing fits better. */
export function toCompletionItem(
  offer: Offer,
  order: number,
  lines: LineIndex,
  abilities: Abilities,
): CompletionItem {
  const useSnippet = abilities.snippets && offer.snippet !== undefined;
  return {
    label: offer.label,
    kind: known(completionKinds[offer.kind], abilities.itemKinds, CompletionItemKind.Class),
    textEdit: {
      range: toRange(offer.range, lines),
      newText: useSnippet ? (offer.snippet ?? offer.insert) : offer.insert,
    },
    insertTextFormat: useSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    sortText: String(order).padStart(4, '0'),
    ...(offer.filter !== undefined && { filterText: offer.filter }),
    ...(offer.detail !== undefined && { detail: offer.detail }),
    ...(abilities.resolvesDocumentation ? {} : documentationOf(offer, abilities)),
    ...(offer.deprecated === true && abilities.deprecatedTag && { tags: [CompletionItemTag.Deprecated] }),
  };
}

/** What an offer is, in the words that the editor can show. It costs something: most offers are never read. */
export function documentationOf(offer: Offer, abilities: Abilities): Pick<CompletionItem, 'documentation'> {
  const { documentation } = offer;
  if (documentation === undefined) return {};
  return { documentation: toMarkup(documentation, abilities.markdownCompletion) };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The name our diagnostics go under in a list of problems. */
export const diagnosticSource = 'terratrain';

const diagnosticTags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated };

/** @param page where the code is explained, for an editor that can show it */
export function toDiagnostic(
  finding: Finding,
  lines: LineIndex,
  { diagnosticTags: showsTags }: Pick<Abilities, 'diagnosticTags'>,
  page?: string,
): Diagnostic {
  return {
    range: toRange(finding.range, lines),
    severity: severities[finding.severity],
    code: finding.code,
    source: diagnosticSource,
    message: finding.message,
    ...(page !== undefined && { codeDescription: { href: page } }),
    ...(finding.tag !== undefined && showsTags && { tags: [diagnosticTags[finding.tag]] }),
  };
}

/** What terraform itself says goes under its own name. */
export function toValidationDiagnostic(finding: ValidationFinding, lines: LineIndex): Diagnostic {
  return {
    range: toRange(finding.range, lines),
    severity: severities[finding.severity],
    source: 'terraform validate',
    message: finding.message,
  };
}

const symbolKinds: Readonly<Record<OutlineKind, SymbolKind>> = {
  block: SymbolKind.Struct,
  resource: SymbolKind.Class,
  data: SymbolKind.Interface,
  module: SymbolKind.Module,
  variable: SymbolKind.Variable,
  output: SymbolKind.Event,
  provider: SymbolKind.Package,
  argument: SymbolKind.Property,
};

export function symbolKindOf(kind: OutlineKind, abilities: Abilities): SymbolKind {
  return known(symbolKinds[kind], abilities.symbolKinds, SymbolKind.Class);
}

/** An editor that does not say which kinds it knows knows those of the first version of LSP. */
function known<T>(kind: T, kinds: ReadonlySet<T>, instead: T): T {
  return kinds.has(kind) ? kind : instead;
}

export function toDocumentSymbol(symbol: Outline, lines: LineIndex, abilities: Abilities): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: symbolKindOf(symbol.kind, abilities),
    range: toRange(symbol.range, lines),
    selectionRange: toRange(symbol.selection, lines),
    children: symbol.children.map((child) => toDocumentSymbol(child, lines, abilities)),
  };
}

function toPlainText(markdown: string): string {
  return markdown
    .replace(/```\w*\n([^]*?)\n```/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/(^|\s)_(.+?)_(?=\s|$)/g, '$1$2');
}
