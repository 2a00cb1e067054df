import type { CtyType } from '../cty/type';
import type { BlockSchema, SchemaKind } from '../providers/schema';
import { fillObject } from './fill';
import type { FillReason } from './fill';
import { Fingerprint } from './identifiers';
import type { Identifiers } from './identifiers';
import { impliedType } from './impliedType';
import { planChange, replacedBy, withoutWriteOnly } from './plan';
import type { DynamicValue, MethodName, RequestOf, ResponseOf } from './protocol';
import { toSchemaMessage } from './schemaMessage';
import { immutableArguments } from './simulators/replacement';
import { derivedAttributes, valueSource } from './simulators/simulate';
import type { Simulation } from './simulators/simulator';
import { canonicalText, decodeValue, encodeValue, fromStateJson, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/** The types a provider is served with. */
export interface ServedSchema {
  readonly provider: BlockSchema;
  readonly resource: Readonly<Record<string, BlockSchema>>;
  readonly data: Readonly<Record<string, BlockSchema>>;
  readonly ephemeral: Readonly<Record<string, BlockSchema>>;
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
      serverCapabilities,
    }),
    GetFunctions: () => ({}),
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
  ) {}

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
    const planned = planChange({
      block,
      prior,
      proposed,
      config: read(request.config, objectType),
      derived: isRecord(proposed) ? derivedAttributes(type, block, proposed, connection.configuration) : {},
    });
    const replaced = replacedBy(immutableArguments(type), prior, planned);
    return {
      plannedState: write(planned, objectType),
      requiresReplace: replaced.map((attributeName) => ({ steps: [{ attributeName }] })),
      ...(request.priorPrivate !== undefined && { plannedPrivate: request.priorPrivate }),
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
    if (!isRecord(planned)) return { newState: write(planned, objectType) };
    const fill = (fingerprint: Fingerprint): ValueRecord => {
      const simulation = this.simulation('resource', type, planned, connection, fingerprint);
      return fillObject(block, planned, 'apply', valueSource(simulation));
    };
    const config = withoutSecrets(block, read(request.config, objectType));
    const seed = [type, canonicalText(config), canonicalText(connection.configuration.region ?? null)].join(
      '\n',
    );
    const created = read(request.priorState, objectType) === null;
    const state = created
      ? this.identifiers.create(type, seed, fill, (made) => identityOf(made, canonicalText(made)))
      : fill(new Fingerprint(seed));
    // What was imported is an ordinary object from its first apply on.
    return { newState: write(state, objectType) };
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
    return { kind, type, object, provider: connection.configuration, fingerprint };
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
