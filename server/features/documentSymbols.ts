import type { Attribute, Block, Expression } from '../hcl/syntax';
import { keyName } from '../terraform/values';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

export type SymbolKind =
  'block' | 'resource' | 'data' | 'module' | 'variable' | 'output' | 'provider' | 'argument';

/** One entry of a file's outline. */
export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly range: Range;
  /** The name inside `range`. */
  readonly selection: Range;
  readonly children: readonly DocumentSymbol[];
}

/** The outline of a file: its blocks, arguments, and the keys and elements of their values, as they are nested. */
export function documentSymbols(snapshot: Snapshot, path: string): readonly DocumentSymbol[] {
  return symbolsIn(snapshot.index.file(path)?.syntax.body.items ?? []);
}

const kinds: Readonly<Record<string, SymbolKind>> = {
  resource: 'resource',
  data: 'data',
  ephemeral: 'data',
  module: 'module',
  variable: 'variable',
  output: 'output',
  provider: 'provider',
  component: 'module',
  stack: 'module',
  deployment: 'module',
  publish_output: 'output',
};

function symbolsIn(items: readonly (Attribute | Block)[]): DocumentSymbol[] {
  return items.flatMap((item) => {
    if (item.kind === 'block') return item.type === '' ? [] : [blockSymbol(item)];
    if (item.name === '') return [];
    const { name, range, nameRange: selection } = item;
    return [{ name, detail: '', kind: 'argument', range, selection, children: valueSymbols(item.value) }];
  });
}

/** The keys of an object, and the elements of a list that have keys themselves. */
function valueSymbols(value: Expression): DocumentSymbol[] {
  if (value.kind === 'object') {
    return value.items.flatMap(({ key, value: inner }): DocumentSymbol[] => {
      const name = keyName(key);
      if (name === undefined || name === '') return [];
      const range = { start: key.range.start, end: Math.max(key.range.end, inner.range.end) };
      return [
        { name, detail: '', kind: 'argument', range, selection: key.range, children: valueSymbols(inner) },
      ];
    });
  }
  if (value.kind !== 'tuple') return [];
  return value.items.flatMap((item, index): DocumentSymbol[] => {
    const children = valueSymbols(item);
    if (children.length === 0) return [];
    const { range } = item;
    return [{ name: `[${index}]`, detail: '', kind: 'argument', range, selection: range, children }];
  });
}

function blockSymbol(block: Block): DocumentSymbol {
  const labels = block.labels.map((label) => label.value).filter((label) => label !== '');
  return {
    name: labels.length === 0 ? block.type : labels.join('.'),
    detail: labels.length === 0 ? '' : block.type,
    kind: (Object.hasOwn(kinds, block.type) ? kinds[block.type] : undefined) ?? 'block',
    range: block.range,
    selection: block.labels.at(-1)?.range ?? block.typeRange,
    children: symbolsIn(block.body.items),
  };
}
