import { typeToString } from '../cty/type';
import type { CtyType } from '../cty/type';

/** A type that fits on one line stays on one; a deeper one is cut off. */
const widest = 60;
const deepest = 4;
const mostMembers = 25;

/** A type as a person writes it, objects over several lines where they are long. */
export function typeText(type: CtyType, indent = '', depth = 0): string {
  const short = typeToString(type);
  if (typeof type === 'string' || short.length + indent.length <= widest) return short;
  if (depth >= deepest) return type[0] === 'object' ? 'object({ … })' : `${type[0]}(…)`;
  switch (type[0]) {
    case 'object': {
      const optional = new Set(type[2] ?? []);
      const inner = `${indent}  `;
      const entries = Object.entries(type[1]);
      const width = Math.max(...entries.map(([name]) => name.length));
      const lines = entries.slice(0, mostMembers).map(([name, member]) => {
        const text = typeText(member, inner, depth + 1);
        return `${inner}${name.padEnd(width)} = ${optional.has(name) ? `optional(${text})` : text}`;
      });
      if (entries.length > mostMembers) lines.push(`${inner}# and ${entries.length - mostMembers} more`);
      return `object({\n${lines.join('\n')}\n${indent}})`;
    }
    case 'tuple':
      return `tuple([${type[1].map((element) => typeText(element, indent, depth + 1)).join(', ')}])`;
    default:
      return `${type[0]}(${typeText(type[1], indent, depth + 1)})`;
  }
}
