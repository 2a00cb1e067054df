import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockSchema } from '../providers/schema';
import type { Json } from './examples';
import { ExistingObjects } from './existingObjects';
import { impliedType } from './impliedType';
import { MarkedTypes } from './markedTypes';
import { severity } from './protocol';
import type { DynamicValue, MethodName, ProtocolDiagnostic, RequestOf, ResponseOf } from './protocol';
import type { Operation } from './scenarioFiles';
import { Memory, checkRule, failsOn, isAbout, nameOf, toValue } from './scenarioEffects';
import type { ScenarioRequest } from './scenarioEffects';
import type { ObjectType, SimulatedRule } from './scenarioRules';
import { regionOf, replaceGenerated } from './scenarioWorld';
import type { Connection, Handlers, ServedSchema } from './simulatedProvider';
import { UNKNOWN, decodeValue, encodeValue, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/** Answers that may take their time. */
export type AsyncHandlers = {
  readonly [M in MethodName]: (
    request: RequestOf<M>,
    connection: Connection,
  ) => ResponseOf<M> | Promise<ResponseOf<M>>;
};

/** What a request is about. */
interface Call {
  readonly type: ObjectType;
  readonly object: ValueRecord;
  readonly address: string | undefined;
}

/** Whether there is anything to play. */
export function isScenarioNeeded({ rules, examples, account, region, time }: ScenarioRequest): boolean {
  const settings = [account, region, time].some((each) => each !== undefined);
  return settings || rules.length > 0 || Object.keys(examples).length > 0;
}

/**
 * Plays a scenario around a simulated provider, which knows nothing of it: answers are changed, delayed or replaced by
 * errors on the way out.
 */
export class ScenarioProvider {
  readonly handlers: AsyncHandlers;
  private readonly objects: ExistingObjects;
  private readonly memory: Memory;
  private readonly types: MarkedTypes;
  /** A connection that was told to stop stays so: a request may still be on its way. */
  private readonly stopping = new WeakMap<Connection, AbortController>();

  /** @throws Error with a line for each rule that does not fit the schema */
  constructor(
    private readonly inner: Handlers,
    private readonly schema: ServedSchema,
    private readonly request: ScenarioRequest,
  ) {
    this.objects = new ExistingObjects(request.stateFiles);
    this.memory = new Memory(request.memoryFile);
    this.types = new MarkedTypes(schema, request.marked);
    const problems = request.rules.flatMap((rule) =>
      rule.types.flatMap((type) => {
        const block = this.types.block(type);
        return block === undefined ? [] : checkRule(rule, type, block);
      }),
    );
    if (problems.length > 0) throw new Error([...new Set(problems)].join('\n'));
    this.handlers = {
      ...inner,
      ConfigureProvider: (asked, connection) => this.configure(asked, connection),
      UpgradeResourceState: (asked, connection) => {
        const answer = inner.UpgradeResourceState(asked, connection);
        const { upgradedState } = answer;
        return { ...answer, ...this.outward('resource', asked.typeName, { upgradedState }) };
      },
      MoveResourceState: (asked, connection) => {
        const answer = inner.MoveResourceState(asked, connection);
        const { targetState } = answer;
        return { ...answer, ...this.outward('resource', asked.targetTypeName, { targetState }) };
      },
      ImportResourceState: (asked, connection) => {
        const answer = inner.ImportResourceState(asked, connection);
        const importedResources = (answer.importedResources ?? []).map((each) => ({
          ...each,
          ...this.outward('resource', each.typeName, { state: each.state }),
        }));
        return { ...answer, importedResources };
      },
      ReadResource: (asked, connection) => this.readResource(asked, connection),
      PlanResourceChange: (asked, connection) => this.plan(asked, connection),
      ApplyResourceChange: (asked, connection) => this.apply(asked, connection),
      ReadDataSource: (asked, connection) => this.readData(asked, connection),
      OpenEphemeralResource: (asked, connection) => this.openEphemeral(asked, connection),
      StopProvider: (asked, connection) => {
        this.stoppingOf(connection).abort();
        return inner.StopProvider(asked, connection);
      },
    };
  }

  /** A type as terraform gets to see it. */
  shown(type: ObjectType, block: BlockSchema): BlockSchema {
    return this.types.shown(type, block);
  }

  private configure(
    asked: RequestOf<'ConfigureProvider'>,
    connection: Connection,
  ): ResponseOf<'ConfigureProvider'> {
    const type = impliedType(this.schema.provider);
    const config = asked.config?.msgpack === undefined ? null : decodeValue(asked.config.msgpack, type);
    const { region } = this.request;
    if (!isRecord(config) || region === undefined) return this.inner.ConfigureProvider(asked, connection);
    const msgpack = encodeValue(regionOf(this.schema.provider, config, region), type);
    return this.inner.ConfigureProvider({ ...asked, config: { msgpack } }, connection);
  }

  private async readResource(
    asked: RequestOf<'ReadResource'>,
    connection: Connection,
  ): Promise<ResponseOf<'ReadResource'>> {
    const type: ObjectType = `resource ${asked.typeName ?? ''}`;
    const block = this.types.block(type);
    const { currentState } = asked;
    const answer = this.inner.ReadResource({ ...asked, ...this.inward(type, { currentState }) }, connection);
    const object = this.types.decode(type, currentState);
    if (block === undefined || !isRecord(object)) return answer;
    const call: Call = { type, object, address: this.objects.addressOf(type, block, object) };
    const failed = await this.waitOrFail(call, 'read', connection);
    if (failed !== undefined) return { diagnostics: [failed] };
    let state = this.types.decode(type, answer.newState);
    for (const rule of this.rulesFor(call)) state = this.drifted(rule, call, block, state);
    return {
      ...answer,
      ...this.outward('resource', asked.typeName, { newState: this.types.encode(type, state) }),
    };
  }

  /** Drift shows until an apply has repaired it. */
  private drifted(rule: SimulatedRule, call: Call, block: BlockSchema, state: Value): Value {
    const { drift } = rule.effects;
    if (drift === undefined || !isRecord(state)) return state;
    const key = driftKey(rule, call);
    if (this.memory.count(key) === repaired) return state;
    this.memory.set(key, shown);
    if (drift.gone === true) return null;
    const changes = Object.entries(drift.set ?? {}).map(
      ([name, json]) => [name, toValue(block, name, json)] as const,
    );
    return { ...state, ...Object.fromEntries(changes) };
  }

  private plan(
    asked: RequestOf<'PlanResourceChange'>,
    connection: Connection,
  ): ResponseOf<'PlanResourceChange'> {
    const type: ObjectType = `resource ${asked.typeName ?? ''}`;
    const { priorState, proposedNewState, config } = asked;
    const inward = this.inward(type, { priorState, proposedNewState, config });
    const answer = this.inner.PlanResourceChange({ ...asked, ...inward }, connection);
    const proposed = this.types.decode(type, proposedNewState);
    const planned = this.inOwnWorld(proposed, this.types.decode(type, answer.plannedState));
    const plannedState = this.types.encode(type, planned);
    return { ...answer, ...this.outward('resource', asked.typeName, { plannedState }) };
  }

  private async apply(
    asked: RequestOf<'ApplyResourceChange'>,
    connection: Connection,
  ): Promise<ResponseOf<'ApplyResourceChange'>> {
    const type: ObjectType = `resource ${asked.typeName ?? ''}`;
    const block = this.types.block(type);
    if (block === undefined) return this.inner.ApplyResourceChange(asked, connection);
    const { priorState, plannedState, config } = asked;
    const prior = this.types.decode(type, priorState);
    const planned = this.types.decode(type, plannedState);
    const operation: Operation = prior === null ? 'create' : planned === null ? 'destroy' : 'update';
    const address = this.types.addressIn(type, config) ?? this.objects.addressOf(type, block, prior);
    const configured = this.types.decode(type, config);
    const object = isRecord(configured) ? configured : isRecord(prior) ? prior : {};
    const call: Call = { type, object, address };
    const failed = await this.waitOrFail(call, operation, connection);
    const answerWith = (state: Value): ResponseOf<'ApplyResourceChange'> =>
      this.outward('resource', asked.typeName, { newState: this.types.encode(type, state) });
    const tainted = operation === 'create' && this.leavesObject(call);
    if (failed !== undefined && !tainted) return { ...answerWith(prior), diagnostics: [failed] };
    const inward = this.inward(type, { priorState, plannedState, config });
    const answer = this.inner.ApplyResourceChange({ ...asked, ...inward }, connection);
    let state = this.inOwnWorld(planned, this.types.decode(type, answer.newState));
    if (isRecord(state) && isRecord(planned)) {
      state = this.withValues(call, block, state, (attribute) => planned[attribute] === UNKNOWN);
    }
    if (address !== undefined && state !== null) this.objects.remember(type, state, address);
    this.repair(call);
    return { ...answer, ...answerWith(state), ...(failed !== undefined && { diagnostics: [failed] }) };
  }

  private repair(call: Call): void {
    for (const rule of this.rulesFor(call)) {
      const key = driftKey(rule, call);
      if (rule.effects.drift !== undefined && this.memory.count(key) === shown)
        this.memory.set(key, repaired);
    }
  }

  private async readData(
    asked: RequestOf<'ReadDataSource'>,
    connection: Connection,
  ): Promise<ResponseOf<'ReadDataSource'>> {
    const read = await this.readConfigured('data', asked, connection, (inward) => {
      const answer = this.inner.ReadDataSource({ ...asked, ...inward }, connection);
      return { answer, result: answer.state };
    });
    if ('failed' in read) return { diagnostics: [read.failed] };
    return { ...read.answer, ...this.outward('data', asked.typeName, { state: read.result }) };
  }

  private async openEphemeral(
    asked: RequestOf<'OpenEphemeralResource'>,
    connection: Connection,
  ): Promise<ResponseOf<'OpenEphemeralResource'>> {
    const read = await this.readConfigured('ephemeral', asked, connection, (inward) => {
      const answer = this.inner.OpenEphemeralResource({ ...asked, ...inward }, connection);
      return { answer, result: answer.result };
    });
    if ('failed' in read) return { diagnostics: [read.failed] };
    return { ...read.answer, ...this.outward('ephemeral', asked.typeName, { result: read.result }) };
  }

  private async readConfigured<A>(
    kind: 'data' | 'ephemeral',
    asked: RequestOf<'ReadDataSource'>,
    connection: Connection,
    answerTo: (inward: Values<'config'>) => { answer: A; result: DynamicValue | undefined },
  ): Promise<{ answer: A; result: DynamicValue | undefined } | { failed: ProtocolDiagnostic }> {
    const type: ObjectType = `${kind} ${asked.typeName ?? ''}`;
    const block = this.types.block(type);
    const config = this.types.decode(type, asked.config);
    const { answer, result } = answerTo(this.inward(type, { config: asked.config }));
    if (block === undefined || !isRecord(config)) return { answer, result };
    const call: Call = { type, object: config, address: this.types.addressIn(type, asked.config) };
    const failed = await this.waitOrFail(call, 'read', connection);
    if (failed !== undefined) return { failed };
    let state = this.inOwnWorld(config, this.types.decode(type, result));
    if (isRecord(state)) {
      state = this.withValues(call, block, state, (name) => {
        const given = config[name] ?? null;
        return given === null || (Array.isArray(given) && given.length === 0);
      });
    }
    return { answer, result: this.types.encode(type, state) };
  }

  private withValues(
    call: Call,
    block: BlockSchema,
    state: ValueRecord,
    isFree: (name: string) => boolean,
  ): ValueRecord {
    const sources: readonly Readonly<Record<string, Json>>[] = [
      this.request.examples[call.type] ?? {},
      ...this.rulesFor(call).map(({ effects }) => effects.values ?? {}),
    ];
    const values = sources.flatMap((source) => Object.entries(source)).filter(([name]) => isFree(name));
    return {
      ...state,
      ...Object.fromEntries(values.map(([name, json]) => [name, toValue(block, name, json)])),
    };
  }

  private async waitOrFail(
    call: Call,
    operation: Operation,
    connection: Connection,
  ): Promise<ProtocolDiagnostic | undefined> {
    const rules = this.rulesFor(call);
    const seconds = rules.reduce((sum, { effects }) => sum + (effects.delay ?? 0), 0);
    if (!(await this.wait(seconds, connection))) return stopped;
    const isData = !call.type.startsWith('resource ');
    for (const rule of rules) {
      const { fail } = rule.effects;
      if (fail === undefined || !failsOn(rule, operation, isData)) continue;
      const key = `fail ${rule.place} ${call.type} ${nameOf(call.address, call.object)}`;
      const count = this.memory.count(key);
      if (count >= (fail.times ?? Number.POSITIVE_INFINITY)) continue;
      if (!(await this.wait(fail.after ?? 0, connection))) return stopped;
      if (fail.times !== undefined) this.memory.set(key, count + 1);
      return {
        severity: severity.error,
        summary: fail.message,
        detail: `Simulated by the scenario rule at ${rule.place}. Nothing real failed.`,
      };
    }
    return undefined;
  }

  private leavesObject(call: Call): boolean {
    return this.rulesFor(call).some(({ effects }) => effects.fail?.tainted === true);
  }

  /** False when terraform wants to end meanwhile. */
  private async wait(seconds: number, connection: Connection): Promise<boolean> {
    if (seconds === 0) return true;
    const { signal } = this.stoppingOf(connection);
    await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }

  private stoppingOf(connection: Connection): AbortController {
    const known = this.stopping.get(connection) ?? new AbortController();
    this.stopping.set(connection, known);
    return known;
  }

  private rulesFor({ type, object, address }: Call): readonly SimulatedRule[] {
    return this.request.rules.filter((rule) => isAbout(rule, type, object, address));
  }

  private inOwnWorld(before: Value, after: Value): Value {
    return replaceGenerated(before, after, this.request);
  }

  private inward<K extends string>(type: ObjectType, values: Given<K>): Values<K> {
    return mapGiven(values, (value) => this.types.inward(type, value));
  }

  private outward<K extends string>(
    kind: 'resource' | 'data' | 'ephemeral',
    name: string | undefined,
    values: Given<K>,
  ): Values<K> {
    return mapGiven(values, (value) => this.types.outward(`${kind} ${name ?? ''}`, value));
  }
}

type Given<K extends string> = Readonly<Record<K, DynamicValue | undefined>>;
type Values<K extends string> = Readonly<Partial<Record<K, DynamicValue>>>;

/** Members that are not there stay away: an empty one would mean something else. */
function mapGiven<K extends string>(
  values: Given<K>,
  change: (value: DynamicValue) => DynamicValue,
): Values<K> {
  const given = Object.entries<DynamicValue | undefined>(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, change(value ?? {})])) as Values<K>;
}

const shown = 1;
const repaired = 2;
const stopped: ProtocolDiagnostic = {
  severity: severity.error,
  summary: 'The simulated operation was interrupted',
  detail: 'Terraform asked its providers to stop.',
};

function driftKey(rule: SimulatedRule, call: Call): string {
  const id = typeof call.object.id === 'string' ? call.object.id : '';
  return `drift ${rule.place} ${call.type} ${call.address ?? id}`;
}
