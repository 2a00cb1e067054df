import type { AttributeSchema, BlockSchema } from '../providers/schema';
import type { PathTree } from './rules/typeRules';
import { UNKNOWN, isList, isRecord, isSame } from './values';
import type { Value } from './values';

/** A step to a part of an object: a name, an index or a key. */
export type PathStep = string | number;

export interface ChangeRequest {
  readonly block: BlockSchema;
  readonly prior: Value;
  readonly planned: Value;
  readonly config: Value;
  /** The object was imported, and what is null in it may only not be known. */
  readonly imported: boolean;
}

/**
 * Where a change replaces the object. What nobody configured and only became unknown is no change, and neither is a
 * different way to write nothing.
 */
export function replacedPaths(
  tree: PathTree<true>,
  request: ChangeRequest,
): readonly (readonly PathStep[])[] {
  const { prior, planned, config } = request;
  if (!isRecord(prior) || !isRecord(planned)) return [];
  return inObject(tree, request.block, [prior, planned, config], request.imported);
}

/** The same part of the prior object, the planned one and the configuration. */
type Triple = readonly [prior: Value, planned: Value, config: Value];

function inObject(
  tree: PathTree<true>,
  block: BlockSchema,
  [prior, planned, config]: Triple,
  imported: boolean,
): (readonly PathStep[])[] {
  return [...tree.inner].flatMap(([name, branch]) => {
    const parts: Triple = [partOf(prior, name), partOf(planned, name), partOf(config, name)];
    const attribute = block.attributes[name];
    if (attribute !== undefined)
      return inAttribute(branch, attribute, parts, imported).map((path) => [name, ...path]);
    const nested = block.blocks[name];
    if (nested === undefined) return [];
    return inCollection(branch, nested.block, nested.nesting === 'set', parts, imported).map((path) => [
      name,
      ...path,
    ]);
  });
}

function inAttribute(
  branch: PathTree<true>,
  attribute: AttributeSchema,
  parts: Triple,
  imported: boolean,
): (readonly PathStep[])[] {
  const [prior, planned, config] = parts;
  if (branch.value === true) {
    const decided = attribute.computed === true && config === null;
    return !decided && isChange(prior, planned, imported) ? [[]] : [];
  }
  const { nested } = attribute;
  if (nested === undefined) return [];
  return inCollection(
    branch,
    { attributes: nested.attributes, blocks: {} },
    nested.nesting === 'set',
    parts,
    imported,
  );
}

/** The parts of a block or nested attribute, or of each of its elements. */
function inCollection(
  branch: PathTree<true>,
  block: BlockSchema,
  isSet: boolean,
  [prior, planned, config]: Triple,
  imported: boolean,
): (readonly PathStep[])[] {
  if (planned === UNKNOWN && config === null) return [];
  if (branch.value === true) return isChange(prior, planned, imported) ? [[]] : [];
  if (isList(prior) || isList(planned)) {
    const [before, after, written] = [listOf(prior), listOf(planned), listOf(config)];
    if (isSet) return inSet(branch, block, before, after, imported) ? [[]] : [];
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
      const triple: Triple = [before[index] ?? null, after[index] ?? null, written[index] ?? null];
      return inObject(branch, block, triple, imported).map((path) => [index, ...path]);
    }).flat();
  }
  return inObject(branch, block, [prior, planned, config], imported);
}

/** Elements have no names: one that came or went counts when it holds something that cannot be changed. */
function inSet(
  branch: PathTree<true>,
  block: BlockSchema,
  before: readonly Value[],
  after: readonly Value[],
  imported: boolean,
): boolean {
  const gone = before.filter((item) => !after.some((each) => isSame(each, item)));
  const come = after.filter((item) => !before.some((each) => isSame(each, item)));
  return (
    gone.some((item) => inObject(branch, block, [item, null, null], imported).length > 0) ||
    come.some((item) => inObject(branch, block, [null, item, item], imported).length > 0)
  );
}

function listOf(value: Value): readonly Value[] {
  return isList(value) ? value : [];
}

function isChange(prior: Value, planned: Value, imported: boolean): boolean {
  if (imported && isNothing(prior)) return false;
  return !isSame(prior, planned) && !(isNothing(prior) && isNothing(planned));
}

/** Providers of the older kind cannot tell an empty value from an absent one. */
function isNothing(value: Value): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  if (isList(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

function partOf(value: Value, name: string): Value {
  if (value === UNKNOWN) return UNKNOWN;
  return isRecord(value) ? (value[name] ?? null) : null;
}
