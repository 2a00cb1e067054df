import type { World } from '../cty/functions/function';
import type { SchemaLookup } from '../providers/schema';
import type { Module } from '../terraform/model';
import type { ModuleIndex } from '../terraform/moduleIndex';
import type { Range } from '../text/range';

/** Everything a feature may look at: the workspace at one moment, and what is known about providers. */
export interface Snapshot {
  readonly index: ModuleIndex;
  readonly schemas: SchemaLookup;
  /** The program that the person runs, where it is known. */
  readonly terraform?: TerraformAtHand | undefined;
  /** Codes of diagnostics that the person does not want to hear of; comments in the files silence more. */
  readonly ignored?: readonly string[];
  /** The files that functions such as `file()` read, for a root module in `folder`. */
  world(folder: string): World;
}

/** A terraform or tofu; the version is written without a leading `v`. */
export interface TerraformAtHand {
  readonly product: 'terraform' | 'opentofu';
  readonly version: string;
}

/** A place in a file, in UTF-16 offsets of its text. */
export interface Location {
  readonly path: string;
  readonly range: Range;
}

/**
 * The module that a file belongs to, or would belong to; for tests, queries and stacks the view that the file has. The
 * runs of a test file can be about different modules, which an `offset` tells apart.
 */
export function moduleOf(snapshot: Snapshot, file: string, offset?: number): Module {
  return snapshot.index.view(file, offset);
}
