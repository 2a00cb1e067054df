import type { CtyType } from '../cty/type';
import type { BlockSchema, ProviderFunction, SchemaKind } from '../providers/schema';
import { fillObject } from './fill';
import type { FillReason } from './fill';
import { Fingerprint } from './identifiers';
import type { Identifiers } from './identifiers';
import { impliedType } from './impliedType';
import { planChange, withoutWriteOnly } from './plan';
import type { DynamicValue, MethodName, RequestOf, ResponseOf } from './protocol';
import { callFunction } from './providerFunctions';
import { replacedPaths } from './replacement';
import type { PathStep } from './replacement';
import { isLegacy, rulesOf } from './rules/typeRules';
import { toFunctionMessage, toSchemaMessage } from './schemaMessage';
import { removeInside } from './simulators/files';
import { attributesInId } from './simulators/importedId';
import { derivedAttributes, valueSource } from './simulators/simulate';
import { textOf } from './simulators/simulator';
import type { SandboxFiles, Simulation } from './simulators/simulator';
import { withHistory } from './simulators/updates';
import { canonicalText, decodeValue, encodeValue, fromStateJson, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/** The types a provider is served with. */
export interface ServedSchema {
  readonly provider: BlockSchema;
  readonly resource: Readonly<Record<string, BlockSchema>>;
  readonly data: Readonly<Record<string, BlockSchema>>;
  readonly ephemeral: Readonly<Record<string, BlockSchema>>;
  readonly functions?: readonly ProviderFunction[];
  /** Full source address of the provider. */
  readonly source?: string;
}

/** What is remembered of one connection: nothing but the connection tells one provider configuration from another. */
export interface Connection {
  configuration: ValueRecord;
}

export type Handlers = {
  readonly [M in MethodName]: (request: RequestOf<M>, connection: Connection) => ResponseOf<M>;
};

const serverCapabilities = { getProviderSchemaOptional: true, moveResourceState: true };
const importMarker = Buffer.from('terratrain:imported');

/** A provider that knows its schema and invents everything else. */
export class SimulatedProvider {
  readonly handlers: Handlers = {
    GetMetadata: () => ({ serverCapabilities }),
    GetProviderSchema: () => ({
      provider: toSchemaMessage(this.schema.provider),
      resourceSchemas: schemaMessages(this.schema.resource),
      dataSourceSchemas: schemaMessages(this.schema.data),
      ephemeralResourceSchemas: schemaMessages(this.schema.ephemeral),
      functions: this.functions(),
      serverCapabilities,
    }),
    GetFunctions: () => ({ functions: this.functions() }),
    CallFunction: (request) => callFunction(this.schema.source ?? '', this.schema.functions ?? [], request),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: () => ({}),
    ValidateDataResourceConfig: () => ({}),
    ValidateEphemeralResourceConfig: () => ({}),
    ConfigureProvider: (request, connection) => {
      const configuration = read(request.config, impliedType(this.schema.provider));
      if (isRecord(configuration)) connection.configuration = configuration;
      return {};
    },
    UpgradeResourceState: (request) => this.upgrade(request),
    ReadResource: (request, connection) => this.readResource(request, connection),
    PlanResourceChange: (request, connection) => this.plan(request, connection),
    ApplyResourceChange: (request, connection) => this.apply(request, connection),
    ImportResourceState: (request) => this.importResource(request),
    MoveResourceState: (request) => this.move(request),
    ReadDataSource: (request, connection) => ({ state: this.readOnly('data', request, connection) }),
    OpenEphemeralResource: (request, connection) => ({
      result: this.readOnly('ephemeral', request, connection),
    }),
    RenewEphemeralResource: () => ({}),
    CloseEphemeralResource: () => ({}),
    StopProvider: () => ({}),
  };

  constructor(
    private readonly schema: ServedSchema,
    private readonly identifiers: Identifiers,
    private readonly files?: SandboxFiles,
  ) {}

  private functions(): Record<string, ReturnType<typeof toFunctionMessage>> {
    return Object.fromEntries(
      (this.schema.functions ?? []).map((each) => [each.name, toFunctionMessage(each)]),
    );
  }

  private upgrade(request: RequestOf<'UpgradeResourceState'>): ResponseOf<'UpgradeResourceState'> {
    const type = request.typeName ?? '';
    const block = this.block('resource', type);
    const json = Buffer.from(request.rawState?.json ?? []).toString('utf8');
    const state = fromStateJson(json, impliedType(block));
    if (isRecord(state)) this.identifiers.note(type, identityOf(state, ''));
    return { upgradedState: write(state, impliedType(block)) };
  }

  private readResource(
    request: RequestOf<'ReadResource'>,
    connection: Connection,
  ): ResponseOf<'ReadResource'> {
    const answer = { ...(request.private !== undefined && { private: request.private }) };
    const imported = request.private !== undefined && importMarker.equals(request.private);
    if (!imported)
      return { ...answer, ...(request.currentState !== undefined && { newState: request.currentState }) };
    const type = request.typeName ?? '';
    const block = this.block('resource', type);
    const state = read(request.currentState, impliedType(block));
    if (!isRecord(state)) return { ...answer, newState: write(state, impliedType(block)) };
    const simulation = this.simulation(
      'resource',
      type,
      state,
      connection,
      new Fingerprint(canonicalText(state)),
    );
    return {
      ...answer,
      newState: write(fillObject(block, state, 'import', valueSource(simulation)), impliedType(block)),
    };
  }

  private plan(
    request: RequestOf<'PlanResourceChange'>,
    connection: Connection,
  ): ResponseOf<'PlanResourceChange'> {
    const type = request.typeName ?? '';
    const block = this.block('resource', type);
    const objectType = impliedType(block);
    const prior = read(request.priorState, objectType);
    const proposed = read(request.proposedNewState, objectType);
    const config = read(request.config, objectType);
    const rules = rulesOf(type);
    const derived = isRecord(proposed)
      ? derivedAttributes({ type, block, proposed, prior, provider: connection.configuration })
      : {};
    const planned = planChange({ block, prior, proposed, config, derived, rules });
    const imported = request.priorPrivate !== undefined && importMarker.equals(request.priorPrivate);
    const replaced = replacedPaths(rules.replace, { block, prior, planned, config, imported });
    return {
      plannedState: write(planned, objectType),
      requiresReplace: [...replaced, ...movedRegion(type, prior, planned)].map((path) => ({
        steps: path.map(toStep),
      })),
      ...(request.priorPrivate !== undefined && { plannedPrivate: request.priorPrivate }),
      ...(isLegacy(rules) && { legacyTypeSystem: true }),
    };
  }

  private apply(
    request: RequestOf<'ApplyResourceChange'>,
    connection: Connection,
  ): ResponseOf<'ApplyResourceChange'> {
    const type = request.typeName ?? '';
    const block = this.block('resource', type);
    const objectType = impliedType(block);
    const planned = read(request.plannedState, objectType);
    const prior = read(request.priorState, objectType);
    if (!isRecord(planned)) {
      this.forget(type, prior);
      return { newState: write(planned, objectType) };
    }
    const fill = (fingerprint: Fingerprint): ValueRecord => {
      const simulation = this.simulation('resource', type, planned, connection, fingerprint);
      const source = valueSource(simulation);
      return fillObject(block, planned, 'apply', isRecord(prior) ? withHistory(source, prior) : source);
    };
    const config = withoutSecrets(block, read(request.config, objectType));
    const seed = [type, canonicalText(config), canonicalText(connection.configuration.region ?? null)].join(
      '\n',
    );
    const state =
      prior === null
        ? this.identifiers.create(type, seed, fill, (made) => identityOf(made, canonicalText(made)))
        : fill(new Fingerprint(seed));
    // What was imported is an ordinary object from its first apply on.
    return {
      newState: write(state, objectType),
      ...(isLegacy(rulesOf(type)) && { legacyTypeSystem: true }),
    };
  }

  /** A file that the sandbox wrote goes with its object. */
  private forget(type: string, prior: Value): void {
    const name = isRecord(prior) && /^local_(sensitive_)?file$/.test(type) ? prior.filename : undefined;
    if (typeof name === 'string') removeInside(this.files, name);
  }

  private importResource(request: RequestOf<'ImportResourceState'>): ResponseOf<'ImportResourceState'> {
    const typeName = request.typeName ?? '';
    const block = this.block('resource', typeName);
    const state: Record<string, Value> = {};
    for (const name of Object.keys(block.attributes)) state[name] = null;
    for (const [name, { nesting }] of Object.entries(block.blocks)) {
      state[name] = nesting === 'list' || nesting === 'set' ? [] : nesting === 'map' ? {} : null;
    }
    if (block.attributes.id !== undefined) state.id = request.id ?? '';
    for (const [name, value] of Object.entries(attributesInId(typeName, request.id ?? '')))
      if (block.attributes[name]?.type === 'string') state[name] = value;
    this.identifiers.note(typeName, request.id ?? '');
    return {
      importedResources: [{ typeName, state: write(state, impliedType(block)), private: importMarker }],
    };
  }

  private move(request: RequestOf<'MoveResourceState'>): ResponseOf<'MoveResourceState'> {
    const block = this.block('resource', request.targetTypeName ?? '');
    const json = Buffer.from(request.sourceState?.json ?? []).toString('utf8');
    return { targetState: write(fromStateJson(json, impliedType(block)), impliedType(block)) };
  }

  private readOnly(
    kind: 'data' | 'ephemeral',
    request: RequestOf<'ReadDataSource'>,
    connection: Connection,
  ): DynamicValue {
    const type = request.typeName ?? '';
    const block = this.block(kind, type);
    const config = read(request.config, impliedType(block));
    if (!isRecord(config)) return write(config, impliedType(block));
    const reason: FillReason = 'read';
    const seed = [
      kind,
      type,
      canonicalText(config),
      canonicalText(connection.configuration.region ?? null),
    ].join('\n');
    const simulation = this.simulation(kind, type, config, connection, new Fingerprint(seed));
    return write(fillObject(block, config, reason, valueSource(simulation)), impliedType(block));
  }

  private simulation(
    kind: Simulation['kind'],
    type: string,
    object: ValueRecord,
    connection: Connection,
    fingerprint: Fingerprint,
  ): Simulation {
    const { files } = this;
    return {
      kind,
      type,
      object,
      provider: connection.configuration,
      fingerprint,
      ...(files !== undefined && { files }),
    };
  }

  private block(kind: Exclude<SchemaKind, 'provider'>, type: string): BlockSchema {
    const block = this.schema[kind][type];
    if (block === undefined) throw new Error(`The simulated provider was started without the type ${type}.`);
    return block;
  }
}

function schemaMessages(
  blocks: Readonly<Record<string, BlockSchema>>,
): Record<string, ReturnType<typeof toSchemaMessage>> {
  return Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, toSchemaMessage(block)]));
}

/** Since version 6 an object of AWS has its region, and no object moves to another one. */
function movedRegion(type: string, prior: Value, planned: Value): readonly (readonly PathStep[])[] {
  if (!type.startsWith('aws_') || !isRecord(prior) || !isRecord(planned)) return [];
  const [from, to] = [textOf(prior, 'region'), textOf(planned, 'region')];
  return from === undefined || to === undefined || from === to ? [] : [['region']];
}

function toStep(step: PathStep): { attributeName: string } | { elementKeyInt: number } {
  return typeof step === 'number' ? { elementKeyInt: step } : { attributeName: step };
}

/** What makes an object of its type unique. */
function identityOf(state: ValueRecord, fallback: string): string {
  for (const name of ['id', 'arn']) {
    const value = state[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return fallback;
}

function withoutSecrets(block: BlockSchema, config: Value): Value {
  return isRecord(config) ? withoutWriteOnly(block, config) : config;
}

function read(value: DynamicValue | undefined, type: CtyType): Value {
  if (value?.msgpack !== undefined) return decodeValue(value.msgpack, type);
  if (value?.json !== undefined) return fromStateJson(Buffer.from(value.json).toString('utf8'), type);
  return null;
}

function write(value: Value, type: CtyType): DynamicValue {
  return { msgpack: encodeValue(value, type) };
}
