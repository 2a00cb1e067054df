/**
 * Whether a version satisfies a Terraform version constraint such as `~> 5.0, != 5.3.1`. `undefined` when either
 * cannot be read. Operators are those of Terraform: `=`, `!=`, `>`, `>=`, `<`, `<=`, `~>`; none means `=`.
 */
export function satisfies(version: string, constraint: string): boolean | undefined {
  const actual = parseVersion(version);
  if (actual === undefined) return undefined;
  for (const clause of constraint.split(',')) {
    const match = /^\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\S+)\s*$/.exec(clause);
    const wanted = parseVersion(match?.[2] ?? '');
    if (match === null || wanted === undefined) return undefined;
    if (!holds(match[1] ?? '=', actual, wanted)) return false;
  }
  return true;
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; `undefined` when one cannot be read. */
export function compareVersions(a: string, b: string): number | undefined {
  const left = parseVersion(a);
  const right = parseVersion(b);
  return left === undefined || right === undefined ? undefined : compare(left, right);
}

interface Version {
  readonly numbers: readonly number[];
  readonly prerelease: string;
}

function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+(?:\.\d+){0,2})(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(text.trim());
  return match === null
    ? undefined
    : { numbers: (match[1] ?? '').split('.').map(Number), prerelease: match[2] ?? '' };
}

function holds(operator: string, actual: Version, wanted: Version): boolean {
  const order = compare(actual, wanted);
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    default:
      // `~>` lets only the last number written grow.
      return (
        order >= 0 &&
        wanted.numbers.slice(0, -1).every((number, index) => number === (actual.numbers[index] ?? 0))
      );
  }
}

function compare(a: Version, b: Version): number {
  for (let index = 0; index < 3; index += 1) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === '') return 1;
  if (b.prerelease === '') return -1;
  return a.prerelease < b.prerelease ? -1 : 1;
}
