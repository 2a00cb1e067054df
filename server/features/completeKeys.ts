import type { CtyType } from '../cty/type';
import type { AttributeSchema } from '../providers/schema';
import type { Module } from '../terraform/model';
import { rulesFor } from './bodyRules';
import type { BlockHeader } from './bodyRules';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { argumentDetail, code, paragraphs } from './documentation';
import type { ValuePlace } from './place';
import { attributeType } from './shapes';
import type { Snapshot } from './snapshot';

/** Completes the keys of an object whose members are known: nested attributes, typed variables of a module. */
export function completeKey(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
): CompletionList {
  const members = membersAt(snapshot, module, place, blocks);
  const items = Object.entries(members).map(([name, schema]): CompletionItem => ({
    label: name,
    kind: 'argument',
    range: place.chain,
    insert: `${name} = `,
    detail: argumentDetail(schema),
    documentation: paragraphs(code(`${name} = ${attributeType(schema)}`), schema.description),
    group: schema.required === true ? 0 : 1,
  }));
  return fitting(items, text.slice(place.chain.start, place.chain.end));
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

function membersAt(
  snapshot: Snapshot,
  module: Module,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
): Members {
  if (blocks.at(-1)?.type === 'required_providers') return place.keys.length === 0 ? requirementKeys : {};
  const rule = rulesFor(snapshot, module, blocks).arguments.get(place.attribute);
  let members = rule === undefined ? {} : membersOf(rule.schema);
  for (const key of place.keys) {
    const next = Object.hasOwn(members, key) ? members[key] : undefined;
    members = next === undefined ? {} : membersOf(next);
  }
  return members;
}

function membersOf({ type, nested }: AttributeSchema): Members {
  if (nested !== undefined) return nested.nesting === 'map' ? {} : nested.attributes;
  return type === undefined ? {} : typeMembers(type);
}

function typeMembers(type: CtyType): Members {
  if (typeof type === 'string') return {};
  switch (type[0]) {
    case 'object': {
      const optional = new Set(type[2] ?? []);
      return Object.fromEntries(
        Object.entries(type[1]).map(([name, member]): [string, AttributeSchema] => [
          name,
          { type: member, ...(optional.has(name) ? { optional: true } : { required: true }) },
        ]),
      );
    }
    case 'list':
    case 'set':
      return typeMembers(type[1]);
    default:
      return {};
  }
}
