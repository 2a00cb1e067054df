import type { Availability, Product } from './language/availability';
import { releasesOf } from './language/releases';
import { compareVersions } from './versionConstraint';

/** How many of the releases that may read a module know something. */
export type Support = 'all' | 'some' | 'none';

/** What says which releases may read a module. */
export type EditionOrigin =
  /** A version constraint, as it is written. */
  | { readonly kind: 'constraint'; readonly text: string }
  /** A file that names the version to use: `.terraform-version`. */
  | { readonly kind: 'file'; readonly name: string }
  /** The program that the person runs. */
  | { readonly kind: 'program' }
  /** Nothing: every release may, and the newest is meant. */
  | { readonly kind: 'nothing' };

/** What is known about who reads a module. */
export interface EditionFacts {
  readonly product: Product;
  /** Whether something says that it is this product; without a sign it is a guess. */
  readonly certain: boolean;
  /** The version constraints around the module, where somebody wrote one. */
  readonly constraint?:
    | {
        /** As written, for messages. */
        readonly text: string;
        readonly admits: (version: string) => boolean;
        /** The versions that stand in it; they may be newer than all that are known. */
        readonly versions: readonly string[];
      }
    | undefined;
  /** The version that a file asks for, and the file's name. */
  readonly asked?: { readonly version: string; readonly name: string } | undefined;
  /** The version of the program at hand. */
  readonly program?: string | undefined;
}

/** The product and the releases that a module is written for. */
export class Edition {
  readonly product: Product;
  readonly certain: boolean;
  readonly origin: EditionOrigin;
  /** The releases that may read the module, oldest first; there is one at least. */
  readonly releases: readonly [string, ...string[]];
  /** The one of them that will read it here, where that is known. */
  readonly atHand: string | undefined;
  private readonly answers = new Map<Availability, Support>();

  constructor(facts: EditionFacts) {
    this.product = facts.product;
    this.certain = facts.certain;
    this.atHand = facts.asked?.version ?? facts.program;
    const { origin, releases } = chosen(facts);
    this.origin = origin;
    this.releases = releases;
  }

  get lowest(): string {
    return this.releases[0];
  }

  get highest(): string {
    return this.releases.at(-1) ?? this.releases[0];
  }

  /**
   * Whether a release newer than all whose language is known may read the module: what is unknown may be right then.
   */
  get mayKnowMore(): boolean {
    const newest = releasesOf(this.product).at(-1) ?? '0';
    return minor(this.atHand ?? '0', newest) > 0 || minor(this.lowest, newest) > 0;
  }

  /** How many of the releases know something; what has no availability was always known. */
  support(availability: Availability | undefined): Support {
    if (availability === undefined) return 'all';
    const before = this.answers.get(availability);
    if (before !== undefined) return before;
    const answer = this.supportOf(availability);
    this.answers.set(availability, answer);
    return answer;
  }

  /** Whether the release that will read the module here knows something; `undefined` where it is not known which. */
  knownAtHand(availability: Availability): boolean | undefined {
    return this.atHand === undefined ? undefined : isIn(this.atHand, availability, this.product);
  }

  private supportOf(availability: Availability): Support {
    if (availability[this.product] === undefined) return 'none';
    const knows = (version: string) => isIn(version, availability, this.product);
    // Releases that know something follow each other.
    if (knows(this.lowest) && knows(this.highest)) return 'all';
    return this.releases.some(knows) ? 'some' : 'none';
  }
}

function chosen(facts: EditionFacts): Pick<Edition, 'origin' | 'releases'> {
  const known = releasesOf(facts.product);
  const { constraint } = facts;
  if (constraint !== undefined) {
    const isKnown = (version: string) => known.some((release) => compareVersions(release, version) === 0);
    const further = constraint.versions.filter((version) => !isKnown(version));
    const [first, ...rest] = [...known, ...further]
      .filter(constraint.admits)
      .sort((a, b) => compareVersions(a, b) ?? 0);
    if (first !== undefined)
      return { origin: { kind: 'constraint', text: constraint.text }, releases: [first, ...rest] };
  }
  if (facts.asked !== undefined)
    return { origin: { kind: 'file', name: facts.asked.name }, releases: [facts.asked.version] };
  if (facts.program !== undefined) return { origin: { kind: 'program' }, releases: [facts.program] };
  return { origin: { kind: 'nothing' }, releases: [known.at(-1) ?? '1.0.0'] };
}

/** A release before its final version has what the final one has. */
function isIn(version: string, availability: Availability, product: Product): boolean {
  const span = availability[product];
  if (span === undefined) return false;
  const release = version.replace(/-.*$/, '');
  if ((compareVersions(release, span.since) ?? 0) < 0) return false;
  return span.until === undefined || (compareVersions(release, span.until) ?? 0) < 0;
}

function minor(a: string, b: string): number {
  const short = (version: string) => version.split('.').slice(0, 2).join('.').replace(/-.*$/, '');
  return compareVersions(short(a), short(b)) ?? 0;
}
