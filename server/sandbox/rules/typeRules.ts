import type { Value } from '../values';
import aws from './aws.json';
import azurerm from './azurerm.json';
import google from './google.json';
import kubernetes from './kubernetes.json';
import small from './small.json';

/** How one type of a data file is written: paths are dotted, lists of them separated by spaces. */
interface WrittenRules {
  readonly replace?: string;
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  readonly computedBlocks?: string;
  readonly empty?: string;
  readonly recomputed?: Readonly<Record<string, string>>;
}

export interface RuleFile {
  /** `namespace/name` of the provider. */
  readonly provider: string;
  /** The provider's version that the rules were taken from. */
  readonly version: string;
  /** Where the rules come from. */
  readonly source: string;
  readonly types: Readonly<Record<string, WrittenRules>>;
}

/** A value at each path; blocks and nested attributes are steps of it. */
export interface PathTree<T> {
  readonly value?: T;
  readonly inner: ReadonlyMap<string, PathTree<T>>;
}

/** What no schema says about a resource type. */
export interface TypeRules {
  /** Arguments and blocks whose change replaces the object. */
  readonly replace: PathTree<true>;
  /** What the provider plans for arguments that are left out. */
  readonly defaults: PathTree<Value>;
  /** Blocks that the provider fills when they are left out. */
  readonly computedBlocks: PathTree<true>;
  /** Attributes that the provider could decide on, and leaves empty already when it plans. */
  readonly empty: ReadonlySet<string>;
  /** Attributes that a change makes unknown again, with the arguments that do it; undefined means all of them. */
  readonly recomputed: ReadonlyMap<string, ReadonlySet<string> | undefined>;
}

export const ruleFiles: readonly RuleFile[] = [aws, google, azurerm, kubernetes, small];

const known = new Map<string, TypeRules>();
const noRules = parseRules({});

/** The rules of a resource type; empty ones where nothing is known. */
export function rulesOf(type: string): TypeRules {
  const before = known.get(type);
  if (before !== undefined) return before;
  const file = ruleFiles.find(({ types }) => Object.hasOwn(types, type));
  const written = file?.types[type];
  const rules = written === undefined ? noRules : parseRules(written);
  known.set(type, rules);
  return rules;
}

/** Whether answers about a type go beyond what Terraform grants a provider of the new protocol. */
export function isLegacy(rules: TypeRules): boolean {
  return rules.computedBlocks.inner.size > 0 || rules.defaults.inner.size > 0;
}

export function parseRules(written: WrittenRules): TypeRules {
  const recomputed = Object.entries(written.recomputed ?? {}).map(
    ([name, triggers]): [string, ReadonlySet<string> | undefined] => [
      name,
      triggers === '*' ? undefined : new Set(words(triggers).map((path) => path.split('.')[0] ?? path)),
    ],
  );
  return {
    replace: toTree(words(written.replace).map((path) => [path, true])),
    defaults: toTree(Object.entries(written.defaults ?? {})),
    computedBlocks: toTree(words(written.computedBlocks).map((path) => [path, true])),
    empty: new Set(words(written.empty)),
    recomputed: new Map(recomputed),
  };
}

function words(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(' ');
}

interface OpenTree<T> {
  value?: T;
  readonly inner: Map<string, OpenTree<T>>;
}

function toTree<T>(entries: readonly (readonly [path: string, value: T])[]): PathTree<T> {
  const root: OpenTree<T> = { inner: new Map() };
  for (const [path, value] of entries) {
    let node = root;
    for (const step of path.split('.')) {
      const next: OpenTree<T> = node.inner.get(step) ?? { inner: new Map() };
      node.inner.set(step, next);
      node = next;
    }
    node.value = value;
  }
  return root;
}
