/**
 * Whether addresses fit a pattern of a scenario: `*` stands for any characters, and what has no instance key for every
 * instance, of modules as well as of resources.
 *
 * @returns the text of a regular expression for the whole address
 */
export function toAddressExpression(pattern: string): string {
  const parts = splitAddress(pattern).map((part, index, all) => {
    const text = part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    const names = all[index - 1] === 'module' || index === all.length - 1;
    return names && !part.endsWith(']') ? `${text}(\\[.+\\])?` : text;
  });
  return `^${parts.join('\\.')}$`;
}

/** An address without the keys of instances: the block it comes from. */
export function withoutKeys(address: string): string {
  return splitAddress(address)
    .map((part) => part.replace(/\[.*\]$/s, ''))
    .join('.');
}

/** The parts between dots, not between those inside an instance key. */
function splitAddress(address: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < address.length; at++) {
    const character = address.charAt(at);
    if (character === '.' && depth === 0) {
      parts.push('');
      continue;
    }
    if (character === '"' && address.charAt(at - 1) !== '\\') quoted = !quoted;
    if (!quoted && character === '[') depth += 1;
    if (!quoted && character === ']') depth = Math.max(0, depth - 1);
    parts.push((parts.pop() ?? '') + character);
  }
  return parts;
}
