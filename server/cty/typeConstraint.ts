import type { Call, Expression, ObjectItem } from '../hcl/syntax';
import type { Range } from '../text/range';
import { ConversionError, convert, pathText } from './convert';
import { emptyWorld } from './emptyWorld';
import { evaluate } from './evaluate';
import type { EvaluationError, Scope } from './scope';
import type { CtyType } from './type';
import type { TypeDefaults } from './typeDefaults';
import type { Value } from './value';

/** What a type constraint such as `list(object({ name = optional(string, "x") }))` says. */
export interface TypeConstraint {
  /** `dynamic` where it cannot be read. */
  readonly type: CtyType;
  readonly defaults?: TypeDefaults;
  readonly errors: readonly EvaluationError[];
}

/** Reads the value of a variable's `type`. */
export function readTypeConstraint(expression: Expression): TypeConstraint {
  const reader = new ConstraintReader();
  const { type, defaults } = reader.read(expression);
  return { type, ...(defaults && { defaults }), errors: reader.errors };
}

interface Read {
  readonly type: CtyType;
  readonly defaults?: TypeDefaults | undefined;
}

/** Defaults are constants: they refer to nothing and call nothing. */
const constants: Scope = {
  variable: () => undefined,
  functions: () => undefined,
  world: emptyWorld,
};

class ConstraintReader {
  readonly errors: EvaluationError[] = [];

  read(expression: Expression): Read {
    if (expression.kind === 'parenthesis') return this.read(expression.inner);
    if (expression.kind === 'variable') return this.readName(expression.name, expression.range);
    if (expression.kind === 'call') return this.readCall(expression);
    if (expression.kind === 'missing' || expression.kind === 'error') return { type: 'dynamic' };
    return this.fail(
      expression.range,
      'This is no type. A type is string, number, bool or any, or made with list, set, map, object or tuple, as in list(string).',
    );
  }

  private readName(name: string, range: Range): Read {
    switch (name) {
      case 'string':
      case 'number':
      case 'bool':
        return { type: name };
      case 'any':
        return { type: 'dynamic' };
      case 'list':
      case 'set':
      case 'map':
        // Of old, the bare name stands for a collection of anything.
        return { type: [name, 'dynamic'] };
      case 'object':
        return this.fail(range, 'object needs its attributes, as in object({ name = string }).');
      case 'tuple':
        return this.fail(range, 'tuple needs its elements, as in tuple([string, number]).');
      default:
        return this.fail(
          range,
          `There is no type ${name}. Use string, number, bool, any, list, set, map, object or tuple.`,
        );
    }
  }

  private readCall(call: Call): Read {
    const { name } = call;
    const [first, second] = call.arguments;
    if (name === 'optional') {
      return this.fail(
        call.nameRange,
        'Only an attribute of an object can be optional. Remove optional here.',
      );
    }
    if (!['list', 'set', 'map', 'object', 'tuple'].includes(name)) {
      return this.fail(
        call.nameRange,
        name === 'string' || name === 'number' || name === 'bool' || name === 'any'
          ? `${name} takes nothing in parentheses. Remove them.`
          : `There is no type ${name}. Use list, set, map, object or tuple.`,
      );
    }
    if (first === undefined || second !== undefined) {
      return this.fail(
        second?.range ?? call.range,
        `${name} takes exactly one type in its parentheses, as in ${examples[name] ?? ''}.`,
      );
    }
    if (name === 'object') return this.readObject(first);
    if (name === 'tuple') return this.readTuple(first);
    const member = this.read(first);
    const type: CtyType = [name === 'list' || name === 'set' ? name : 'map', member.type];
    return {
      type,
      defaults: member.defaults && { type, values: new Map(), members: new Map([['', member.defaults]]) },
    };
  }

  private readTuple(elements: Expression): Read {
    if (elements.kind !== 'tuple') {
      return this.fail(elements.range, 'tuple takes its types in brackets, as in tuple([string, number]).');
    }
    const read = elements.items.map((item) => this.read(item));
    const type: CtyType = ['tuple', read.map((element) => element.type)];
    const members = new Map<string, TypeDefaults>();
    for (const [at, { defaults }] of read.entries()) {
      if (defaults) members.set(at.toString(), defaults);
    }
    return withDefaults(type, new Map(), members);
  }

  private readObject(attributes: Expression): Read {
    if (attributes.kind !== 'object') {
      return this.fail(
        attributes.range,
        'object takes its attributes in braces, as in object({ name = string }).',
      );
    }
    const types = new Map<string, CtyType>();
    const optional: string[] = [];
    const values = new Map<string, Value>();
    const members = new Map<string, TypeDefaults>();
    for (const item of attributes.items) {
      const name = this.attributeName(item, types);
      if (name === undefined) continue;
      const modifier = item.value.kind === 'call' && item.value.name === 'optional' ? item.value : undefined;
      const read = this.read(modifier ? (modifier.arguments[0] ?? missingAt(modifier.range)) : item.value);
      types.set(name, read.type);
      if (read.defaults) members.set(name, read.defaults);
      if (modifier === undefined || !this.checkModifier(modifier)) continue;
      optional.push(name);
      const value = modifier.arguments[1] && this.readDefault(modifier.arguments[1], read.type);
      if (value) values.set(name, value);
    }
    const fields = Object.fromEntries(types);
    const type: CtyType = optional.length === 0 ? ['object', fields] : ['object', fields, optional];
    return withDefaults(type, values, members);
  }

  private attributeName(item: ObjectItem, seen: ReadonlyMap<string, CtyType>): string | undefined {
    const name = keyword(item.key);
    if (name === undefined) {
      this.fail(item.key.range, 'The name of an attribute must be a plain name without quotes.');
      return undefined;
    }
    if (!seen.has(name)) return name;
    this.fail(item.key.range, `The attribute ${name} is already there. Remove one of the two.`);
    return undefined;
  }

  private checkModifier(modifier: Call): boolean {
    const count = modifier.arguments.length;
    if (count === 1 || count === 2) return true;
    this.fail(
      modifier.arguments[2]?.range ?? modifier.range,
      'optional takes a type, and after it a default if there is one, as in optional(string, "none").',
    );
    return false;
  }

  private readDefault(expression: Expression, type: CtyType): Value | undefined {
    const { value, errors } = evaluate(expression, constants);
    this.errors.push(...errors);
    if (errors.length > 0) return undefined;
    try {
      return convert(value, type);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      const place = error.path.length > 0 ? `${pathText(error.path)}: ` : '';
      this.errors.push({
        range: expression.range,
        code: 'invalid-default',
        message: `This default does not have the attribute's type: ${place}${error.message}.`,
      });
      return undefined;
    }
  }

  private fail(range: Range, message: string): Read {
    this.errors.push({ range, code: 'invalid-type', message });
    return { type: 'dynamic' };
  }
}

const examples: Readonly<Record<string, string>> = {
  list: 'list(string)',
  set: 'set(string)',
  map: 'map(string)',
  object: 'object({ name = string })',
  tuple: 'tuple([string, number])',
};

function withDefaults(
  type: CtyType,
  values: ReadonlyMap<string, Value>,
  members: ReadonlyMap<string, TypeDefaults>,
): Read {
  return values.size === 0 && members.size === 0 ? { type } : { type, defaults: { type, values, members } };
}

function missingAt(range: Range): Expression {
  return { kind: 'missing', range: { start: range.end, end: range.end } };
}

/** `true`, `false` and `null` are names like any other where a name stands. */
function keyword(key: Expression): string | undefined {
  if (key.kind === 'variable') return key.name;
  const isWord = key.kind === 'literal' && (key.value === null || typeof key.value === 'boolean');
  return isWord ? String(key.value) : undefined;
}
