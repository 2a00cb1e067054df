import path from 'node:path';
import type { CtyType } from '../../cty/type';
import { conforms, hasDynamic } from '../../cty/types';
import { readTypeConstraint } from '../../cty/typeConstraint';
import type { Expression } from '../../hcl/syntax';
import { isVariablesName } from '../../terraform/fileNames';
import type { Declaration, Module } from '../../terraform/model';
import { attributeOf, blocksOf } from '../../terraform/values';
import { variablesBeside } from '../names/sideFiles';
import type { Snapshot } from '../snapshot';
import { typesOf } from '../values/inputs';
import { overrideOf } from './blocks';

/** The only value that a variable ever has, as an expression of its type; or why there is none. */
export function fixedValue(
  snapshot: Snapshot,
  module: Module,
  declaration: Declaration,
): { readonly source: string } | { readonly reason: string } {
  const { node, name, file } = declaration;
  const value = node.kind === 'block' ? attributeOf(node.body, 'default')?.value : undefined;
  if (node.kind !== 'block' || value === undefined)
    return { reason: `The variable "${name}" has no default, so that its value comes from outside.` };
  const setter = overrideOf(module, declaration) ?? setterOf(snapshot, module, name);
  if (setter !== undefined) return { reason: `${setter} sets the variable "${name}".` };
  if (blocksOf(node.body, 'validation').length > 0)
    return { reason: `The variable "${name}" has validations, which only a variable can have.` };
  if (isTrue(attributeOf(node.body, 'ephemeral')?.value))
    return { reason: `The variable "${name}" is ephemeral, which only a variable can be.` };
  const typed = asTyped(snapshot, module, value, file.syntax.text, attributeOf(node.body, 'type')?.value);
  if (typed === undefined)
    return { reason: `The default of "${name}" is converted to its type in a way that no expression does.` };
  const source = isTrue(attributeOf(node.body, 'sensitive')?.value) ? `sensitive(${typed})` : typed;
  return { source };
}

/** Who gives the variable a value, as far as the workspace knows. */
function setterOf(snapshot: Snapshot, module: Module, name: string): string | undefined {
  for (const { call } of snapshot.index.callsOf(module)) {
    if (call.node.kind === 'block' && attributeOf(call.node.body, name) !== undefined) return call.address;
  }
  const test = variablesBeside(snapshot, module).find(
    ({ block }) => attributeOf(block.body, name) !== undefined,
  );
  if (test !== undefined) return path.basename(test.file.path);
  return snapshot.index.files
    .list(module.directory)
    .filter(isVariablesName)
    .find((file) => {
      const body = snapshot.index.file(path.join(module.directory, file))?.syntax.body;
      return body !== undefined && attributeOf(body, name) !== undefined;
    });
}

function isTrue(value: Expression | undefined): boolean {
  return value?.kind === 'literal' && value.value === true;
}

const conversions: Readonly<Record<string, string>> = { list: 'tolist', set: 'toset', map: 'tomap' };

/** The default as its type makes it: a list is no tuple to everything that looks at it. */
function asTyped(
  snapshot: Snapshot,
  module: Module,
  value: Expression,
  text: string,
  constraint: Expression | undefined,
): string | undefined {
  const source = text.slice(value.range.start, value.range.end);
  if (constraint === undefined) return source.trimEnd();
  const { type } = readTypeConstraint(constraint);
  const { value: given } = typesOf(snapshot, module).evaluate(value);
  if (type === 'dynamic' || given.kind === 'null') return source.trimEnd();
  if (typeof type === 'string') return given.type === type ? source.trimEnd() : undefined;
  if (value.kind === 'template') return undefined;
  const name = conversions[type[0]];
  if (name === undefined) return conforms(given.type, type) && !hasDynamic(type) ? source : undefined;
  return isHomogeneous(given.type, type) ? `${name}(${source})` : undefined;
}

/** Whether `tolist` and its like give exactly this type. */
function isHomogeneous(given: CtyType, wanted: CtyType): boolean {
  if (typeof given === 'string' || typeof wanted === 'string') return false;
  const element = wanted[1] as CtyType;
  if (given[0] === 'tuple') return given[1].every((member) => member === element);
  if (given[0] === 'object') return Object.values(given[1]).every((member) => member === element);
  return false;
}
