import type { CtyType } from '../cty/type';
import type { Availability } from './language/availability';

/**
 * An argument of Terraform's own language. Fits where an attribute of a provider schema is expected: it has either a
 * `type` or, for an object whose members are arguments themselves, `nested`.
 */
export interface LanguageArgument {
  readonly type?: CtyType;
  readonly nested?: {
    readonly nesting: 'single';
    readonly attributes: Readonly<Record<string, LanguageArgument>>;
  };
  readonly required?: true;
  readonly optional?: true;
  readonly deprecated?: true;
  readonly sensitive?: true;
  readonly description: string;
  /** The words that may stand here as they are, without quotes. */
  readonly keywords?: readonly string[];
  /** The same for the elements of a list. */
  readonly elementKeywords?: readonly string[];
  /** The strings that are taken here; others are refused, or mean little. */
  readonly values?: readonly string[];
  /** Takes what this argument of a provider's configuration takes: `['hashicorp/aws', 'region']`. */
  readonly valuesLike?: readonly [provider: string, argument: string];
  /** The releases that know it; all where this is absent. */
  readonly available?: Availability;
  /** The releases that know it and would rather not. */
  readonly deprecatedIn?: Availability;
}

export interface LanguageNestedBlock {
  /** The releases that know it; all where this is absent. */
  readonly available?: Availability;
  readonly nesting: 'single' | 'list';
  /** 0 means no limit. */
  readonly minItems: number;
  /** 0 means no limit. */
  readonly maxItems: number;
  readonly block: LanguageBlock;
}

/** A block of Terraform's own language. Fits where a block of a provider schema is expected. */
export interface LanguageBlock {
  readonly description: string;
  /** What each label names, in order. */
  readonly labels: readonly string[];
  readonly attributes: Readonly<Record<string, LanguageArgument>>;
  readonly blocks: Readonly<Record<string, LanguageNestedBlock>>;
  /**
   * What may stand in the body besides: nothing, what the provider's schema says, the variables of the called module,
   * or anything.
   */
  readonly rest: 'nothing' | 'provider' | 'module' | 'anything';
  /** The releases that know it; all where this is absent. */
  readonly available?: Availability;
  /** Use something else; what, the description says. */
  readonly deprecated?: true;
  /** What is not written here may be given elsewhere, so that nothing is missing. */
  readonly partial?: true;
  /** What the body holds for each value of the first label. A value that is not among them may still be right. */
  readonly byLabel?: () => Readonly<Record<string, LanguageBlock>>;
}

export interface BlockParts {
  readonly available?: Availability;
  readonly deprecated?: true;
  readonly partial?: true;
  readonly byLabel?: LanguageBlock['byLabel'];
  readonly labels?: readonly string[];
  readonly attributes?: Readonly<Record<string, LanguageArgument>>;
  readonly blocks?: Readonly<Record<string, LanguageNestedBlock>>;
  readonly rest?: LanguageBlock['rest'];
}

export function block(description: string, parts: BlockParts = {}): LanguageBlock {
  return {
    description,
    labels: parts.labels ?? [],
    attributes: parts.attributes ?? {},
    blocks: parts.blocks ?? {},
    rest: parts.rest ?? 'nothing',
    ...(parts.available && { available: parts.available }),
    ...(parts.deprecated && { deprecated: parts.deprecated }),
    ...(parts.partial && { partial: parts.partial }),
    ...(parts.byLabel && { byLabel: parts.byLabel }),
  };
}

export function one(description: string, parts: BlockParts = {}): LanguageNestedBlock {
  const { available } = parts;
  return {
    nesting: 'single',
    minItems: 0,
    maxItems: 1,
    block: block(description, parts),
    ...(available && { available }),
  };
}

export function many(description: string, parts: BlockParts = {}): LanguageNestedBlock {
  return { ...one(description, parts), nesting: 'list', maxItems: 0 };
}

export function required(type: CtyType, description: string): LanguageArgument {
  return { type, required: true, description };
}

export function optional(type: CtyType, description: string, keywords?: readonly string[]): LanguageArgument {
  return { type, optional: true, description, ...(keywords && { keywords }) };
}

/** The same, known to these releases only. */
export function known<T extends LanguageArgument | LanguageNestedBlock | LanguageBlock>(
  available: Availability,
  what: T,
): T {
  return { ...what, available };
}

/** A row of a table of arguments: its name, type, description, and what else is to be said. */
export type ArgumentRow = readonly [
  name: string,
  type: CtyType,
  description: string,
  more?: Partial<LanguageArgument>,
];

/** Arguments of a table; optional where their row does not say that they are required. */
export function argumentsFrom(rows: readonly ArgumentRow[]): Readonly<Record<string, LanguageArgument>> {
  return Object.fromEntries(
    rows.map(([name, type, description, more = {}]): [string, LanguageArgument] => {
      const base: LanguageArgument = { description, ...(more.required ? {} : { optional: true }), ...more };
      return [name, more.nested === undefined ? { type, ...base } : base];
    }),
  );
}

/** What `make` gives, made when first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
