import type { CtyType } from '../cty/type';

/** An argument of Terraform's own language. Fits where an attribute of a provider schema is expected. */
export interface LanguageArgument {
  readonly type: CtyType;
  readonly required?: true;
  readonly optional?: true;
  readonly deprecated?: true;
  readonly description: string;
  /** The words that may stand here as they are, without quotes. */
  readonly keywords?: readonly string[];
}

export interface LanguageNestedBlock {
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
}

export interface BlockParts {
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
  };
}

export function one(description: string, parts: BlockParts = {}): LanguageNestedBlock {
  return { nesting: 'single', minItems: 0, maxItems: 1, block: block(description, parts) };
}

export function many(description: string, parts: BlockParts = {}): LanguageNestedBlock {
  return { nesting: 'list', minItems: 0, maxItems: 0, block: block(description, parts) };
}

export function required(type: CtyType, description: string): LanguageArgument {
  return { type, required: true, description };
}

export function optional(type: CtyType, description: string, keywords?: readonly string[]): LanguageArgument {
  return { type, optional: true, description, ...(keywords && { keywords }) };
}
