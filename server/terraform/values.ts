import type { Attribute, Block, Body, Expression } from '../hcl/syntax';

/** The attribute of that name directly in a body. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  for (const item of body.items) {
    if (item.kind === 'attribute' && item.name === name) return item;
  }
  return undefined;
}

/** The blocks of that type directly in a body. */
export function blocksOf(body: Body, type: string): Block[] {
  return body.items.filter((item) => item.kind === 'block' && item.type === type) as Block[];
}

/** The text of a quoted string or heredoc without interpolation; `undefined` for every other expression. */
export function literalString(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'template') return undefined;
  let text = '';
  for (const part of expression.parts) {
    if (part.kind !== 'text') return undefined;
    text += part.value;
  }
  return text;
}

/** The name an object key stands for: a bare identifier, `true`, `false` or `null` among them, or a literal string. */
export function keyName(key: Expression): string | undefined {
  if (key.kind === 'variable') return key.name;
  const isWord = key.kind === 'literal' && (key.value === null || typeof key.value === 'boolean');
  return isWord ? String(key.value) : literalString(key);
}
