import { asList, asNumber, asOptionalText, asRecord, asText, isRecord, parseJson } from './json';
import type { JsonRecord } from './json';
import { plainText } from './style';

/** What every line carries. Source: developer.hashicorp.com/terraform/internals/machine-readable-ui. */
interface EventBase {
  readonly level: 'info' | 'warn' | 'error';
  /** Terraform's own sentence in English. */
  readonly message: string;
  /** RFC 3339 as written, or empty. Not monotonic between lines: good for durations, not for sorting. */
  readonly timestamp: string;
}

export interface ResourceReference {
  /** Full address with keys: `module.serve.aws_instance.node[0]`. */
  readonly address: string;
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, counted in grapheme clusters; use `byte` to be exact. */
  readonly column: number;
  /** From 0, from the start of the file, in UTF-8. */
  readonly byte: number;
}

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: {
    /** Relative to the root module's directory, also inside modules. */
    readonly file: string;
    readonly start: Position;
    readonly end: Position;
  };
  readonly snippet?: {
    /** The enclosing block: `resource "aws_instance" "trainer"`. */
    readonly context: string;
    readonly code: string;
    readonly startLine: number;
    /** Bytes from the start of `code`. */
    readonly highlightStart: number;
    readonly highlightEnd: number;
    readonly values: readonly { readonly traversal: string; readonly statement: string }[];
  };
}

/** `noop` is written for outputs that stay. Words of newer versions are kept as they are. */
export interface PlannedChange {
  readonly resource: ResourceReference;
  readonly previous?: string;
  readonly action: string;
  readonly reason?: string;
  readonly importing?: string;
}

export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
  readonly operation: string;
}

export type HookKind =
  | 'apply_start'
  | 'apply_progress'
  | 'apply_complete'
  | 'apply_errored'
  | 'provision_start'
  | 'provision_progress'
  | 'provision_complete'
  | 'provision_errored'
  | 'refresh_start'
  | 'refresh_complete'
  | 'ephemeral_op_start'
  | 'ephemeral_op_progress'
  | 'ephemeral_op_complete'
  | 'ephemeral_op_errored';

export interface HookEvent extends EventBase {
  readonly type: HookKind;
  readonly resource: ResourceReference;
  /** Absent for refreshes and provisioners. */
  readonly action?: string;
  readonly idKey?: string;
  readonly idValue?: string;
  readonly provisioner?: string;
  /** One line of a provisioner. */
  readonly output?: string;
}

export interface OutputValue {
  readonly sensitive: boolean;
  readonly action?: string;
  /** Absent where sensitive, and in a plan. */
  readonly value?: unknown;
}

export type TerraformEvent =
  | (EventBase & { readonly type: 'version'; readonly version: string })
  | (EventBase & { readonly type: 'log'; readonly holdsState: boolean })
  | (EventBase & { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic })
  | (EventBase & { readonly type: 'planned_change' | 'resource_drift'; readonly change: PlannedChange })
  | (EventBase & { readonly type: 'change_summary'; readonly changes: ChangeCounts })
  | (EventBase & { readonly type: 'outputs'; readonly outputs: Readonly<Record<string, OutputValue>> })
  | HookEvent
  | (EventBase & { readonly type: 'state_lock_acquire' | 'state_lock_release' })
  | (EventBase & { readonly type: 'init_output'; readonly code: string })
  /** A type this version does not know; `name` is what terraform called it. */
  | (EventBase & { readonly type: 'unknown'; readonly name: string })
  /** A line that is not JSON. */
  | (EventBase & { readonly type: 'raw' });

const HOOKS: ReadonlySet<string> = new Set<HookKind>([
  'apply_start',
  'apply_progress',
  'apply_complete',
  'apply_errored',
  'provision_start',
  'provision_progress',
  'provision_complete',
  'provision_errored',
  'refresh_start',
  'refresh_complete',
  'ephemeral_op_start',
  'ephemeral_op_progress',
  'ephemeral_op_complete',
  'ephemeral_op_errored',
]);

/**
 * Reads one line of terraform's JSON output. Never throws: what is not JSON becomes `raw`, a type that is not known
 * becomes `unknown`. Only named fields are taken over, so a line that carries a whole state does not pass it on.
 */
export function parseEvent(line: string): TerraformEvent {
  const parsed = parseJson(line);
  if (!isRecord(parsed)) return { level: 'info', message: plainText(line), timestamp: '', type: 'raw' };
  const base: EventBase = {
    level: levelOf(parsed['@level']),
    message: plainText(asText(parsed['@message'])),
    timestamp: asText(parsed['@timestamp']),
  };
  return fromRecord(asText(parsed.type), parsed, base);
}

/** Reads a diagnostic as it stands in events, in `validate -json` and in `show -json`. */
export function toDiagnostic(value: unknown): Diagnostic {
  const record = asRecord(value);
  const address = asOptionalText(record.address);
  const range = isRecord(record.range) ? toRange(record.range) : undefined;
  const snippet = isRecord(record.snippet) ? toSnippet(record.snippet) : undefined;
  return {
    severity: record.severity === 'warning' ? 'warning' : 'error',
    summary: plainText(asText(record.summary)),
    detail: plainText(asText(record.detail)),
    ...(address === undefined ? {} : { address }),
    ...(range === undefined ? {} : { range }),
    ...(snippet === undefined ? {} : { snippet }),
  };
}

function fromRecord(type: string, record: JsonRecord, base: EventBase): TerraformEvent {
  if (isHook(type)) return { ...base, type, ...toHook(asRecord(record.hook)) };
  switch (type) {
    case 'version':
      return { ...base, type, version: asText(record.terraform) || asText(record.tofu) };
    case 'log':
      return { ...base, type, holdsState: record.state !== undefined };
    case 'diagnostic':
      return { ...base, type, diagnostic: toDiagnostic(record.diagnostic) };
    case 'planned_change':
    case 'resource_drift':
      return { ...base, type, change: toChange(asRecord(record.change)) };
    case 'change_summary':
      return { ...base, type, changes: toCounts(asRecord(record.changes)) };
    case 'outputs':
      return { ...base, type, outputs: toOutputs(asRecord(record.outputs)) };
    case 'state_lock_acquire':
    case 'state_lock_release':
      return { ...base, type };
    case 'init_output':
      return { ...base, type, code: asText(record.message_code) };
    default:
      return { ...base, type: 'unknown', name: type };
  }
}

function isHook(type: string): type is HookKind {
  return HOOKS.has(type);
}

function levelOf(value: unknown): EventBase['level'] {
  return value === 'error' || value === 'warn' ? value : 'info';
}

function toResource(value: unknown): ResourceReference {
  const record = asRecord(value);
  const key = record.resource_key;
  return {
    address: asText(record.addr),
    module: asText(record.module),
    type: asText(record.resource_type),
    name: asText(record.resource_name),
    key: typeof key === 'string' || typeof key === 'number' ? key : null,
  };
}

function toHook(hook: JsonRecord): Omit<HookEvent, 'type' | keyof EventBase> {
  const texts: [keyof HookEvent, string | undefined][] = [
    ['action', asOptionalText(hook.action)],
    ['idKey', asOptionalText(hook.id_key)],
    ['idValue', asOptionalText(hook.id_value)],
    ['provisioner', asOptionalText(hook.provisioner)],
    ['output', typeof hook.output === 'string' ? plainText(hook.output) : undefined],
  ];
  return {
    resource: toResource(hook.resource),
    ...Object.fromEntries(texts.filter(([, text]) => text !== undefined)),
  };
}

function toChange(change: JsonRecord): PlannedChange {
  const previous = isRecord(change.previous_resource)
    ? toResource(change.previous_resource).address
    : undefined;
  const reason = asOptionalText(change.reason);
  const importing = asOptionalText(asRecord(change.importing).id);
  return {
    resource: toResource(change.resource),
    action: asText(change.action),
    ...(previous === undefined ? {} : { previous }),
    ...(reason === undefined ? {} : { reason }),
    ...(importing === undefined ? {} : { importing }),
  };
}

function toCounts(changes: JsonRecord): ChangeCounts {
  return {
    add: asNumber(changes.add),
    change: asNumber(changes.change),
    remove: asNumber(changes.remove),
    import: asNumber(changes.import),
    operation: asText(changes.operation),
  };
}

function toOutputs(outputs: JsonRecord): Readonly<Record<string, OutputValue>> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => {
      const record = asRecord(value);
      const sensitive = record.sensitive === true;
      const action = asOptionalText(record.action);
      return [
        name,
        {
          sensitive,
          ...(action === undefined ? {} : { action }),
          ...(sensitive || !('value' in record) ? {} : { value: record.value }),
        },
      ];
    }),
  );
}

function toRange(range: JsonRecord): NonNullable<Diagnostic['range']> {
  return { file: asText(range.filename), start: toPosition(range.start), end: toPosition(range.end) };
}

function toPosition(value: unknown): Position {
  const record = asRecord(value);
  return { line: asNumber(record.line), column: asNumber(record.column), byte: asNumber(record.byte) };
}

function toSnippet(snippet: JsonRecord): NonNullable<Diagnostic['snippet']> {
  return {
    context: asText(snippet.context),
    code: asText(snippet.code),
    startLine: asNumber(snippet.start_line),
    highlightStart: asNumber(snippet.highlight_start_offset),
    highlightEnd: asNumber(snippet.highlight_end_offset),
    values: asList(snippet.values).map((value) => {
      const record = asRecord(value);
      return { traversal: asText(record.traversal), statement: asText(record.statement) };
    }),
  };
}
