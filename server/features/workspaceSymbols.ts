import path from 'node:path';
import type { Declaration, DeclarationKind } from '../terraform/model';
import type { SymbolKind } from './documentSymbols';
import { fuzzyScore } from './fuzzy';
import type { Location, Snapshot } from './snapshot';

export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** The folder it is declared in, relative to the workspace's where possible. */
  readonly container: string;
  readonly location: Location;
}

/** A list that nobody reads to its end says no more than this. */
const mostSymbols = 500;

/** Declarations of all known modules whose address holds the letters of `query` in their order, the best first. */
export function workspaceSymbols(snapshot: Snapshot, query: string): readonly WorkspaceSymbol[] {
  const found: { readonly score: number; readonly declaration: Declaration }[] = [];
  for (const module of [...snapshot.index.knownModules(), ...snapshot.index.knownStacks()]) {
    for (const declaration of module.declarations) {
      const score = fuzzyScore(query, declaration.address);
      if (score !== undefined) found.push({ score, declaration });
    }
  }
  found.sort((a, b) => b.score - a.score || a.declaration.address.length - b.declaration.address.length);
  return found.slice(0, mostSymbols).map(({ declaration }) => toSymbol(declaration));
}

const kinds: Readonly<Record<DeclarationKind, SymbolKind>> = {
  resource: 'resource',
  data: 'data',
  ephemeral: 'data',
  module: 'module',
  variable: 'variable',
  local: 'variable',
  output: 'output',
  provider: 'provider',
  check: 'block',
  action: 'block',
  run: 'block',
  list: 'block',
  component: 'module',
  stack: 'module',
  provider_configuration: 'provider',
  deployment: 'module',
  deployment_group: 'block',
  deployment_auto_approve: 'block',
  identity_token: 'block',
  store: 'block',
  upstream_input: 'block',
  publish_output: 'output',
  orchestrate: 'block',
};

function toSymbol({ address, kind, file, nameRange }: Declaration): WorkspaceSymbol {
  return {
    name: address,
    kind: kinds[kind],
    container: path.basename(path.dirname(file.path)),
    location: { path: file.path, range: nameRange },
  };
}
