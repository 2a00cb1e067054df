import type { Edition } from '../terraform/edition';
import type { Availability, Product, Span } from '../terraform/language/availability';
import { productName } from '../terraform/language/releases';
import type { Module } from '../terraform/model';
import { attributeOf, blocksOf } from '../terraform/values';
import type { Range } from '../text/range';
import { compareVersions } from '../terraform/versionConstraint';
import { diagnosticOf } from './diagnostic';
import type { Diagnostic } from './diagnostic';

/** Something of the language that not every release knows, where it is used. */
export interface Construct {
  /** With its kind, as the object of a sentence: `the function "one"`, `"check" blocks`. */
  readonly name: string;
  readonly range: Range;
  readonly available: Availability | undefined;
  /** What it does; what to use where it is gone, if there is something, in the last sentence. */
  readonly description?: string | undefined;
  /** The experiment that let earlier releases know it. */
  readonly experiment?: string | undefined;
}

/** What is to be said of the constructs of one file; of what only some releases lack once for each construct. */
export class EditionFindings {
  readonly found: Diagnostic[] = [];
  private readonly said = new Set<string>();

  constructor(
    readonly edition: Edition,
    private readonly module: Module,
    /** Whether it is to be said where only some of the releases lack something. */
    private readonly saysSome: boolean,
  ) {}

  add(construct: Construct): void {
    const { available, experiment } = construct;
    const support = this.edition.support(available);
    if (support === 'all' || available === undefined) return;
    if (experiment !== undefined && takesPart(this.module, experiment)) return;
    const span = available[this.edition.product];
    if (span === undefined) this.otherProduct(construct, available);
    else if (support === 'none') this.unknown(construct, available, span);
    else this.sometimesUnknown(construct, available, span);
  }

  private otherProduct({ name, range }: Construct, available: Availability): void {
    const { product, certain } = this.edition;
    const other: Product = product === 'terraform' ? 'opentofu' : 'terraform';
    const span = available[other];
    if (span === undefined) return;
    const message = `Only ${productName(other)} has ${name}, ${sinceText(span)}; ${productName(product)} has not.`;
    const hint =
      product === 'terraform' && !certain
        ? ' Where this is for OpenTofu, a file .opentofu-version says so.'
        : '';
    this.found.push(
      diagnosticOf('other-product', range, `${message}${hint}`, {
        severity: certain ? 'error' : 'warning',
        facts: { product: other, since: span.since },
      }),
    );
  }

  private unknown(construct: Construct, available: Availability, span: Span): void {
    const { name, range } = construct;
    const { edition } = this;
    const { product } = edition;
    const isGone = span.until !== undefined && compareTo(edition.lowest, span.until) >= 0;
    const happened = isGone ? goneText(product, span, name) : cameText(product, span, name);
    const severity = this.isCertain(available) ? 'error' : 'warning';
    const facts = factsOf(edition, span);
    const code = isGone ? 'dropped-from-language' : 'needs-newer-version';
    this.found.push(
      diagnosticOf(
        code,
        range,
        `${happened}; ${this.originText(isGone)}${isGone ? adviceOf(construct) : ''}`,
        {
          severity,
          facts,
        },
      ),
    );
  }

  private sometimesUnknown(construct: Construct, available: Availability, span: Span): void {
    const { name, range } = construct;
    const { edition } = this;
    const { product, atHand, origin } = edition;
    if (!this.saysSome || this.said.has(name) || origin.kind !== 'constraint') return;
    this.said.add(name);
    const lacksNewer = span.until !== undefined && compareTo(edition.highest, span.until) >= 0;
    const happened = lacksNewer ? goneText(product, span, name) : cameText(product, span, name);
    const other = lacksNewer ? 'newer' : 'older';
    const advice = lacksNewer ? adviceOf(construct) : ` Raise it to ">= ${span.since}".`;
    const lacksHere = edition.knownAtHand(available) === false;
    const here = lacksHere ? ` ${productName(product)} ${atHand ?? ''}, which is used here, lacks it.` : '';
    const message = `${happened}; ${constraintText(origin.text)} also allows ${other} ones.${advice}${here}`;
    const severity = lacksHere ? 'warning' : 'information';
    const facts = { ...factsOf(edition, span), constraint: origin.text };
    const code = lacksNewer ? 'dropped-from-language' : 'allows-older-version';
    this.found.push(diagnosticOf(code, range, message, { severity, facts }));
  }

  /** Without a word on the version, or where the other product may be meant, nothing is certain. */
  private isCertain(available: Availability): boolean {
    const { product, certain, origin, highest } = this.edition;
    if (origin.kind === 'nothing') return false;
    const other = available[product === 'terraform' ? 'opentofu' : 'terraform'];
    return certain || other === undefined || compareTo(highest, other.since) < 0;
  }

  private originText(isGone: boolean): string {
    const { product, origin, atHand } = this.edition;
    switch (origin.kind) {
      case 'constraint':
        return isGone
          ? `${constraintText(origin.text)} allows no release that has it.`
          : `${constraintText(origin.text)} allows no release that has it. Raise it, or do without.`;
      case 'file':
        return `${origin.name} asks for ${atHand ?? this.edition.lowest}.`;
      case 'program':
        return `${productName(product)} ${atHand ?? this.edition.lowest} is used here.`;
      case 'nothing':
        return `releases up to ${this.edition.highest} are known to Terratrain, and nothing says which one is used.`;
    }
  }
}

/** Why something unknown to us may still be right, in a sentence: a release that we do not know may read the module. */
export function languageGap(code: string, edition: Edition): string | undefined {
  if (!edition.mayKnowMore || !code.startsWith('unknown-')) return undefined;
  const version = edition.atHand ?? edition.lowest;
  return `${productName(edition.product)} ${version} is newer than what Terratrain knows of the language.`;
}

/** Whether a module switches an experiment of the language on. */
function takesPart({ files }: Module, experiment: string): boolean {
  return files.some(({ syntax }) =>
    blocksOf(syntax.body, 'terraform').some(({ body }) => {
      const value = attributeOf(body, 'experiments')?.value;
      return (
        value?.kind === 'tuple' &&
        value.items.some((item) => item.kind === 'variable' && item.name === experiment)
      );
    }),
  );
}

/** ` Use x.` */
function adviceOf({ description }: Construct): string {
  const advice = /\b(?:Use|Write) \S[^.]*\.$/.exec((description ?? '').replaceAll('`', '"'))?.[0];
  return advice === undefined ? '' : ` ${advice}`;
}

function factsOf({ product }: Edition, span: Span): Readonly<Record<string, string>> {
  return { product, since: span.since, ...(span.until !== undefined && { until: span.until }) };
}

function constraintText(text: string): string {
  return `required_version "${text}"`;
}

function cameText(product: Product, span: Span, name: string): string {
  return `${capital(name)} came with ${productName(product)} ${span.since}`;
}

function goneText(product: Product, span: Span, name: string): string {
  return `${productName(product)} ${span.until ?? ''} dropped ${name}`;
}

function sinceText({ since, until }: Span): string {
  return until === undefined ? `from ${since} on` : `from ${since} to before ${until}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function compareTo(version: string, release: string): number {
  return compareVersions(version.replace(/-.*$/, ''), release) ?? 0;
}
