import { parseFile } from '../../hcl/parser';
import { evaluate } from '../evaluate';
import type { Scope } from '../scope';
import { attributeNames, isObject, kindOf } from '../types';
import { isWhollyKnown } from '../marks';
import type { CtyType } from '../type';
import type { Value } from '../value';
import { objectValue, stringValue, unknownValue } from '../value';
import { textOf } from './argumentValues';
import { argument, entriesOf } from './contents';
import type { FunctionTable, Parameter, World } from './function';
import { quote } from './goQuote';
import { isIdentifier, toAttributes, toExpression } from './hclText';

const anyValue: Parameter = { name: 'value', type: 'dynamic', allowUnknown: true };

/** The functions of the provider that is built into Terraform. Facts: Terraform 1.11 `builtin/providers/terraform`. */
export const terraformFunctions: FunctionTable = {
  'provider::terraform::decode_tfvars': {
    parameters: [{ name: 'src', type: 'string' }],
    type: 'dynamic',
    call: (args, _, world) => decodeVariables(textOf(args[0]), world),
  },
  'provider::terraform::encode_expr': {
    parameters: [anyValue],
    type: 'string',
    notNull: true,
    call: (args, type) => {
      const value = argument(args, 0);
      return textOrUnknown(isWhollyKnown(value) ? toExpression(value) : undefined, type);
    },
  },
  'provider::terraform::encode_tfvars': {
    parameters: [anyValue],
    type: 'string',
    notNull: true,
    call: (args, type) => encodeVariables(argument(args, 0), type),
  },
};

function textOrUnknown(text: string | undefined, type: CtyType): Value {
  return text === undefined ? unknownValue(type) : stringValue(text);
}

function encodeVariables(value: Value, type: CtyType): Value {
  if (!isWhollyKnown(value)) return unknownValue(type);
  if (!isObject(value.type) && kindOf(value.type) !== 'map') {
    throw new Error(
      'invalid value to encode: must be an object whose attribute names will become the encoded variable names',
    );
  }
  const members = entriesOf(value);
  for (const name of isObject(value.type) ? attributeNames(value.type) : members.keys()) {
    if (isIdentifier(name)) continue;
    throw new Error(
      `invalid variable name ${quote(name)}: must be a valid identifier, per Terraform's rules for input variable declarations`,
    );
  }
  return textOrUnknown(toAttributes(members), type);
}

function decodeVariables(text: string, world: World): Value {
  const { body, errors } = parseFile(text);
  const [error] = errors;
  if (error) throw new Error(`invalid tfvars syntax: ${placeOf(text, error.range.start)}: ${error.message}`);
  const scope = emptyScope(world);
  const values: [string, Value][] = [];
  for (const item of body.items) {
    if (item.kind === 'block') {
      throw new Error(
        `invalid tfvars content: ${placeOf(text, item.range.start)}: Unexpected ${quote(item.type)} block; Blocks are not allowed here`,
      );
    }
    const { value, errors: faults } = evaluate(item.value, scope);
    const [fault] = faults;
    if (fault) {
      throw new Error(
        `invalid expression for variable ${quote(item.name)}: ${placeOf(text, fault.range.start)}: ${fault.message}`,
      );
    }
    // Only a provider's function gives what is not known, and none can be called here.
    if (!isWhollyKnown(value))
      throw new Error(
        `invalid expression for variable ${quote(item.name)}: functions may not be called here`,
      );
    values.push([item.name, value]);
  }
  return objectValue(values);
}

/** Neither names nor functions stand for anything in a file of variables. */
function emptyScope(world: World): Scope {
  return { variable: () => undefined, functions: () => undefined, world };
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `<decode_tfvars argument>:${line},${offset - before.lastIndexOf('\n')}`;
}
