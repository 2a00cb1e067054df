import path from 'node:path';
import type { CtyType } from '../../cty/type';
import type { Value } from '../../cty/value';
import type { Block, Call, Expression, ObjectItem } from '../../hcl/syntax';
import { walkExpressions } from '../../hcl/walk';
import { dialectOf } from '../../terraform/dialect';
import { visitTraversals } from '../../terraform/expressions';
import type { ConfigFile, Module } from '../../terraform/model';
import { keyName } from '../../terraform/values';
import { filesNamed, namedFile } from '../namedFiles';
import type { Snapshot } from '../snapshot';
import { valuesOf } from '../values/inputs';
import type { ModuleValues } from '../values/moduleValues';

/** A call of `templatefile()`. */
export interface TemplateCall {
  readonly file: ConfigFile;
  readonly module: Module;
  /** The top-level block around it. */
  readonly block: Block;
  readonly call: Call;
  /** The argument that names the template. */
  readonly name: Expression;
  /** The argument with its variables. */
  readonly variables: Expression;
  /** Its faults are taken up by `try` or `can` around it, or it stands where it need not be evaluated. */
  readonly guarded: boolean;
}

/** What a call gives its template. */
export interface GivenVariables {
  readonly call: TemplateCall;
  /** By name; a key is there where it is written at the call. */
  readonly variables: ReadonlyMap<string, GivenVariable>;
  /** There are no others. */
  readonly complete: boolean;
}

export interface GivenVariable {
  /** Where it is written at the call. */
  readonly key: ObjectItem | undefined;
  /** As far as it can be worked out. */
  value(): Value | undefined;
}

/** The calls of a file, in its order. */
export function templateCallsIn(snapshot: Snapshot, file: ConfigFile): readonly TemplateCall[] {
  const found = callsIn(file);
  if (found.length === 0) return [];
  const module = snapshot.index.view(file.path);
  return found.map((call) => ({ file, module, ...call }));
}

/** Every call that names a template, in all modules that are known; those of the nearest folders first. */
export function callsOfTemplate(snapshot: Snapshot, template: string): readonly TemplateCall[] {
  const known = kept.get(snapshot) ?? new Map<string, readonly TemplateCall[]>();
  kept.set(snapshot, known);
  const before = known.get(template);
  if (before !== undefined) return before;
  const own = snapshot.index.module(path.dirname(template));
  const modules = new Set([own, ...snapshot.index.knownModules()]);
  const found = [...modules].flatMap((module) => callsNaming(snapshot, module, template));
  known.set(template, found);
  return found;
}

const kept = new WeakMap<Snapshot, Map<string, readonly TemplateCall[]>>();

function callsNaming(snapshot: Snapshot, module: Module, template: string): readonly TemplateCall[] {
  const byPath = callsByPath(snapshot, module);
  const plain = byPath.get(template) ?? [];
  // What is relative to the root module can name other files for other roots.
  const more = byPath
    .get(rootRelative)
    ?.filter(({ name }) => filesNamed(snapshot, module, name).includes(template));
  return [...new Set([...plain, ...(more ?? [])])];
}

/** In the place of a path. */
const rootRelative = '';

const byModule = new WeakMap<Module, ReadonlyMap<string, readonly TemplateCall[]>>();

/** The calls of a module by the file that they name, if it is a root module. */
function callsByPath(snapshot: Snapshot, module: Module): ReadonlyMap<string, readonly TemplateCall[]> {
  const known = byModule.get(module);
  if (known !== undefined) return known;
  const found = new Map<string, TemplateCall[]>();
  for (const call of module.files.flatMap((file) => templateCallsIn(snapshot, file))) {
    const named = namedFile(call.name, module.directory);
    if (named === undefined) continue;
    for (const key of named.base === 'module' ? [named.path] : [named.path, rootRelative]) {
      const same = found.get(key);
      if (same === undefined) found.set(key, [call]);
      else same.push(call);
    }
  }
  byModule.set(module, found);
  return found;
}

/** The variables that a call gives; their values are worked out by `values` where somebody asks for them. */
export function givenBy(
  snapshot: Snapshot,
  call: TemplateCall,
  values: ModuleValues = valuesOf(snapshot, call.module),
): GivenVariables {
  const evaluated = (expression: Expression): Value | undefined => {
    const { value, errors } = values.evaluate(expression, values.bindingsIn(call.block));
    return errors.length === 0 ? value : undefined;
  };
  const { variables: written } = call;
  const items = written.kind === 'object' ? written.items : [];
  const keyed = items.map((key): [string | undefined, GivenVariable] => [
    keyName(key.key),
    { key, value: () => evaluated(key.value) },
  ]);
  const isWritten = written.kind === 'object' && keyed.every(([name]) => name !== undefined);
  const whole = isWritten ? undefined : evaluated(written);
  const variables = new Map<string, GivenVariable>();
  for (const [name, member] of membersOfValue(whole))
    variables.set(name, { key: undefined, value: () => member });
  for (const [name, variable] of keyed) if (name !== undefined) variables.set(name, variable);
  return { call, variables, complete: isWritten || (isObject(whole?.type) && isOwn(written)) };
}

/** Whether only the module says what an expression holds: what providers give depends on their version. */
function isOwn(expression: Expression): boolean {
  let own = true;
  visitTraversals(expression, ({ root: { name } }) => {
    if (!ownRoots.has(name)) own = false;
  });
  return own;
}

const ownRoots = new Set(['var', 'local', 'path', 'terraform', 'each', 'count']);

/** The names of an object or map with their values; unknown values have their types alone. */
export function membersOfValue(value: Value | undefined): readonly (readonly [string, Value])[] {
  if (value === undefined) return [];
  if (value.kind === 'known' && value.content instanceof Map) return [...value.content];
  return Object.entries(memberTypes(value.type)).map(([name, type]) => [
    name,
    { kind: 'unknown', type, marks: value.marks, notNull: false },
  ]);
}

function memberTypes(type: CtyType): Readonly<Record<string, CtyType>> {
  return typeof type !== 'string' && type[0] === 'object' ? type[1] : {};
}

function isObject(type: CtyType | undefined): boolean {
  return type !== undefined && typeof type !== 'string' && type[0] === 'object';
}

type OwnCall = Omit<TemplateCall, 'file' | 'module'>;

const callsByFile = new WeakMap<ConfigFile, readonly OwnCall[]>();
const none: readonly OwnCall[] = [];

function callsIn(file: ConfigFile): readonly OwnCall[] {
  const known = callsByFile.get(file);
  if (known !== undefined) return known;
  const found =
    file.syntax.text.includes('templatefile') && dialectOf(file.path) !== 'template' ? read(file) : none;
  callsByFile.set(file, found);
  return found;
}

/** Functions that take up the faults of their arguments. */
const guardedCalls: ReadonlySet<string> = new Set(['try', 'can', 'core::try', 'core::can']);

function read(file: ConfigFile): readonly OwnCall[] {
  return file.syntax.body.items.flatMap((block) => {
    const found: OwnCall[] = [];
    if (block.kind !== 'block') return found;
    let guardEnd = -1;
    walkExpressions(block.body, (call) => {
      const guards =
        call.kind === 'call'
          ? guardedCalls.has(call.name)
          : call.kind === 'conditional' || call.kind === 'forTuple' || call.kind === 'forObject';
      if (guards) guardEnd = Math.max(guardEnd, call.range.end);
      if (call.kind !== 'call' || !/^(core::)?templatefile$/.test(call.name)) return true;
      const [name, variables] = call.arguments;
      if (name !== undefined && variables !== undefined && !call.expand)
        found.push({ block, call, name, variables, guarded: call.range.start < guardEnd });
      return true;
    });
    return found;
  });
}
