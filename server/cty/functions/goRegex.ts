import { RE2JS, RE2JSSyntaxException } from 're2js';

/** A pattern in Go's syntax. Matching takes time in proportion to the text, whatever the pattern. */
export interface GoRegex {
  /** The names of the groups from 1, undefined where a group has none. */
  readonly groups: readonly (string | undefined)[];
  /** All matches in order that do not overlap, at most `limit`; undefined where finding them would take too long. */
  find(text: string, limit?: number): readonly Match[] | undefined;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  /** The text of the whole match and of each group; undefined for a group that took no part. */
  readonly texts: readonly (string | undefined)[];
}

/** What is wrong with a pattern, in Go's words. */
export class PatternError extends Error {
  constructor(
    /** `missing closing )` */
    readonly fault: string,
    /** The part of the pattern that is at fault. */
    readonly part: string,
  ) {
    super(`error parsing regexp: ${fault}: \`${part}\``);
    this.name = 'PatternError';
  }
}

const cache = new Map<string, GoRegex>();
const cacheSize = 200;

/** Throws a PatternError. */
export function compile(pattern: string): GoRegex {
  const known = cache.get(pattern);
  if (known) return known;
  const regex = toRegex(pattern);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(pattern, regex);
  return regex;
}

/** How many steps (instructions of the pattern times units of the text) an editor can wait for. */
const budget = 1e8;
/** In milliseconds. Looking for the next match may go through the whole text each time. */
const longest = 1500;

function toRegex(pattern: string): GoRegex {
  const { compiled, groups } = compileGroups(pattern);
  return {
    groups,
    find(text, limit = Infinity) {
      if (compiled.programSize() * text.length > budget) return undefined;
      const matcher = compiled.matcher(text);
      const matches: Match[] = [];
      let previousEnd = -1;
      const deadline = Date.now() + longest;
      while (matches.length < limit && matcher.find()) {
        if (Date.now() > deadline) return undefined;
        const [start, end] = [matcher.start(), matcher.end()];
        // Go, unlike Java, takes no empty match right behind another match.
        if (start === end && end === previousEnd) continue;
        previousEnd = end;
        const texts = [...groups.keys(), groups.length].map((group) => matcher.group(group) ?? undefined);
        matches.push({ start, end, texts });
      }
      return matches;
    },
  };
}

function compileGroups(pattern: string): { compiled: RE2JS; groups: (string | undefined)[] } {
  try {
    const compiled = RE2JS.compile(pattern);
    const groups = new Array<string | undefined>(compiled.groupCount()).fill(undefined);
    for (const [name, index] of Object.entries(compiled.namedGroups())) groups[index - 1] = name;
    return { compiled, groups };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const fault: unknown = error.error;
    const part: unknown = error.input;
    if (String(fault) !== 'duplicate capture group name') {
      throw new PatternError(String(fault), typeof part === 'string' ? part : '');
    }
    const unique = withUniqueNames(pattern);
    const { compiled, groups } = compileGroups(unique.pattern);
    return { compiled, groups: groups.map((name) => (name === undefined ? name : unique.names.get(name))) };
  }
}

const nameOrOpaque =
  /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:[^\]]*:\]|[^\]\\])*\]|\(\?P?<([A-Za-z0-9_]+)>/g;

/** Go takes two groups of one name, the library does not: gives every group a name of its own. */
function withUniqueNames(pattern: string): { pattern: string; names: Map<string, string> } {
  const names = new Map<string, string>();
  const renamed = pattern.replace(nameOrOpaque, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    const unique = `group${String(names.size)}`;
    names.set(unique, name);
    return `(?P<${unique}>`;
  });
  return { pattern: renamed, names };
}
