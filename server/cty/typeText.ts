import { attributeEntries, isCollection, isObject, isTuple } from './types';
import type { CtyType } from './type';
import type { Value } from './value';

/** The value's type as `type(…)` prints it in `terraform console`: over several lines where it has members. */
export function typeText(value: Value): string {
  return write(value.type, 0);
}

function write(type: CtyType, depth: number): string {
  if (typeof type === 'string') return type;
  if (isObject(type)) {
    const members = attributeEntries(type).map(([name, member]) => `${name}: ${write(member, depth + 1)}`);
    return members.length === 0 ? 'object({})' : `object({\n${lines(members, depth + 1)}${indent(depth)}})`;
  }
  if (isTuple(type)) {
    const members = type[1].map((member) => write(member, depth + 1));
    return members.length === 0 ? 'tuple([])' : `tuple([\n${lines(members, depth + 1)}${indent(depth)}])`;
  }
  const [kind, element] = type;
  return isCollection(element) || typeof element === 'string'
    ? `${kind}(${write(element, depth)})`
    : `${kind}(\n${lines([write(element, depth + 1)], depth + 1)}${indent(depth)})`;
}

function lines(members: readonly string[], depth: number): string {
  return members.map((member) => `${indent(depth)}${member},\n`).join('');
}

function indent(depth: number): string {
  return '    '.repeat(depth);
}
