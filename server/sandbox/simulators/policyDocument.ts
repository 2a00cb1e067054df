import { isList, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { textOf } from './simulator';
import type { Simulator } from './simulator';

/** data.aws_iam_policy_document makes its JSON from its arguments alone, so this one is exact, not invented. */
export const policyDocument: Simulator = ({ object, fingerprint }) => {
  const version = textOf(object, 'version') ?? '2012-10-17';
  const id = textOf(object, 'policy_id');
  const own = objects(object.statement).map(toStatement);
  const sources = texts(object.source_policy_documents).flatMap(statementsOf);
  const overrides = texts(object.override_policy_documents).flatMap(statementsOf);
  const document = {
    Version: version,
    ...(id !== undefined && { Id: id }),
    Statement: mergeBySid([...sources, ...own, ...overrides]),
  };
  return {
    id: String(fingerprint.number(4_294_967_295)),
    json: JSON.stringify(document, undefined, 2),
    minified_json: JSON.stringify(document),
    version,
  };
};

type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
type Statement = Readonly<Record<string, Json>>;

function toStatement(block: ValueRecord): Statement {
  return {
    ...named('Sid', textOf(block, 'sid')),
    Effect: textOf(block, 'effect') ?? 'Allow',
    ...named('Action', oneOrMany(block.actions)),
    ...named('NotAction', oneOrMany(block.not_actions)),
    ...named('Resource', oneOrMany(block.resources)),
    ...named('NotResource', oneOrMany(block.not_resources)),
    ...named('Principal', toPrincipals(objects(block.principals))),
    ...named('NotPrincipal', toPrincipals(objects(block.not_principals))),
    ...named('Condition', toConditions(objects(block.condition))),
  };
}

function toPrincipals(blocks: readonly ValueRecord[]): Json | undefined {
  if (blocks.length === 0) return undefined;
  const byType: Record<string, string[]> = {};
  for (const block of blocks) {
    const type = textOf(block, 'type') ?? '';
    byType[type] = [...(byType[type] ?? []), ...texts(block.identifiers)];
  }
  if (blocks.length === 1 && byType['*']?.join() === '*') return '*';
  return Object.fromEntries(
    Object.entries(byType).map(([type, identifiers]) => [type, simplest(identifiers)]),
  );
}

function toConditions(blocks: readonly ValueRecord[]): Json | undefined {
  if (blocks.length === 0) return undefined;
  const byTest: Record<string, Record<string, Json>> = {};
  for (const block of blocks) {
    const test = textOf(block, 'test') ?? '';
    byTest[test] = { ...byTest[test], [textOf(block, 'variable') ?? '']: simplest(texts(block.values)) };
  }
  return byTest;
}

/** A later statement replaces an earlier one of the same identifier; those without one are all kept. */
function mergeBySid(statements: readonly Statement[]): Statement[] {
  const merged: Statement[] = [];
  for (const statement of statements) {
    const same = merged.findIndex(
      (each) => each.Sid !== undefined && each.Sid !== '' && each.Sid === statement.Sid,
    );
    if (same < 0) merged.push(statement);
    else merged[same] = statement;
  }
  return merged;
}

function statementsOf(json: string): readonly Statement[] {
  const document = JSON.parse(json) as { readonly Statement?: Statement | readonly Statement[] };
  const statements = document.Statement ?? [];
  return Array.isArray(statements) ? (statements as readonly Statement[]) : [statements as Statement];
}

function oneOrMany(value: Value | undefined): Json | undefined {
  const all = texts(value);
  return all.length === 0 ? undefined : simplest(all);
}

function simplest(values: readonly string[]): Json {
  return values.length === 1 ? (values[0] ?? '') : values;
}

function named(name: string, value: Json | undefined): Statement {
  return value === undefined ? {} : { [name]: value };
}

function texts(value: Value | undefined): readonly string[] {
  return isList(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function objects(value: Value | undefined): readonly ValueRecord[] {
  return isList(value) ? value.filter(isRecord) : [];
}
