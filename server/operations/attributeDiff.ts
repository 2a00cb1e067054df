import { isDeepStrictEqual } from 'node:util';
import { asJson, asList, isRecord, parseJson } from './json';
import type { Json, JsonRecord } from './json';
import { HIDDEN } from './redact';
import type { Redactor } from './redact';
import { isWritten } from './writtenAttributes';

export type AttributePath = readonly (string | number)[];

/** One value that differs, as deep inside the resource as the difference goes. */
export interface AttributeChange {
  readonly path: AttributePath;
  readonly action: 'create' | 'update' | 'delete';
  /** Absent where there was none, and where it is sensitive. */
  readonly before?: Json;
  /** Absent where there will be none, where it is sensitive, and where it is not known yet. */
  readonly after?: Json;
  readonly sensitive: boolean;
  /** The new value is known only after apply. */
  readonly unknown: boolean;
  /** This difference is why the resource is replaced. */
  readonly forcesReplacement: boolean;
  /** The configuration says something about it, where the provider would otherwise choose. */
  readonly written: boolean;
  /** The path's last part lies inside a string that holds JSON; this many of its parts name the attribute itself. */
  readonly jsonFrom?: number;
}

export interface AttributeDiff {
  readonly attributes: readonly AttributeChange[];
  /** Number of attributes and blocks of the resource itself that have a value and keep it. */
  readonly unchanged: number;
}

/** The two sides of one place, with what is known about them. Masks and unknowns have the shape of the value. */
interface Place {
  readonly path: AttributePath;
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly beforeMask: unknown;
  readonly afterMask: unknown;
  readonly jsonFrom?: number;
}

/**
 * @param change The `change` object of one resource in `show -json`.
 * @param written The expressions of its block.
 */
export function diffAttributes(change: JsonRecord, written: JsonRecord, redactor: Redactor): AttributeDiff {
  const replacePaths = asList(change.replace_paths).map(asList);
  const root = rootOf(change, []);
  const places: Place[] = [];
  let unchanged = 0;
  for (const place of members(root)) {
    const found = differences(place);
    if (found.length === 0 && !isAbsent(place.before)) unchanged += 1;
    places.push(...found);
  }
  return {
    attributes: places.map((place) => toChange(place, { replacePaths, written }, redactor)),
    unchanged,
  };
}

/** The same for an output, whose name becomes the first part of each path. */
export function diffOutput(name: string, change: JsonRecord, redactor: Redactor): readonly AttributeChange[] {
  const place = rootOf(change, [name]);
  const found = differences(place);
  // Terraform says that it changes, so it is shown even when the difference cannot be seen.
  return (found.length === 0 ? [place] : found).map((one) =>
    toChange(one, { replacePaths: [], written: { [name]: {} } }, redactor),
  );
}

function rootOf(change: JsonRecord, path: AttributePath): Place {
  return {
    path,
    before: change.before,
    after: change.after,
    unknown: change.after_unknown,
    beforeMask: change.before_sensitive,
    afterMask: change.after_sensitive,
  };
}

function differences(place: Place): readonly Place[] {
  const { before, after, unknown } = place;
  if (isAbsent(before) && isAbsent(after) && !holdsTrue(unknown)) return [];
  if (place.beforeMask === true || place.afterMask === true) {
    return holdsTrue(unknown) || !isDeepStrictEqual(before, after) ? [place] : [];
  }
  if (unknown === true) return [place];
  if (!holdsTrue(unknown) && isDeepStrictEqual(before, after)) return [];
  if (isBranch(before, after, unknown, isNonEmptyRecord, isRecord)) {
    return members(place).flatMap(differences);
  }
  if (isBranch(before, after, unknown, isNonEmptyList, Array.isArray)) return elements(place);
  return insideJson(place) ?? [place];
}

/** Whether both sides are of the kind, where a side that is absent agrees with everything. */
function isBranch(
  before: unknown,
  after: unknown,
  unknown: unknown,
  isFull: (value: unknown) => boolean,
  isKind: (value: unknown) => boolean,
): boolean {
  const agrees = (value: unknown): boolean => isAbsent(value) || isKind(value);
  return (
    agrees(before) &&
    agrees(after) &&
    (isFull(before) || isFull(after) || (isFull(unknown) && holdsTrue(unknown)))
  );
}

function members(place: Place): readonly Place[] {
  const names = [place.before, place.after, place.unknown].flatMap((side) =>
    isRecord(side) ? Object.keys(side) : [],
  );
  return [...new Set(names)].sort().map((name) => {
    const member = (side: unknown): unknown =>
      isRecord(side) ? side[name] : side === true ? true : undefined;
    return {
      ...place,
      path: [...place.path, name],
      before: isRecord(place.before) ? place.before[name] : undefined,
      after: isRecord(place.after) ? place.after[name] : undefined,
      unknown: member(place.unknown),
      beforeMask: member(place.beforeMask),
      afterMask: member(place.afterMask),
    };
  });
}

/**
 * Elements are matched by value first, because sets arrive as lists and one added rule must not look as if all changed;
 * objects that are left are paired in their order, plain values are not: "a" is not a changed "b".
 */
function elements(place: Place): readonly Place[] {
  const before = asList(place.before);
  const after = asList(place.after);
  const unknown = asList(place.unknown);
  const length = Math.max(after.length, unknown.length);
  const gone = new Map<string, number[]>();
  before.forEach((value, index) => {
    const key = JSON.stringify(value);
    gone.set(key, [...(gone.get(key) ?? []), index]);
  });
  const added: number[] = [];
  for (let index = 0; index < length; index += 1) {
    const same = holdsTrue(unknown[index]) ? undefined : gone.get(JSON.stringify(after[index]));
    if (same?.shift() === undefined) added.push(index);
  }
  const removed = [...gone.values()].flat().sort((a, b) => a - b);
  if (added.length === 0 && removed.length === 0) return [place];

  const result: Place[] = [];
  while (added.length > 0 && removed.length > 0 && isRecord(before[removed[0] ?? 0])) {
    result.push(...differences(element(place, removed.shift(), added.shift())));
  }
  for (const index of removed) result.push(...differences(element(place, index, undefined)));
  for (const index of added) result.push(...differences(element(place, undefined, index)));
  return result;
}

function element(place: Place, before: number | undefined, after: number | undefined): Place {
  const at = (side: unknown, index: number | undefined): unknown =>
    side === true ? true : index === undefined ? undefined : asList(side)[index];
  return {
    ...place,
    path: [...place.path, after ?? before ?? 0],
    before: at(place.before, before),
    after: at(place.after, after),
    unknown: at(place.unknown, after),
    beforeMask: at(place.beforeMask, before),
    afterMask: at(place.afterMask, after),
  };
}

/** A policy or a container definition is one long string; what matters is what changed inside it. */
function insideJson(place: Place): readonly Place[] | undefined {
  const [before, after] = [parseContainer(place.before), parseContainer(place.after)];
  if (before === undefined || after === undefined) return undefined;
  const found = differences({ ...place, before, after, jsonFrom: place.path.length });
  // Equal inside: only the way it is written differs, so the strings themselves are the difference.
  return found.length === 0 ? undefined : found;
}

function parseContainer(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  const parsed = parseJson(value);
  return isRecord(parsed) || Array.isArray(parsed) ? parsed : undefined;
}

function toChange(
  place: Place,
  resource: { replacePaths: readonly (readonly unknown[])[]; written: JsonRecord },
  redactor: Redactor,
): AttributeChange {
  const masked = holdsTrue(place.beforeMask) || holdsTrue(place.afterMask);
  const before = isAbsent(place.before) ? undefined : redactor.json(asJson(place.before));
  const after = isAbsent(place.after) ? undefined : redactor.json(asJson(place.after));
  const unknown = place.unknown === true || (masked && holdsTrue(place.unknown));
  const sensitive = masked || before === HIDDEN || after === HIDDEN;
  const exists = unknown || after !== undefined;
  return {
    path: place.path.map((part) => (typeof part === 'string' ? redactor.text(part) : part)),
    action: before === undefined ? 'create' : exists ? 'update' : 'delete',
    ...(before === undefined || sensitive ? {} : { before }),
    ...(after === undefined || sensitive || unknown ? {} : { after }),
    sensitive,
    unknown,
    forcesReplacement: resource.replacePaths.some((path) => overlaps(path, place.path)),
    written: isWritten(resource.written, place.path),
    ...(place.jsonFrom === undefined ? {} : { jsonFrom: place.jsonFrom }),
  };
}

/** One path is the beginning of the other. */
function overlaps(a: readonly unknown[], b: readonly unknown[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((part, index) => part === b[index]);
}

function holdsTrue(value: unknown): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return value.some(holdsTrue);
  return isRecord(value) && Object.values(value).some(holdsTrue);
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function isNonEmptyRecord(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length > 0;
}

function isNonEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
