import type { Expression, Name, TemplatePart } from '../hcl/syntax';
import { childExpressions } from '../hcl/walk';

interface Place {
  readonly node: Expression;
  readonly bound: ReadonlySet<string>;
}

/** A name and the attribute taken from it, if it is one. */
export interface FreeVariable extends Name {
  readonly attribute?: Name;
}

/** The names that an expression takes from around it, in file order; not those that its `for`s give. */
export function freeVariables(expression: Expression): FreeVariable[] {
  const found: FreeVariable[] = [];
  const stack: Place[] = [{ node: expression, bound: new Set() }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const { node, bound } = place;
    const variable = node.kind === 'getAttribute' ? node.object : node;
    if (variable.kind !== 'variable') {
      stack.push(...inside(node, bound).reverse());
    } else if (!bound.has(variable.name)) {
      const { name, range } = variable;
      const attribute = node.kind === 'getAttribute' && { name: node.name, range: node.nameRange };
      found.push({ name, range, ...(attribute && { attribute }) });
    }
  }
  return found;
}

function inside(node: Expression, bound: ReadonlySet<string>): Place[] {
  const place = (child: Expression, names = bound): Place => ({ node: child, bound: names });
  switch (node.kind) {
    case 'template':
      return insideParts(node.parts, bound);
    case 'object':
      // A bare name as a key is a string.
      return node.items.flatMap(({ key, value }) =>
        key.kind === 'variable' ? [place(value)] : [place(key), place(value)],
      );
    case 'forTuple':
    case 'forObject': {
      const names = withNames(bound, node.variables);
      const members = node.kind === 'forObject' ? [node.key, node.value] : [node.value];
      if (node.condition) members.push(node.condition);
      return [place(node.collection), ...members.map((member) => place(member, names))];
    }
    case 'call':
      // OpenTofu's convert takes a type second, whose names are no references.
      return (/^(core::)?convert$/.test(node.name) ? node.arguments.slice(0, 1) : node.arguments).map(
        (child) => place(child),
      );
    default:
      return childExpressions(node).map((child) => place(child));
  }
}

function insideParts(parts: readonly TemplatePart[], bound: ReadonlySet<string>): Place[] {
  return parts.flatMap((part): Place[] => {
    switch (part.kind) {
      case 'text':
        return [];
      case 'interpolation':
        return [{ node: part.expression, bound }];
      case 'if':
        return [
          { node: part.condition, bound },
          ...insideParts(part.then, bound),
          ...insideParts(part.else, bound),
        ];
      case 'for':
        return [
          { node: part.collection, bound },
          ...insideParts(part.body, withNames(bound, part.variables)),
        ];
    }
  });
}

function withNames(bound: ReadonlySet<string>, names: readonly Name[]): ReadonlySet<string> {
  return new Set([...bound, ...names.map(({ name }) => name)]);
}
