import type { Expression } from '../../hcl/syntax';
import type { CtyType } from '../type';
import type { Value } from '../value';

/**
 * A function of the language. The caller (`callFunction`) checks the number of arguments, converts each to its
 * parameter's type, and deals with null, unknown and marked arguments as the parameters ask, before `call` sees them.
 * This is the contract of go-cty's `function.Spec`, so that Terraform's definitions carry over one to one.
 */
export interface FunctionDefinition {
  readonly parameters: readonly Parameter[];
  /** What any number of further arguments must be. */
  readonly variadic?: Parameter;
  /** The type of the result, where it depends on the arguments (which may be unknown). Throws an ArgumentError. */
  readonly type: CtyType | ((args: readonly Value[]) => CtyType);
  /** The result is never null, so that an unknown result is known not to be null. */
  readonly notNull?: boolean;
  /** Throws an ArgumentError, or any Error when the fault is not one argument's. */
  readonly call: (args: readonly Value[], type: CtyType, world: World, templates: Templates) => Value;
  /**
   * For a function that decides itself which of its arguments to evaluate, such as `try`: takes the place of
   * everything else above except the names of parameters. Throws as `call` does.
   */
  readonly callLazily?: (args: readonly LazyArgument[], world: World, templates: Templates) => Value;
}

/** An argument that has not been evaluated. */
export interface LazyArgument {
  /** What is written; undefined for one of the values that `...` expanded. */
  readonly expression: Expression | undefined;
  /** Evaluates it. Faults come in the order in which they were met, each a message for the person. */
  evaluate(): { readonly value: Value; readonly faults: readonly string[] };
}

/** Renders templates for the functions that take them (`templatefile`, `templatestring`). */
export interface Templates {
  /**
   * The result of a template's text, whatever its type, with the map's or object's members as its variables. The
   * functions are those of the calling expression, without `templatefile` and `templatestring`, and without those that
   * read files unless `files` is set. Throws an ArgumentError about argument 1 for unsuitable variables, and an Error
   * that tells the line for faults in the template.
   */
  render(text: string, variables: Value, options: { readonly files: boolean }): Value;
}

export interface Parameter {
  readonly name: string;
  readonly type: CtyType;
  /** The function deals with null itself; otherwise a null argument is an error. */
  readonly allowNull?: boolean;
  /** The function deals with unknown values itself; otherwise any unknown argument makes the result unknown. */
  readonly allowUnknown?: boolean;
  /** The function takes arguments whose type is not known yet; otherwise these make the result dynamic. */
  readonly allowDynamic?: boolean;
  /** The function deals with marks itself; otherwise they are taken off (at every depth) and put on the result. */
  readonly allowMarked?: boolean;
}

/**
 * What functions see of the world outside the configuration. Names of files may be relative. All throw an Error with
 * Terraform's words for it.
 */
export interface World {
  /** `path.root`-relative names are taken from here. An absolute path. */
  readonly baseFolder: string;
  /** The file's bytes; undefined where it is not read, because it is too large or no regular file. */
  readFile(path: string): Uint8Array | undefined;
  /** Whether there is a regular file; anything else of that name is an error. */
  fileExists(path: string): boolean;
  /**
   * Names of regular files under `folder`, relative to it with `/`, that match a doublestar pattern, in no certain
   * order; undefined where there are too many to look at.
   */
  findFiles(folder: string, pattern: string): readonly string[] | undefined;
  homeFolder(): string;
}

/** There is no file of that name. */
export class MissingFileError extends Error {}

/** A fault of one argument, with Terraform's words for it. */
export class ArgumentError extends Error {
  constructor(
    /** From 0. */
    readonly index: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ArgumentError';
  }
}

/** Functions by their names. */
export type FunctionTable = Readonly<Record<string, FunctionDefinition>>;
