/** A pattern that no name can be compared with. The message is Go's. */
export class BadPatternError extends Error {
  constructor() {
    super('syntax error in pattern');
    this.name = 'BadPatternError';
  }
}

/** Whether a part of a path has to be looked up in its folder, instead of being a name. */
export function hasPattern(part: string): boolean {
  return /[*?[{\\]/.test(part);
}

/** The parts of a pattern between slashes; one after a backslash separates nothing. */
export function splitPattern(pattern: string): string[] {
  return splitUnescaped(pattern, '/');
}

/**
 * Whether a name without slashes matches a part of a pattern: `*`, `?`, `[a-z]`, `[^a-z]`, `{one,two}` and `\` before a
 * character that stands for itself, as doublestar 1.1.5 understands them, which Terraform uses. Throws a
 * BadPatternError where the comparison comes to a mistake in the pattern.
 */
export function matchPart(pattern: string, name: string): boolean {
  return new Matcher(Array.from(name)).matches(pattern, 0);
}

class Matcher {
  /** What did not match, so that many stars do not take forever. */
  private readonly failed = new Set<string>();

  constructor(private readonly name: readonly string[]) {}

  matches(pattern: string, from: number): boolean {
    const key = `${from}:${pattern}`;
    if (this.failed.has(key)) return false;
    const result = this.compare(pattern, from);
    if (!result) this.failed.add(key);
    return result;
  }

  private compare(pattern: string, from: number): boolean {
    const characters = Array.from(pattern);
    if (characters.length === 0) return from === this.name.length;
    if (from === this.name.length && pattern !== '*') return false;
    let [at, position] = [0, from];
    while (at < characters.length && position < this.name.length) {
      const character = characters[at];
      const rest = characters.slice(at + 1).join('');
      if (character === '*') return rest === '' || this.afterStar(rest, position);
      if (character === '{') return this.oneOf(rest, position);
      const length = character === '[' ? classLength(rest) : character === '\\' ? 2 : 1;
      if (!this.one(characters.slice(at, at + length), this.name[position] ?? '')) return false;
      at += length;
      position += 1;
    }
    const left = characters.slice(at).join('');
    return position === this.name.length && (left === '' || left === '*' || left === '**');
  }

  /** A star in the middle needs at least one character after it, as in doublestar. */
  private afterStar(rest: string, position: number): boolean {
    for (let start = position; start < this.name.length; start++) {
      if (this.matchesSoftly(rest, start)) return true;
    }
    return false;
  }

  /** After a star a mistake in the pattern counts as no match. */
  private matchesSoftly(rest: string, start: number): boolean {
    try {
      return this.matches(rest, start);
    } catch (error) {
      if (error instanceof BadPatternError) return false;
      throw error;
    }
  }

  private oneOf(rest: string, position: number): boolean {
    const end = unescapedIndex(rest, '}');
    if (end < 0) throw new BadPatternError();
    const after = rest.slice(end + 1);
    return splitUnescaped(rest.slice(0, end), ',').some((option) => this.matches(option + after, position));
  }

  private one(pattern: readonly string[], character: string): boolean {
    const [first, ...rest] = pattern;
    if (first === '?') return true;
    if (first === '[') return inClass(rest.slice(0, -1), character);
    if (first !== '\\') return first === character;
    if (rest.length === 0) throw new BadPatternError();
    return rest[0] === character;
  }
}

/** With both brackets. `rest` starts after the first one. */
function classLength(rest: string): number {
  const end = unescapedIndex(rest, ']');
  if (end < 0) throw new BadPatternError();
  return Array.from(rest.slice(0, end)).length + 2;
}

function inClass(members: readonly string[], character: string): boolean {
  if (members.length === 0) throw new BadPatternError();
  const isNegated = members[0] === '^';
  let at = isNegated ? 1 : 0;
  let isIn = false;
  const next = (): number => {
    const member = members[at++];
    if (member === '-') throw new BadPatternError();
    const literal = member === '\\' ? members[at++] : member;
    if (literal === undefined) throw new BadPatternError();
    return literal.codePointAt(0) ?? 0;
  };
  const code = character.codePointAt(0) ?? 0;
  while (at < members.length) {
    const low = next();
    let high = low;
    if (members[at] === '-') {
      at++;
      high = next();
    }
    if (low <= code && code <= high) isIn = true;
  }
  return isIn !== isNegated;
}

/** Where a character is that no backslash stands before, or -1. */
function unescapedIndex(text: string, character: string): number {
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    if (at === 0 || text[at - 1] !== '\\') return at;
  }
  return -1;
}

function splitUnescaped(text: string, separator: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let at = unescapedIndex(rest, separator); at >= 0; at = unescapedIndex(rest, separator)) {
    parts.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...parts, rest];
}
