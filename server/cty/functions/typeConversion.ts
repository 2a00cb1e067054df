import { ConversionError, canConvert, convert } from '../convert';
import { deepMarks, isComposite, isWhollyKnown, mapContent } from '../marks';
import { setValue } from '../set';
import { friendlyConstraint, friendlyName, typesEqual } from '../types';
import type { CtyType } from '../type';
import type { Value } from '../value';
import { boolValue, ephemeral, nullValue, sensitive, unknownValue, withMarks } from '../value';
import type { FunctionDefinition, FunctionTable, LazyArgument, Parameter } from './function';
import { ArgumentError } from './function';
import { quote } from './goQuote';

/** A parameter that takes any value at all as it is. */
const anything = (name: string): Parameter => ({
  name,
  type: 'dynamic',
  allowNull: true,
  allowUnknown: true,
  allowDynamic: true,
  allowMarked: true,
});

/** Functions of types, marks and faults. Facts: Terraform `internal/lang/funcs`, HCL `ext/tryfunc`. */
export const typeConversionFunctions: FunctionTable = {
  tostring: conversionTo('string'),
  tonumber: conversionTo('number'),
  tobool: conversionTo('bool'),
  tolist: conversionTo(['list', 'dynamic']),
  toset: conversionTo(['set', 'dynamic']),
  tomap: conversionTo(['map', 'dynamic']),
  sensitive: changing((value) => withMarks(value, sensitive)),
  nonsensitive: changing((value) => withoutMark(value, sensitive)),
  ephemeralasnull: changing(ephemeralAsNull),
  issensitive: {
    parameters: [anything('value')],
    type: 'bool',
    call: ([value]) => {
      if (value && (value.marks & sensitive) !== 0) return boolValue(true);
      return value?.kind === 'known' || value?.kind === 'null' ? boolValue(false) : unknownValue('bool');
    },
  },
  try: {
    parameters: [],
    variadic: anything('expressions'),
    type: 'dynamic',
    call: ([value]) => value ?? nullValue('dynamic'),
    callLazily: firstWithoutFault,
  },
  can: {
    parameters: [anything('expression')],
    type: 'bool',
    call: () => boolValue(true),
    callLazily: ([argument]) => {
      if (argument === undefined) return unknownValue('bool');
      const { value, faults } = argument.evaluate();
      if (faults.length > 0) return boolValue(false);
      return isWhollyKnown(value) ? boolValue(true) : unknownValue('bool');
    },
  },
};

function changing(change: (value: Value) => Value): FunctionDefinition {
  return {
    parameters: [anything('value')],
    type: ([value]) => value?.type ?? 'dynamic',
    call: ([value]) => (value ? change(value) : unknownValue('dynamic')),
  };
}

function conversionTo(wanted: CtyType): FunctionDefinition {
  return {
    parameters: [anything('v')],
    type: ([value]) => {
      if (value && !typesEqual(value.type, wanted) && !canConvert(value.type, wanted)) {
        throw new ArgumentError(0, cannotConvert(value, wanted));
      }
      return wanted;
    },
    call: ([value]) => {
      if (value === undefined) return unknownValue(wanted);
      if (value.kind === 'unknown') return withMarks(unknownValue(wanted), value.marks);
      try {
        return convert(value, wanted);
      } catch (error) {
        if (!(error instanceof ConversionError)) throw error;
        throw new ArgumentError(0, conversionFault(value, wanted), { cause: error });
      }
    },
  };
}

function cannotConvert(value: Value, wanted: CtyType): string {
  return `cannot convert ${friendlyName(value.type)} to ${friendlyConstraint(wanted)}`;
}

function conversionFault(value: Value, wanted: CtyType): string {
  if ((deepMarks(value) & sensitive) !== 0) {
    return `cannot convert this sensitive ${friendlyName(value.type)} to ${friendlyConstraint(wanted)}`;
  }
  const text = value.kind === 'known' && typeof value.content === 'string' ? quote(value.content) : undefined;
  if (text !== undefined && wanted === 'bool') {
    return `cannot convert ${text} to bool; only the strings "true" or "false" are allowed`;
  }
  if (text !== undefined && wanted === 'number') {
    return `cannot convert ${text} to number; given string must be a decimal representation of a number`;
  }
  return cannotConvert(value, wanted);
}

function withoutMark(value: Value, mark: number): Value {
  return (value.marks & mark) === 0 ? value : { ...value, marks: value.marks & ~mark };
}

function ephemeralAsNull(value: Value): Value {
  if ((deepMarks(value) & ephemeral) === 0) return value;
  if ((value.marks & ephemeral) !== 0) {
    const kept = value.marks & ~ephemeral;
    const gone = value.kind === 'unknown' ? unknownValue(value.type) : nullValue(value.type);
    return withMarks(gone, kept);
  }
  if (value.kind !== 'known' || !isComposite(value.content)) return value;
  const content = mapContent(value.content, ephemeralAsNull);
  return typeof value.type !== 'string' && value.type[0] === 'set'
    ? withMarks(setValue(value.type[1], [...content.values()]), value.marks)
    : { ...value, content };
}

function firstWithoutFault(args: readonly LazyArgument[]): Value {
  if (args.length === 0) throw new Error('at least one argument is required');
  const all: string[] = [];
  for (const argument of args) {
    const { value, faults } = argument.evaluate();
    if (faults.length > 0) {
      all.push(...faults);
      continue;
    }
    // What is not known yet may turn out to be a fault, and the next argument the result.
    return isWhollyKnown(value) ? value : unknownValue('dynamic');
  }
  throw new Error(`no expression succeeded. ${all.join(' ')}`);
}
