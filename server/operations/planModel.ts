import { diffAttributes, diffOutput } from './attributeDiff';
import type { AttributeChange } from './attributeDiff';
import { withoutInternal } from './internalAttribute';
import { asList, asOptionalText, asRecord, asText } from './json';
import type { JsonRecord } from './json';
import type { Redactor } from './redact';
import { withoutKeys, writtenAttributes } from './writtenAttributes';
import type { WrittenAttributes } from './writtenAttributes';

/** `none`: the object stays as it is, but is moved or imported. `other`: words of a newer terraform, see `actions`. */
export type ChangeAction = 'create' | 'update' | 'replace' | 'delete' | 'read' | 'forget' | 'none' | 'other';

export interface ResourceChange {
  /** With keys: `module.serve["a"].aws_instance.node[0]`. Together with `deposed` it is unique in a plan. */
  readonly address: string;
  /** Where the object was before a `moved` block. */
  readonly previousAddress?: string;
  /** Key of an old object that a failed replacement left behind. */
  readonly deposed?: string;
  /** `module.serve["a"]`, empty for the root module. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** `registry.terraform.io/hashicorp/aws` */
  readonly provider: string;
  readonly action: ChangeAction;
  /** Terraform's own words. */
  readonly actions: readonly string[];
  /** A replacement that makes the new object before it removes the old one. */
  readonly createBeforeDestroy: boolean;
  /** Terraform's word: `replace_because_cannot_update`, `delete_because_count_index`. */
  readonly reason?: string;
  /** Id of the existing object that is taken over. */
  readonly importing?: string;
  /** Id of the object as it is now, where it has one. */
  readonly id?: string;
  readonly attributes: readonly AttributeChange[];
  /** Number of attributes that have a value and keep it. */
  readonly unchanged: number;
}

export interface OutputChange {
  readonly name: string;
  readonly action: 'create' | 'update' | 'delete';
  /** What differs inside it; paths begin with the name. Never empty. */
  readonly attributes: readonly AttributeChange[];
}

export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly read: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
}

/** What a person reviews. Holds no secret that terraform knows of: see `redact.ts`. */
export interface PlanModel {
  readonly terraformVersion: string;
  /** RFC 3339, UTC; empty where terraform does not say. */
  readonly timestamp: string;
  /** What destroys comes first, then by address. Objects that stay as they are do not appear. */
  readonly changes: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  /** Changes that were made outside terraform. */
  readonly drift: readonly ResourceChange[];
  /** Our own count: terraform's leaves out what is forgotten or moved. */
  readonly summary: PlanSummary;
  /** `apply` would accept this plan and do something. */
  readonly applyable: boolean;
  /** False for a targeted plan and where terraform deferred changes: another plan is needed afterwards. */
  readonly complete: boolean;
  readonly errored: boolean;
}

/** Thrown for output whose major version is newer than this code: guessing at a plan would be worse. */
export class PlanFormatError extends Error {
  override readonly name = 'PlanFormatError';
}

const ORDER: readonly ChangeAction[] = [
  'delete',
  'replace',
  'forget',
  'other',
  'update',
  'create',
  'read',
  'none',
];

/**
 * Builds the model from `terraform show -json PLANFILE`.
 *
 * @param plan The parsed document. Its format: developer.hashicorp.com/terraform/internals/json-format.
 * @throws PlanFormatError
 */
export function toPlanModel(plan: unknown, redactor: Redactor): PlanModel {
  const document = asRecord(withoutInternal(plan));
  const format = asText(document.format_version);
  if (!/^[01]\./.test(format)) {
    throw new PlanFormatError(
      format === ''
        ? 'Terraform printed no plan.'
        : `This terraform describes plans in format ${format}, and Terratrain reads format 1. Update Terratrain.`,
    );
  }
  const written = writtenAttributes(document.configuration);
  const changes = toChanges(document.resource_changes, written, redactor);
  const outputs = toOutputs(asRecord(document.output_changes), redactor);
  const errored = document.errored === true;
  return {
    terraformVersion: asText(document.terraform_version),
    timestamp: asText(document.timestamp),
    changes,
    outputs,
    drift: toChanges(document.resource_drift, written, redactor),
    summary: summarise(changes),
    // Terraform before 1.8 and OpenTofu do not say.
    applyable:
      typeof document.applyable === 'boolean'
        ? document.applyable
        : !errored && (changes.length > 0 || outputs.length > 0),
    complete: document.complete !== false,
    errored,
  };
}

/** Whether an apply would change anything: resources, the state's addresses, or outputs. */
export function hasChanges(model: PlanModel): boolean {
  return model.changes.length > 0 || model.outputs.length > 0;
}

function toChanges(list: unknown, written: WrittenAttributes, redactor: Redactor): readonly ResourceChange[] {
  return asList(list)
    .map((entry) => toResourceChange(asRecord(entry), written, redactor))
    .filter(
      (change) =>
        change.action !== 'none' || change.previousAddress !== undefined || change.importing !== undefined,
    )
    .sort(
      (a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action) || compareAddresses(a.address, b.address),
    );
}

function toResourceChange(entry: JsonRecord, written: WrittenAttributes, redactor: Redactor): ResourceChange {
  const change = asRecord(entry.change);
  const actions = asList(change.actions).map(asText);
  const address = asText(entry.address);
  const previous = asOptionalText(entry.previous_address);
  const deposed = asOptionalText(entry.deposed);
  const reason = asOptionalText(entry.action_reason);
  const importing = asOptionalText(asRecord(change.importing).id);
  const id = asOptionalText(asRecord(change.before).id);
  return {
    address,
    ...(previous === undefined || previous === address ? {} : { previousAddress: previous }),
    ...(deposed === undefined ? {} : { deposed }),
    module: asText(entry.module_address),
    mode: entry.mode === 'data' ? 'data' : 'managed',
    type: asText(entry.type),
    name: asText(entry.name),
    provider: asText(entry.provider_name),
    action: toAction(actions),
    actions,
    createBeforeDestroy: actions.indexOf('create') === 0 && actions.length > 1,
    ...(reason === undefined ? {} : { reason }),
    ...(importing === undefined ? {} : { importing: redactor.text(importing) }),
    ...(id === undefined ? {} : { id: redactor.text(id) }),
    ...diffAttributes(change, written.get(withoutKeys(address)) ?? {}, redactor),
  };
}

function toAction(actions: readonly string[]): ChangeAction {
  if (actions.length === 2 && actions.includes('create')) return 'replace';
  const [only, ...more] = actions;
  if (more.length > 0) return 'other';
  switch (only) {
    case 'create':
    case 'update':
    case 'delete':
    case 'read':
    case 'forget':
      return only;
    case 'no-op':
      return 'none';
    default:
      return 'other';
  }
}

function toOutputs(changes: JsonRecord, redactor: Redactor): readonly OutputChange[] {
  return Object.entries(changes)
    .filter(([, change]) => toAction(asList(asRecord(change).actions).map(asText)) !== 'none')
    .map(([name, change]): OutputChange => {
      const action = toAction(asList(asRecord(change).actions).map(asText));
      return {
        name,
        action: action === 'create' || action === 'delete' ? action : 'update',
        attributes: diffOutput(name, asRecord(change), redactor),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function summarise(changes: readonly ResourceChange[]): PlanSummary {
  const count = (action: ChangeAction): number => changes.filter((change) => change.action === action).length;
  return {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    delete: count('delete'),
    read: count('read'),
    forget: count('forget'),
    import: changes.filter((change) => change.importing !== undefined).length,
    move: changes.filter((change) => change.previousAddress !== undefined).length,
  };
}

/** Root before modules, `a[2]` before `a[10]`. */
function compareAddresses(a: string, b: string): number {
  const depth = Number(a.startsWith('module.')) - Number(b.startsWith('module.'));
  return depth || a.localeCompare(b, 'en', { numeric: true });
}
