import type { Attribute, Block, Body, Call } from '../hcl/syntax';
import { walkExpressions } from '../hcl/walk';
import { dialectOf } from '../terraform/dialect';
import { findFunction } from '../terraform/functions';
import type { Module } from '../terraform/model';
import { isStackDialect } from '../terraform/stacks/stackModule';
import { roleOf } from '../terraform/uses';
import type { Range } from '../text/range';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';
import { entriesOf } from './values/instances';
import { evaluateIn, inlineText, isPlain } from './values/valueText';

/** A text that the editor shows between the characters of a file. */
export interface InlayHint {
  readonly offset: number;
  readonly text: string;
  readonly kind: 'value' | 'parameter';
}

/** Which hints a person wants. */
export interface InlayHintOptions {
  /** What expressions give: `= "eu-west-1"`. */
  readonly values: boolean;
  /** The instances that a `for_each` makes. */
  readonly forEachKeys: boolean;
  /** Names of parameters before the arguments of calls. */
  readonly parameterNames: boolean;
}

/** The hints inside `within`, in file order. */
export function inlayHints(
  snapshot: Snapshot,
  path: string,
  within: Range,
  options: InlayHintOptions,
): readonly InlayHint[] {
  const file = snapshot.index.file(path);
  const dialect = dialectOf(path);
  if (file === undefined || path.endsWith('.json')) return [];
  if (dialect !== 'configuration' && dialect !== 'test' && !isStackDialect(dialect)) return [];
  const hints = new Hints(snapshot, moduleOf(snapshot, path), within, options);
  hints.body(file.syntax.body, []);
  return hints.found.sort((a, b) => a.offset - b.offset);
}

class Hints {
  readonly found: InlayHint[] = [];

  constructor(
    private readonly snapshot: Snapshot,
    private readonly module: Module,
    private readonly within: Range,
    private readonly options: InlayHintOptions,
  ) {}

  body(body: Body, blocks: readonly Block[]): void {
    for (const item of body.items) {
      if (item.range.end < this.within.start || item.range.start > this.within.end) continue;
      if (item.kind === 'block') this.body(item.body, [...blocks, item]);
      else if (roleOf(item, blocks) === 'value') this.attribute(item, blocks);
    }
  }

  private attribute(attribute: Attribute, blocks: readonly Block[]): void {
    if (this.options.parameterNames) this.parameters(attribute);
    const { value, range } = attribute;
    if (isPlain(value) || value.kind === 'missing') return;
    const isForEach = attribute.name === 'for_each';
    if (isForEach ? !this.options.forEachKeys : !this.options.values) return;
    // A heredoc ends with its line, where nothing can be written beside it.
    if (value.kind === 'template' && value.form !== 'quoted') return;
    const module = this.module.at?.(range.start) ?? this.module;
    const known = evaluateIn(this.snapshot, module, value, blocks);
    const keys = isForEach && known !== undefined ? entriesOf(known) : undefined;
    const text = keys === undefined ? inlineText(known) : keyText(keys.map(([key]) => key));
    if (text === undefined) return;
    this.found.push({ offset: range.end, text: keys === undefined ? ` = ${text}` : text, kind: 'value' });
  }

  private parameters(attribute: Attribute): void {
    walkExpressions(attribute.value, (expression) => {
      if (expression.kind === 'call') this.found.push(...namesIn(expression));
      return true;
    });
  }
}

/** The names of a call's parameters, where there are two or more and the argument does not say it itself. */
function namesIn({ name, arguments: given }: Call): InlayHint[] {
  const called = findFunction(name);
  if (called === undefined || given.length < 2) return [];
  return given.flatMap((argument, index): InlayHint[] => {
    const parameter = called.parameters[index];
    const isSaid = argument.kind === 'getAttribute' && argument.name === parameter?.name;
    if (parameter === undefined || isSaid || argument.kind === 'missing') return [];
    return [{ offset: argument.range.start, text: `${parameter.name}: `, kind: 'parameter' }];
  });
}

const mostKeys = 6;

function keyText(keys: readonly string[]): string {
  if (keys.length === 0) return ' no instances';
  const shown = keys.slice(0, mostKeys).map((key) => JSON.stringify(key));
  const more = keys.length > mostKeys ? `, … ${keys.length} in all` : '';
  return ` [${shown.join(', ')}${more}]`;
}
