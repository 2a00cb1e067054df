import { ConversionError, convert, pathText } from '../../cty/convert';
import { describeValue } from '../../cty/describe';
import { typeToString } from '../../cty/type';
import { readTypeConstraint } from '../../cty/typeConstraint';
import { applyDefaults } from '../../cty/typeDefaults';
import type { Block } from '../../hcl/syntax';
import type { Declaration, Module } from '../../terraform/model';
import { inputsOf } from '../../terraform/stacks/stackCalls';
import type { Input } from '../../terraform/stacks/stackCalls';
import { attributeOf, keyName } from '../../terraform/values';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import { didYouMean, nearest } from '../suggestion';
import { typesOf } from '../values/inputs';

/** Checks the `inputs` of a component, an embedded stack or a deployment against the variables of what it calls. */
export function checkInputs(snapshot: Snapshot, module: Module, call: Declaration): Diagnostic[] {
  const called = snapshot.index.called(call, module);
  if (called === undefined || called.unread.length > 0 || call.node.kind !== 'block') return [];
  const variables = called.declarations.filter(({ kind }) => kind === 'variable');
  const given = inputsOf(call);
  return [
    ...unknown(call, given, variables),
    ...missing(call, call.node, given, variables),
    ...given.flatMap((input) => wrongType(snapshot, module, call.node, input, variables)),
  ];
}

/** Terraform leaves them out without a word (its conversion of objects does), so that they are no error. */
function unknown(
  call: Declaration,
  given: readonly Input[],
  variables: readonly Declaration[],
): Diagnostic[] {
  const names = variables.map(({ name }) => name);
  return given
    .filter(({ name }) => !names.includes(name))
    .map(({ name, range }) => {
      const suggestion = nearest(name, names);
      const message = `${ownerOf(call)} has no variable "${name}", so that this value is ignored.${didYouMean(suggestion)}`;
      return diagnosticOf('unknown-input', range, message, { suggestion, facts: { name } });
    });
}

function missing(
  call: Declaration,
  block: Block,
  given: readonly Input[],
  variables: readonly Declaration[],
): Diagnostic[] {
  const inputs = attributeOf(block.body, 'inputs');
  // An object that is computed, or has computed keys, may hold anything.
  if (inputs !== undefined && inputs.value.kind !== 'object') return [];
  if (inputs?.value.kind === 'object' && inputs.value.items.some(({ key }) => keyName(key) === undefined))
    return [];
  if (!block.closed) return [];
  const names = new Set(given.map(({ name }) => name));
  return variables
    .filter((variable) => isRequired(variable) && !names.has(variable.name))
    .map(({ name }) => {
      const message = `${call.address} needs a value for "${name}": ${ownerOf(call).toLowerCase()} declares that variable without a default.`;
      return diagnosticOf('missing-input', inputs?.nameRange ?? block.typeRange, message, {
        facts: { name },
      });
    });
}

/** Whether a variable has no default. */
export function isRequired({ node }: Declaration): boolean {
  return node.kind === 'block' && attributeOf(node.body, 'default') === undefined;
}

function wrongType(
  snapshot: Snapshot,
  module: Module,
  node: Declaration['node'],
  { name, value: expression }: Input,
  variables: readonly Declaration[],
): Diagnostic[] {
  const variable = variables.find((each) => each.name === name);
  const constraint =
    variable?.node.kind === 'block' ? attributeOf(variable.node.body, 'type')?.value : undefined;
  if (constraint === undefined || node.kind !== 'block') return [];
  const values = typesOf(snapshot, module);
  const { value, errors } = values.evaluate(expression, values.bindingsIn(node));
  const { type, defaults, errors: unreadable } = readTypeConstraint(constraint);
  // Some types, such as those of provider configurations, are of stacks alone.
  if (errors.length > 0 || unreadable.length > 0) return [];
  try {
    convert(applyDefaults(value, defaults), type);
    return [];
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const fault = error.path.length === 0 ? error.message : `${pathText(error.path)}: ${error.message}`;
    const text = typeToString(type);
    const message = `"${name}" must be ${text}, and this is ${describeValue(value)}: ${fault}.`;
    return [diagnosticOf('wrong-type', expression.range, message, { facts: { type: text } })];
  }
}

function ownerOf({ kind }: Declaration): string {
  return kind === 'component' ? 'The module of the component' : 'The stack';
}
