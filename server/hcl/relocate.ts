import type { Range } from '../text/range';
import type { Expression, Name, TemplatePart } from './syntax';

/** Where a range of one text stands in another. */
export type Mapping = (range: Range) => Range;

/** Expressions nested deeper become error nodes: nobody writes them. */
const deepest = 1000;

/** A copy of an expression with every range mapped. */
export function relocate(expression: Expression, mapping: Mapping): Expression {
  return new Relocation(mapping).expression(expression);
}

class Relocation {
  private depth = 0;

  constructor(private readonly at: Mapping) {}

  expression(node: Expression): Expression {
    const range = this.at(node.range);
    if (this.depth >= deepest) return { kind: 'error', range };
    this.depth += 1;
    const copy = this.copy(node, range);
    this.depth -= 1;
    return copy;
  }

  private copy(node: Expression, range: Range): Expression {
    switch (node.kind) {
      case 'literal':
        return { kind: 'literal', range, value: node.value };
      case 'variable':
        return { kind: 'variable', range, name: node.name };
      case 'missing':
      case 'error':
        return { kind: node.kind, range };
      case 'template':
        return { kind: 'template', range, form: node.form, parts: this.parts(node.parts) };
      case 'getAttribute': {
        const { name } = node;
        const object = this.expression(node.object);
        return { kind: 'getAttribute', range, object, name, nameRange: this.at(node.nameRange) };
      }
      case 'index': {
        const { legacy } = node;
        return {
          kind: 'index',
          range,
          object: this.expression(node.object),
          key: this.expression(node.key),
          legacy,
        };
      }
      case 'splat':
        return { kind: 'splat', range, object: this.expression(node.object), full: node.full };
      case 'call':
        return {
          kind: 'call',
          range,
          name: node.name,
          nameRange: this.at(node.nameRange),
          arguments: node.arguments.map((argument) => this.expression(argument)),
          expand: node.expand,
        };
      case 'tuple':
        return { kind: 'tuple', range, items: node.items.map((item) => this.expression(item)) };
      case 'object':
        return {
          kind: 'object',
          range,
          items: node.items.map((item) => ({
            range: this.at(item.range),
            key: this.expression(item.key),
            value: this.expression(item.value),
          })),
        };
      default:
        return this.operation(node, range);
    }
  }

  private operation(
    node: Extract<
      Expression,
      { kind: 'unary' | 'binary' | 'conditional' | 'parenthesis' | 'forTuple' | 'forObject' }
    >,
    range: Range,
  ): Expression {
    switch (node.kind) {
      case 'unary':
        return { kind: 'unary', range, operator: node.operator, operand: this.expression(node.operand) };
      case 'binary': {
        const left = this.expression(node.left);
        return { kind: 'binary', range, operator: node.operator, left, right: this.expression(node.right) };
      }
      case 'conditional':
        return {
          kind: 'conditional',
          range,
          condition: this.expression(node.condition),
          then: this.expression(node.then),
          else: this.expression(node.else),
        };
      case 'parenthesis':
        return { kind: 'parenthesis', range, inner: this.expression(node.inner) };
      case 'forTuple':
        return {
          kind: 'forTuple',
          range,
          variables: this.names(node.variables),
          collection: this.expression(node.collection),
          value: this.expression(node.value),
          condition: node.condition && this.expression(node.condition),
        };
      case 'forObject':
        return {
          kind: 'forObject',
          range,
          variables: this.names(node.variables),
          collection: this.expression(node.collection),
          key: this.expression(node.key),
          value: this.expression(node.value),
          grouping: node.grouping,
          condition: node.condition && this.expression(node.condition),
        };
    }
  }

  private parts(parts: readonly TemplatePart[]): TemplatePart[] {
    return parts.map((part): TemplatePart => {
      const range = this.at(part.range);
      switch (part.kind) {
        case 'text':
          return { kind: 'text', range, value: part.value };
        case 'interpolation':
          return { kind: 'interpolation', range, expression: this.expression(part.expression) };
        case 'if':
          return {
            kind: 'if',
            range,
            condition: this.expression(part.condition),
            then: this.parts(part.then),
            else: this.parts(part.else),
          };
        case 'for':
          return {
            kind: 'for',
            range,
            variables: this.names(part.variables),
            collection: this.expression(part.collection),
            body: this.parts(part.body),
          };
      }
    });
  }

  private names(names: readonly Name[]): Name[] {
    return names.map(({ name, range }) => ({ name, range: this.at(range) }));
  }
}
