import * as fs from 'node:fs';
import * as path from 'node:path';
import { convert } from '../../../server/cty/convert';
import { evaluate } from '../../../server/cty/evaluate';
import { findFunctionDefinition } from '../../../server/cty/functions/table';
import type { Scope } from '../../../server/cty/scope';
import { readTypeConstraint } from '../../../server/cty/typeConstraint';
import { applyDefaults } from '../../../server/cty/typeDefaults';
import type { Value } from '../../../server/cty/value';
import {
  ephemeral,
  nullValue,
  objectValue,
  sensitive,
  stringValue,
  withMarks,
} from '../../../server/cty/value';
import { openWorld } from '../../../server/cty/world';
import { parse } from '../../../server/hcl/parser';
import type { Block, Body, Expression } from '../../../server/hcl/syntax';
import { configurationFolder } from './recording';

/** What expressions see in the root module of `configuration/`: its variables' defaults and its locals. */
export function consoleScope(): Scope {
  const { body } = parse(fs.readFileSync(path.join(configurationFolder, 'main.tf'), 'utf8'));
  const world = openWorld(configurationFolder);
  const names = new Map<string, Value>([
    ['path', objectValue(pathNames().map(([name, text]) => [name, stringValue(text)]))],
    ['terraform', objectValue([['workspace', stringValue('default')]])],
  ]);
  const scope: Scope = {
    variable: (name) => names.get(name),
    functions: findFunctionDefinition,
    world,
  };
  const blocks = body.items.filter((item) => item.kind === 'block');
  names.set(
    'var',
    objectValue(
      blocks
        .filter((block) => block.type === 'variable')
        .map((block) => [block.labels[0]?.value ?? '', variable(block, scope)]),
    ),
  );
  const locals: [string, Value][] = [];
  for (const { body: inner, type } of blocks) {
    if (type !== 'locals') continue;
    for (const item of inner.items) {
      if (item.kind === 'attribute') locals.push([item.name, must(item.value, scope)]);
    }
  }
  names.set('local', objectValue(locals));
  return scope;
}

function pathNames(): [string, string][] {
  return [
    ['module', '.'],
    ['root', '.'],
    ['cwd', configurationFolder],
  ];
}

function variable({ body }: Block, scope: Scope): Value {
  const given = attribute(body, 'default');
  const type = attribute(body, 'type');
  let value = given === undefined ? nullValue('dynamic') : must(given, scope);
  if (type !== undefined) {
    const constraint = readTypeConstraint(type);
    value = convert(applyDefaults(value, constraint.defaults), constraint.type);
  }
  if (attribute(body, 'sensitive') !== undefined) value = withMarks(value, sensitive);
  if (attribute(body, 'ephemeral') !== undefined) value = withMarks(value, ephemeral);
  return value;
}

function attribute(body: Body, name: string): Expression | undefined {
  for (const item of body.items) if (item.kind === 'attribute' && item.name === name) return item.value;
  return undefined;
}

function must(expression: Expression, scope: Scope): Value {
  const { value, errors } = evaluate(expression, scope);
  const [error] = errors;
  if (error !== undefined) throw new Error(`The configuration itself is wrong: ${error.message}`);
  return value;
}
