import type { Expression, ObjectExpression } from '../hcl/syntax';
import { nodePathAt } from '../hcl/walk';
import type { AttributeSchema } from '../providers/schema';
import type { Module } from '../terraform/model';
import { keyName } from '../terraform/values';
import type { ArgumentRule, BlockHeader } from './bodyRules';
import { rulesFor } from './bodyRules';
import { loopItems } from './completeLoops';
import { isTypeConstraintPlace } from './completeTypes';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { argumentDetail, code, paragraphs } from './documentation';
import { expectedAt, memberSchemas, ruleAt } from './expected';
import type { ValuePlace } from './place';
import { readingAt } from './placeScope';
import { providerKeys } from './providerAddresses';
import { attributeType } from './shapes';
import type { Snapshot } from './snapshot';
import type { StringPlace } from './stringPlace';

/** Completes the keys of an object whose members are known; `quoted` where the key stands in quotes. */
export function completeKey(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  file: string,
  quoted?: StringPlace,
  variable?: ArgumentRule,
): CompletionList {
  if (place.finished && quoted === undefined) return { items: [], isIncomplete: false };
  const around = place.kind === 'string' ? { ...place, steps: place.steps.slice(0, -1) } : place;
  const range = quoted?.range ?? place.chain;
  const written = keysWritten(snapshot, file, place);
  const assigned = /^"?[ \t]*[=:]/.test(text.slice(range.end, range.end + 200));
  const known = members(snapshot, module, text, around, blocks, variable);
  const items = Object.entries(known)
    .filter(([name]) => !written.has(name))
    .map(([name, schema], index): CompletionItem => {
      const key = quoted === undefined ? bareKey(name) : `${name}${quoted.closing}`;
      return {
        label: name,
        kind: 'argument',
        range,
        insert: assigned || quoted !== undefined ? key : `${key} = `,
        detail: argumentDetail(schema),
        documentation: paragraphs(code(`${name} = ${attributeType(schema)}`), schema.description),
        group: (schema.deprecated === true ? 9 : schema.required === true ? 0 : 1) + index / 1000,
        ...(schema.deprecated === true && { deprecated: true }),
      };
    });
  // What has no members of its own may be made by a loop.
  const isFree =
    Object.keys(known).length === 0 &&
    quoted === undefined &&
    variable === undefined &&
    blocks.at(-1)?.type !== 'required_providers' &&
    place.attribute !== 'providers' &&
    !isTypeConstraintPlace(place, blocks);
  const loops = isFree ? loopItems(text, place) : [];
  return fitting([...items, ...loops], text.slice(place.chain.start, place.chain.end));
}

type Members = Readonly<Record<string, AttributeSchema>>;

const requirementKeys: Members = {
  source: { type: 'string', required: true, description: 'The address of the provider: `hashicorp/aws`.' },
  version: { type: 'string', optional: true, description: 'Which versions are fine, such as `~> 6.0`.' },
  configuration_aliases: {
    type: ['list', 'dynamic'],
    optional: true,
    description: 'Further configurations that the caller must pass: `[aws.west]`.',
  },
};

/** A stack must say which versions it works with, and nobody calls it with configurations of providers. */
const stackRequirementKeys: Members = {
  source: { type: 'string', required: true, description: 'The address of the provider: `hashicorp/aws`.' },
  version: { type: 'string', required: true, description: 'Which versions are fine, such as `~> 6.0`.' },
};

function members(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  variable: ArgumentRule | undefined,
): Members {
  const holder = blocks.at(-1)?.type;
  if (holder === 'required_providers') {
    if (place.keys.length > 0) return {};
    return module.dialect === 'stack' ? stackRequirementKeys : requirementKeys;
  }
  // A stack's rules know what a component's module needs.
  if (place.attribute === 'providers' && place.steps.length === 0 && module.dialect !== 'stack') {
    const { called } = rulesFor(snapshot, module, blocks);
    const keys = called === undefined ? [] : providerKeys(called);
    return Object.fromEntries(
      keys.map(({ name, detail }): [string, AttributeSchema] => [
        name,
        { type: 'dynamic', optional: true, description: detail },
      ]),
    );
  }
  const reading = readingAt(snapshot, module, text, place, blocks);
  return memberSchemas(expectedAt(reading, text, place, variable ?? ruleAt(reading, place, blocks)).schema);
}

/** The keys that the object around the cursor already has, apart from the one that is being written. */
function keysWritten(snapshot: Snapshot, file: string, { chain }: ValuePlace): ReadonlySet<string> {
  const syntax = snapshot.index.file(file)?.syntax;
  if (syntax === undefined) return new Set();
  const object = nodePathAt(syntax, chain.start).findLast(
    (node): node is ObjectExpression => node.kind === 'object',
  );
  const names = (object?.items ?? []).flatMap(({ key }) => {
    const isOwn = key.range.start <= chain.start && chain.end <= key.range.end;
    const name = isOwn ? undefined : nameOf(key);
    return name === undefined ? [] : [name];
  });
  return new Set(names);
}

function nameOf(key: Expression): string | undefined {
  return keyName(key);
}

function bareKey(name: string): string {
  return /^[\p{ID_Start}_][\p{ID_Continue}.-]*$/u.test(name) ? name : JSON.stringify(name);
}
