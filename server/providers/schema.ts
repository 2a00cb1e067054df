import type { CtyType } from '../cty/type';

/** How often a nested block or nested attribute may occur, in Terraform's own words. */
export type Nesting = 'single' | 'group' | 'list' | 'set' | 'map';

/** One argument or exported attribute. Exactly one of `type` and `nested` is present. */
export interface AttributeSchema {
  readonly type?: CtyType;
  readonly nested?: {
    readonly nesting: Nesting;
    readonly attributes: Readonly<Record<string, AttributeSchema>>;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly writeOnly?: boolean;
  readonly description?: string;
}

export interface NestedBlockSchema {
  readonly nesting: Nesting;
  readonly block: BlockSchema;
  /** 0 means no limit. */
  readonly minItems: number;
  /** 0 means no limit. */
  readonly maxItems: number;
}

/** The body of a resource, data source, provider or nested block. */
export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly blocks: Readonly<Record<string, NestedBlockSchema>>;
  readonly description?: string;
  readonly deprecated?: boolean;
  /** Nothing is known about what may stand inside: report nothing as unknown or missing there. */
  readonly open?: boolean;
}

/** What kind of thing of a provider a schema describes. */
export type SchemaKind = 'provider' | 'resource' | 'data' | 'ephemeral';

/** Where an answer comes from, to be shown beside it: "AWS 6.66.0 bundled". */
export interface Provenance {
  /** Full source address, for example `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
  /** Of a provider that is installed, of the data that ships with Terratrain, or of a workspace's own use. */
  readonly origin: 'bundled' | 'installed' | 'learned';
}

/** One parameter of a function that a provider defines. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: CtyType;
  readonly description?: string;
  /** Null may be given for it. */
  readonly nullable?: boolean;
}

/** A function that a provider defines, called as `provider::aws::arn_parse(…)`. */
export interface ProviderFunction {
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  /** Takes any number of further arguments. */
  readonly variadic?: FunctionParameter;
  readonly returns: CtyType;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
}

/** Everything known about the types of one provider. Types are read lazily; unknown names give `undefined`. */
export interface ProviderSchema {
  readonly provenance: Provenance;
  /** Sorted names of the resource types, data sources or ephemeral resources. */
  names(kind: Exclude<SchemaKind, 'provider'>): readonly string[];
  /** `name` is ignored for kind `provider`. */
  block(kind: SchemaKind, name: string): BlockSchema | undefined;
  /** The functions the provider defines, sorted by name. */
  functions(): readonly ProviderFunction[];
}

/** A value that an argument is known to take. Others may be right too: a newer service knows more than this list. */
export interface KnownValue {
  readonly value: string;
  /** A few words to show beside the value: `8 × H100 80 GB · 192 vCPU · 2 TB`. */
  readonly detail?: string;
  /** Sentences, as Markdown. */
  readonly documentation?: string;
  /** Still accepted, but of a previous generation or about to be withdrawn. */
  readonly deprecated?: boolean;
}

/** All provider schemas at hand. */
export interface SchemaLookup {
  /**
   * @param source as written in `required_providers` (`hashicorp/aws`) or in full
   * @param directories where the provider may be installed (root modules), the most important first; what is installed
   *   in one of them wins over the bundle. Without them the bundle answers.
   */
  provider(source: string, directories?: readonly string[]): ProviderSchema | undefined;
  /** Full source addresses of all bundled providers. */
  sources(): readonly string[];
  /**
   * The values that an argument is known to take, in the order to offer them: common or small ones first, previous
   * generations last. Empty where nothing is known. A value that is not among them is no mistake. The answer does not
   * depend on the version of the provider nor on where its schema comes from. Types that are written in place of a string
   * (lists of strings, numbers) have the values of their elements.
   *
   * @param source as for `provider`
   * @param type ignored for kind `provider`
   * @param path names of the nested blocks or nested attributes, then of the argument: `['ebs_block_device', 'volume_type']`
   */
  knownValues(source: string, kind: SchemaKind, type: string, path: readonly string[]): readonly KnownValue[];
}
