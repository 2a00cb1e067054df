import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CtyType } from '../cty/type';
import { typeToString } from '../cty/type';
import type { BlockSchema } from '../providers/schema';
import { typeOfJson } from './examples';
import type { Json } from './examples';
import { impliedType } from './impliedType';
import type { Operation } from './scenarioFiles';
import type { ObjectType, SimulatedRule } from './scenarioRules';
import { AnyValue, canonicalText, fromStateJson, isList, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/** What the simulator is told about scenarios, by the process that read them. */
export interface ScenarioRequest {
  readonly rules: readonly SimulatedRule[];
  /** Types whose objects say their address. */
  readonly marked: readonly ObjectType[];
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly time: string | undefined;
  /** Where it is remembered what rules have done. */
  readonly memoryFile: string;
  /** Where addresses of objects that exist are found. */
  readonly stateFiles: readonly string[];
  /** Values for attributes of inferred types, weaker than every rule. */
  readonly examples: Readonly<Record<ObjectType, Readonly<Record<string, Json>>>>;
}

/** Says for each rule about a type what does not fit its schema. */
export function checkRule(rule: SimulatedRule, type: ObjectType, block: BlockSchema): readonly string[] {
  const { where, values, drift } = rule.effects;
  const members = membersOf(block);
  const problems: string[] = [];
  const check = (part: string, name: string, value: Json | undefined): void => {
    const known = members[name];
    const label = `${rule.place}: "${part}": `;
    if (known === undefined) problems.push(`${label}${typeName(type)} has no attribute ${name}.`);
    else if (value !== undefined && !fits(value, known)) {
      problems.push(
        `${label}${name} must be a ${typeToString(known)}, not ${JSON.stringify(value).slice(0, 60)}.`,
      );
    }
  };
  for (const name of Object.keys(where ?? {})) check('where', name.split('.')[0] ?? '', undefined);
  for (const [name, value] of Object.entries(values ?? {})) check('values', name, value);
  for (const [name, value] of Object.entries(drift?.set ?? {})) check('drift', name, value);
  return problems;
}

/** A value of a scenario as a value of an attribute of that name. */
export function toValue(block: BlockSchema, name: string, json: Json): Value {
  const type = membersOf(block)[name] ?? 'dynamic';
  if (type !== 'dynamic') return fromStateJson(JSON.stringify(json), type);
  const own = typeOfJson(json);
  return json === null ? null : new AnyValue(own, fromStateJson(JSON.stringify(json), own));
}

/** Whether an object is one that a rule is about. */
export function isAbout(
  rule: SimulatedRule,
  type: ObjectType,
  object: ValueRecord,
  address: string | undefined,
): boolean {
  if (!rule.types.includes(type)) return false;
  if (rule.address !== undefined && !(address !== undefined && new RegExp(rule.address, 's').test(address)))
    return false;
  return Object.entries(rule.effects.where ?? {}).every(([name, wanted]) => {
    const value = memberAt(object, name.split('.'));
    return (
      value !== null &&
      typeof value !== 'object' &&
      typeof value !== 'symbol' &&
      String(value) === String(wanted)
    );
  });
}

/** Whether the rule makes this operation fail; reading only when asked for, as nothing else happens to data sources. */
export function failsOn({ effects }: SimulatedRule, operation: Operation, isData: boolean): boolean {
  if (effects.fail === undefined) return false;
  return effects.fail.on?.includes(operation) ?? (isData || operation !== 'read');
}

/** How often something happened, kept in a file from command to command. */
export class Memory {
  constructor(private readonly file: string) {}

  count(key: string): number {
    return this.read()[key] ?? 0;
  }

  set(key: string, count: number): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    const next = `${this.file}.${process.pid}`;
    writeFileSync(next, JSON.stringify({ ...this.read(), [key]: count }));
    renameSync(next, this.file);
  }

  private read(): Record<string, number> {
    if (!existsSync(this.file)) return {};
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, number>;
    } catch {
      // A memory that cannot be read is one of nothing; failing for that would help nobody.
      return {};
    }
  }
}

function membersOf(block: BlockSchema): Readonly<Record<string, CtyType>> {
  const type = impliedType(block);
  return typeof type !== 'string' && type[0] === 'object' ? type[1] : {};
}

function typeName(type: ObjectType): string {
  return type.replace(/^resource /, '').replace(' ', '.');
}

function memberAt(value: Value, steps: readonly string[]): Value {
  const [name, ...rest] = steps;
  if (name === undefined) return value;
  const inside = value instanceof AnyValue ? value.value : value;
  if (isList(inside))
    return memberAt(inside[Number(name)] ?? inside[0] ?? null, /^\d+$/.test(name) ? rest : steps);
  return isRecord(inside) ? memberAt(inside[name] ?? null, rest) : null;
}

function fits(value: Json, type: CtyType): boolean {
  if (value === null || type === 'dynamic') return true;
  if (type === 'string') return typeof value !== 'object';
  if (type === 'number') return typeof value === 'number';
  if (type === 'bool') return typeof value === 'boolean';
  const isArray = Array.isArray(value);
  switch (type[0]) {
    case 'list':
    case 'set':
      return isArray && (value as readonly Json[]).every((item) => fits(item, type[1]));
    case 'tuple':
      return isArray && type[1].every((item, index) => fits((value as readonly Json[])[index] ?? null, item));
    case 'map':
      return (
        typeof value === 'object' &&
        !isArray &&
        Object.values(value).every((item: Json) => fits(item, type[1]))
      );
    case 'object':
      return (
        typeof value === 'object' &&
        !isArray &&
        Object.entries(value).every(
          ([name, item]) => type[1][name] !== undefined && fits(item, type[1][name]),
        )
      );
  }
}

/** What tells an object of a type from the others when nobody knows its address. */
export function nameOf(address: string | undefined, object: ValueRecord): string {
  if (address !== undefined) return address;
  return typeof object.id === 'string' ? object.id : canonicalText(object);
}
