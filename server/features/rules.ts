import type { Block } from '../hcl/syntax';
import type { AttributeSchema, Nesting, Provenance } from '../providers/schema';
import type { Declaration, Module } from '../terraform/model';

export interface ArgumentRule {
  readonly schema: AttributeSchema;
  /** Whose word it is: Terraform's own, the provider's, or that of the called module's variable. */
  readonly origin: 'language' | 'provider' | 'module';
  /** Words that may stand as the value without quotes. */
  readonly keywords: readonly string[];
  /** The same for the elements of a list. */
  readonly elementKeywords?: readonly string[];
  /** The variable behind a module's argument. */
  readonly variable?: Declaration;
  /** No release that may read the module knows it: it is not for offering. */
  readonly unavailable?: true;
}

/** A value that the first label of a block may have. */
export interface LabelChoice {
  readonly name: string;
  readonly description: string;
}

export interface NestedRule {
  readonly origin: 'language' | 'provider';
  readonly nesting: Nesting;
  readonly minItems: number;
  readonly maxItems: number;
  readonly labels: readonly string[];
  readonly description: string | undefined;
  readonly deprecated: boolean;
  /** Also an attribute of that name: Terraform takes `x { … }` and `x = [{ … }]` alike. */
  readonly attributeToo: boolean;
  /** No release that may read the module knows it: it is not for offering. */
  readonly unavailable?: true;
  /** What the first label may be, where the language itself says it: backends, provisioners. */
  readonly firstLabels?: () => readonly LabelChoice[];
}

/** What may stand in a body. */
export interface BodyRules {
  readonly arguments: ReadonlyMap<string, ArgumentRule>;
  readonly blocks: ReadonlyMap<string, NestedRule>;
  /** More than this may be right, so that nothing is unknown and nothing is missing. */
  readonly open: boolean;
  /** What is not written here may be given elsewhere, so that nothing is missing. */
  readonly partial: boolean;
  readonly description: string | undefined;
  /** Where the provider's part comes from. */
  readonly provenance: Provenance | undefined;
  /** The called module, for the arguments of a module call. */
  readonly called: Module | undefined;
}

/** A block around a body: one of the tree, or one that is open at the cursor. */
export interface BlockHeader {
  readonly type: string;
  readonly labels: readonly string[];
  readonly node?: Block | undefined;
}
