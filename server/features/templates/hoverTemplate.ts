import { formatValue } from '../../cty/format';
import type { Value } from '../../cty/value';
import { nodePathAt } from '../../hcl/walk';
import type { ConfigFile } from '../../terraform/model';
import { LineIndex } from '../../text/lineIndex';
import { touches } from '../../text/range';
import type { Range } from '../../text/range';
import { calledFunction } from '../callables';
import { callableDocs, code, paragraphs } from '../documentation';
import type { Markdown } from '../documentation';
import { traversalShape } from '../expressionShapes';
import { detailOf } from '../shapes';
import { moduleOf } from '../snapshot';
import type { Snapshot } from '../snapshot';
import { membersOfValue } from './templateCalls';
import type { TemplateCall } from './templateCalls';
import { traversalAt } from './templateDefinition';
import { readingInTemplate, templateVariables } from './templateScope';

/** What is known of what stands at `offset` of a template: its type, its value at each call, and which call gives it. */
export function hoverTemplate(
  snapshot: Snapshot,
  file: ConfigFile,
  offset: number,
): { readonly range: Range; readonly contents: Markdown } | undefined {
  const call = nodePathAt(file.syntax, offset).findLast(
    (node) => node.kind === 'call' && touches(node.nameRange, offset),
  );
  if (call?.kind === 'call') {
    const called = calledFunction(snapshot, moduleOf(snapshot, file.path), call.name);
    return called && { range: call.nameRange, contents: callableDocs(called) };
  }
  const pointed = traversalAt(file, offset);
  if (pointed === undefined) return undefined;
  const { traversal, step } = pointed;
  const steps = traversal.steps.slice(0, step + 1);
  const range = steps.at(-1)?.range ?? traversal.root.range;
  const reading = readingInTemplate(snapshot, file, offset);
  const type = detailOf(traversalShape(reading, { ...traversal, steps }));
  const text = file.syntax.text.slice(traversal.range.start, range.end);
  const variable = templateVariables(snapshot, file.path).find(({ name }) => name === traversal.root.name);
  const isLocal = reading.scope.has(traversal.root.name) && variable === undefined;
  if (variable === undefined && !isLocal) return undefined;
  const names = steps.map((each) => (each.kind === 'name' ? each.name : undefined));
  const origins = (variable?.given ?? [])
    .slice(0, mostCalls)
    .map((given) => origin(given.call, memberAt(given.value(), names)));
  return {
    range,
    contents: paragraphs(code(`${text}: ${type === '' ? 'any' : type}`), ...origins),
  };
}

/** Nobody reads the values of more. */
const mostCalls = 5;
const longestValue = 300;

function origin({ file, call }: TemplateCall, value: Value | undefined): Markdown {
  const line = new LineIndex(file.syntax.text).positionAt(call.range.start).line + 1;
  const from = `Given by \`templatefile()\` in ${file.path.split(/[/\\]/).at(-1) ?? ''}, line ${line.toString()}`;
  if (value === undefined || value.kind === 'unknown') return `${from}.`;
  const text = formatValue(value);
  return paragraphs(`${from}:`, code(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text));
}

function memberAt(value: Value | undefined, names: readonly (string | undefined)[]): Value | undefined {
  let member = value;
  for (const name of names) member = membersOfValue(member).find(([key]) => key === name)?.[1];
  return member;
}
