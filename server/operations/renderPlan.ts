import type { AttributeChange } from './attributeDiff';
import type { OutputChange, PlanModel, PlanSummary, ResourceChange } from './planModel';
import { formatPath, plural, renderAttribute } from './renderValue';
import type { Target } from './requests';
import { columnsOf, paint, wrap } from './style';
import type { Style, Tone } from './style';

/** A plan for a person to review: what destroys first, the summary last. */
export function renderPlan(model: PlanModel, style: Style, target: Target = 'real'): string {
  const parts: string[] = [];
  if (model.drift.length > 0) {
    parts.push(paint(style, 'Changed outside Terraform', 'bold'), '');
    parts.push(...model.drift.flatMap((change) => [...renderChange(change, style), '']));
  }
  parts.push(...model.changes.flatMap((change) => [...renderChange(change, style), '']));
  if (model.outputs.length > 0) parts.push(...renderOutputs(model.outputs, style), '');
  if (!model.complete && !model.errored) {
    const text =
      'This plan is not complete: resources were left out or put off. Plan again after applying it.';
    parts.push(paint(style, text, 'yellow'), '');
  }
  parts.push(paint(style, summaryOf(model, target), 'bold'), '');
  return parts.join('\n');
}

/** `Plan: 1 to destroy, 2 to create.`; of simulated infrastructure it says that it is. */
export function summaryOf(model: PlanModel, target: Target = 'real'): string {
  const simulated = target === 'sandbox';
  const counts = COUNTED.filter(([key]) => model.summary[key] > 0).map(
    ([key, verb]) => `${model.summary[key]} to ${verb}`,
  );
  if (counts.length === 0 && model.outputs.length > 0) {
    counts.push(`${plural(model.outputs.length, 'output')} to change, no resource`);
  }
  if (counts.length === 0) {
    return model.errored
      ? 'Planning failed.'
      : `No changes. The ${simulated ? 'simulated ' : ''}infrastructure is as the configuration describes it.`;
  }
  return `${model.errored ? 'Planned until it failed' : 'Plan'}: ${counts.join(', ')}${simulated ? ' (simulated)' : ''}.`;
}

/** Terraform's symbol of an action, three columns wide. */
export function symbolOf(change: Pick<ResourceChange, 'action' | 'createBeforeDestroy'>): string {
  if (change.action === 'replace') return change.createBeforeDestroy ? '+/-' : '-/+';
  return SYMBOLS[change.action].padStart(3);
}

export const TONES: Readonly<Record<ResourceChange['action'], Tone>> = {
  create: 'green',
  update: 'yellow',
  replace: 'red',
  delete: 'red',
  read: 'cyan',
  forget: 'red',
  none: 'dim',
  other: 'yellow',
};

const SYMBOLS: Readonly<Record<Exclude<ResourceChange['action'], 'replace'>, string>> = {
  create: '+',
  update: '~',
  delete: '-',
  read: '<=',
  forget: '.',
  none: ' ',
  other: '?',
};

const COUNTED: readonly (readonly [keyof PlanSummary, string])[] = [
  ['delete', 'destroy'],
  ['replace', 'replace'],
  ['forget', 'forget'],
  ['update', 'update'],
  ['create', 'create'],
  ['read', 'read'],
  ['import', 'import'],
  ['move', 'move'],
];

const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is tainted: its creation did not finish',
  replace_by_request: 'as requested',
  replace_by_triggers: 'something in replace_triggered_by changes',
  delete_because_no_resource_config: 'it is not in the configuration',
  delete_because_wrong_repetition: 'count or for_each was added or removed',
  delete_because_count_index: 'its index is outside of count',
  delete_because_each_key: 'its key is not in for_each',
  delete_because_no_module: 'its module is not in the configuration',
  delete_because_no_move_target: 'it was moved to an address that is not in the configuration',
  read_because_config_unknown: 'its arguments are known only then',
  read_because_dependency_pending: 'it depends on something that changes',
  read_because_check_nested: 'it belongs to a check',
};

/** What a person recognises an object by that is about to go. */
const IDENTIFYING: ReadonlySet<string> = new Set(['id', 'name', 'bucket', 'arn', 'url', 'tags.Name']);

const INDENT = '      ';

function renderChange(change: ResourceChange, style: Style): readonly string[] {
  const symbol = paint(style, symbolOf(change), TONES[change.action], 'bold');
  const reason = change.reason === undefined ? undefined : REASONS[change.reason];
  const note = reason === undefined ? '' : paint(style, `  # ${reason}`, 'dim');
  const headline = `${symbol} ${formatAddress(change, style)} ${paint(style, verbOf(change), TONES[change.action])}${note}`;
  const extra: string[] = [];
  if (change.previousAddress !== undefined) {
    extra.push(`${INDENT}${paint(style, `moved from ${change.previousAddress}`, 'dim')}`);
  }
  if (change.importing !== undefined) {
    extra.push(`${INDENT}${paint(style, `imported from ${change.importing}`, 'dim')}`);
  }
  return [headline, ...extra, ...renderAttributes(change, style)];
}

function verbOf(change: ResourceChange): string {
  switch (change.action) {
    case 'create':
      return 'will be created';
    case 'update':
      return 'will be updated in place';
    case 'replace':
      return change.reason === 'replace_by_request' ? 'will be replaced' : 'must be replaced';
    case 'delete':
      return 'will be destroyed';
    case 'read':
      return 'will be read during apply';
    case 'forget':
      return 'will be forgotten: it stays, and Terraform no longer manages it';
    case 'none':
      return 'stays as it is';
    case 'other':
      return `will be handled: ${change.actions.join(', ')}`;
  }
}

function formatAddress(change: ResourceChange, style: Style): string {
  const prefix = change.module === '' ? '' : `${change.module}.`;
  const rest = change.address.startsWith(prefix) ? change.address.slice(prefix.length) : change.address;
  const deposed = change.deposed === undefined ? '' : ` (deposed object ${change.deposed})`;
  return paint(style, prefix, 'dim') + paint(style, rest, 'bold') + deposed;
}

function renderAttributes(change: ResourceChange, style: Style): readonly string[] {
  const { shown, unknown, hidden } = selectAttributes(change);
  const column = columnFor(shown);
  const lines = shown.flatMap((one) => renderAttribute(one, INDENT, column, style));
  if (unknown.length > 0) {
    const names = `known after apply: ${unknown.map((one) => formatPath(one.path)).join(', ')}`;
    const wrapped = wrap(names, Math.max(30, style.width - INDENT.length - 4));
    lines.push(
      ...wrapped.map((line, index) => paint(style, `${INDENT}${index === 0 ? '  ' : '    '}${line}`, 'dim')),
    );
  }
  if (hidden > 0) {
    const what = change.action === 'delete' || change.action === 'forget' ? 'more' : 'unchanged';
    lines.push(paint(style, `${INDENT}  # (${plural(hidden, `${what} attribute`)})`, 'dim'));
  }
  return lines;
}

/**
 * Every change is shown, with two exceptions that are only noise: what a new object will know by itself is listed by
 * name, and of an object that goes only what identifies it is shown.
 */
function selectAttributes(change: ResourceChange): {
  readonly shown: readonly AttributeChange[];
  readonly unknown: readonly AttributeChange[];
  readonly hidden: number;
} {
  const { attributes } = change;
  if (change.action === 'delete' || change.action === 'forget') {
    const shown = attributes.filter((one) => IDENTIFYING.has(formatPath(one.path)));
    return { shown, unknown: [], hidden: attributes.length - shown.length };
  }
  const isNoise = (one: AttributeChange): boolean =>
    one.unknown &&
    !one.sensitive &&
    !one.forcesReplacement &&
    !one.written &&
    (one.action === 'create' || (change.action === 'replace' && one.path.length === 1));
  const collapse = change.action === 'create' || change.action === 'replace' || change.action === 'read';
  const unknown = collapse ? attributes.filter(isNoise) : [];
  const listed = new Set(unknown);
  return {
    shown: attributes.filter((one) => !listed.has(one) && !(collapse && isEmpty(one))),
    unknown,
    hidden: change.action === 'create' ? 0 : change.unchanged,
  };
}

/** Blocks and collections that are not there arrive as empty lists. */
function isEmpty({ action, after }: AttributeChange): boolean {
  return action === 'create' && !!after && typeof after === 'object' && Object.keys(after).length === 0;
}

/** Values stand below each other, unless a path is so long that it would push all of them to the right. */
function columnFor(attributes: readonly AttributeChange[]): number {
  const lengths = attributes.map((one) => columnsOf(formatPath(one.path)));
  return Math.max(0, ...lengths.filter((length) => length <= 40));
}

function renderOutputs(outputs: readonly OutputChange[], style: Style): readonly string[] {
  const attributes = outputs.flatMap((output) => output.attributes);
  const column = columnFor(attributes);
  return [
    paint(style, 'Outputs', 'bold'),
    ...attributes.flatMap((one) => renderAttribute(one, '  ', column, style)),
  ];
}
