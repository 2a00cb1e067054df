import type { Attribute, Block, Expression, SourceFile } from '../hcl/syntax';
import type { Range } from '../text/range';
import type { Dialect } from './dialect';

/**
 * Where configuration is read from: the disk, or the disk under open documents.
 * Paths are absolute and native to the platform. Neither call throws; what cannot be read is absent.
 */
export interface FileSource {
  /** Names (not paths) of the files directly inside a directory. */
  list(directory: string): readonly string[];
  read(path: string): string | undefined;
}

export interface ConfigFile {
  readonly path: string;
  readonly syntax: SourceFile;
}

export type DeclarationKind =
  | 'resource'
  | 'data'
  | 'ephemeral'
  | 'module'
  | 'variable'
  | 'local'
  | 'output'
  | 'provider'
  | 'check'
  | 'action'
  /** A step of a test file. */
  | 'run'
  /** A search of a query file. */
  | 'list'
  // Of stacks.
  | 'component'
  | 'stack'
  | 'provider_configuration'
  // Of deployment configurations.
  | 'deployment'
  | 'deployment_group'
  | 'deployment_auto_approve'
  | 'identity_token'
  | 'store'
  | 'upstream_input'
  | 'publish_output'
  | 'orchestrate';

/** Something with an address inside one module. */
export interface Declaration {
  readonly kind: DeclarationKind;
  /**
   * Terraform's address inside the module: `aws_instance.trainer`, `data.aws_ami.gpu`, `module.bucket`,
   * `var.region`, `local.tags`, `output.url`, `provider.aws`, `provider.aws.west`, `run.setup`.
   */
  readonly address: string;
  /** `aws_instance` for resources and data sources, else the empty string. */
  readonly type: string;
  readonly name: string;
  readonly nameRange: Range;
  readonly file: ConfigFile;
  readonly range: Range;
  /** The block, or for a local its attribute. */
  readonly node: Block | Attribute;
}

/** One use of an address in an expression. */
export interface Reference {
  /** The address of what is meant, as in `Declaration.address`. Uses of `each`, `self`, `count`, `path`, `terraform` and of `for` variables are no references */
  readonly target: string;
  /** The steps after the target, as far as they are names: `["arn"]` in `aws_ecs_cluster.main.arn`. */
  readonly attributes: readonly string[];
  /** The whole traversal as written. */
  readonly range: Range;
  readonly text: string;
  readonly file: ConfigFile;
  /** Written in `depends_on`, which makes the dependency explicit. */
  readonly explicit: boolean;
}

export interface ProviderRequirement {
  /** Local name: `aws`. */
  readonly name: string;
  /** Full source address: `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly version: string | undefined;
}

/**
 * One module directory, read; or the view that a file of another dialect has: its own declarations, and those of the
 * module it is about.
 */
export interface Module {
  readonly directory: string;
  /** What the files are written in; says which blocks may stand in them. */
  readonly dialect: Dialect;
  /** For a configuration: `.tf` and `.tofu` files and their `.json` forms, sorted by name. */
  readonly files: readonly ConfigFile[];
  readonly declarations: readonly Declaration[];
  readonly requirements: readonly ProviderRequirement[];
  /** Names of configuration files here that could not be read: what they declare is not known. */
  readonly unread: readonly string[];
  /** By declaration; also `provider`, `terraform` and `moved` blocks do not appear here. */
  references(declaration: Declaration): readonly Reference[];
  find(address: string): Declaration | undefined;
  /** What a place in the file of a view sees, where that is not the same everywhere. */
  at?(offset: number): Module;
}

/** A module with the calls inside it, from one root. */
export interface ModuleNode {
  /** Names of the calls from the root: `[]` for the root, `["storage"]` for `module.storage`. */
  readonly path: readonly string[];
  readonly module: Module;
  /** The call that made this node; absent for the root. */
  readonly call: Declaration | undefined;
  readonly children: readonly ModuleNode[];
  /** Calls whose source is not on disk (a registry module without init), or which would recurse for ever. */
  readonly unresolved: readonly Declaration[];
}

/** What the tree uses of one provider. */
export interface ProviderUse {
  readonly source: string;
  readonly resources: readonly string[];
  readonly data: readonly string[];
  readonly ephemeral: readonly string[];
}

export type { Attribute, Block, Expression };
